"""What draws prove of how many rows are wrong at most, against sums over every possibility."""

import itertools
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln

from emendata.kernels.rings import RingCounts, log_evidence, most_wrong, n_certified


def rings(*counts: tuple[int, int, int], belief: float = 0.05, strength: float = 8.0) -> RingCounts:
    """Rings of (size, asked, wrong), of which the same part was believed to be wrong."""
    sizes, asked, wrong = (np.array(column, dtype=np.int64) for column in zip(*counts, strict=True))
    prior = np.full(len(sizes), belief * strength)
    return RingCounts(sizes, asked, wrong, prior, np.full(len(sizes), (1 - belief) * strength))


def slow_evidence(given_rings: RingCounts, n_wrong: int) -> float:
    """The same by trying every way to have so many wrong rows."""
    believed, likelihoods = 0.0, []
    for size, asked, wrong, a, b in zip(
        given_rings.sizes, given_rings.asked, given_rings.wrong, given_rings.prior_wrong, given_rings.prior_right,
        strict=True,
    ):  # fmt: skip
        believed += np.log(comb(asked, wrong)) + betaln(a + wrong, b + asked - wrong) - betaln(a, b)
        likelihoods.append(
            [comb(m, wrong) * comb(size - m, asked - wrong) / comb(size, asked) for m in range(size + 1)]
        )
    best = max(
        (
            np.prod([likelihood[m] for likelihood, m in zip(likelihoods, numbers, strict=True)])
            for numbers in itertools.product(*(range(size + 1) for size in given_rings.sizes))
            if sum(numbers) >= n_wrong
        ),
        default=0.0,
    )
    return believed - np.log(best) if best > 0 else np.inf


@st.composite
def small_rings(draw: st.DrawFn) -> RingCounts:
    counts = []
    for _ in range(draw(st.integers(1, 3))):
        size = draw(st.integers(1, 9))
        asked = draw(st.integers(0, size))
        counts.append((size, asked, draw(st.integers(0, asked))))
    return rings(*counts, belief=draw(st.floats(0.05, 0.9)))


@given(small_rings(), st.integers(0, 27))
@settings(max_examples=60, deadline=None)
def test_the_evidence_is_that_of_the_most_likely_of_all_ways(some: RingCounts, n_wrong: int) -> None:
    fast, slow = log_evidence(some, n_wrong), slow_evidence(some, n_wrong)
    if n_wrong <= some.wrong.sum():
        assert fast == -np.inf
    else:
        assert fast == pytest.approx(slow, abs=1e-9)


@given(small_rings(), st.floats(0.5, 0.99))
@settings(max_examples=60, deadline=None)
def test_the_bound_is_the_largest_number_that_is_not_refuted(some: RingCounts, confidence: float) -> None:
    bar = np.log(1 / (1 - confidence))
    open_numbers = [
        m for m in range(int(some.wrong.sum()), int(some.sizes.sum()) + 1) if slow_evidence(some, m) < bar
    ]
    assert most_wrong(some, confidence) == max(open_numbers)


def test_with_everything_asked_the_number_is_known() -> None:
    assert most_wrong(rings((50, 50, 3), (20, 20, 0)), 0.95) == 3
    assert most_wrong(rings((50, 0, 0)), 0.95) == 50


def test_clean_draws_certify_inner_rings_first_and_more_draws_more_of_them() -> None:
    def certified(n: int) -> int:
        return n_certified(rings((400, n, 0), (600, n, 0), (800, n, n // 4)), 0.05, 0.95)

    found = [certified(n) for n in (10, 60, 120, 300)]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == 2


def test_reviews_that_are_needed_are_about_as_many_as_a_fixed_sample_takes() -> None:
    """59 clean reviews of one large set prove 95 % at 95 %; that one may stop at any time costs some more."""
    needed = next(n for n in range(1, 400) if n_certified(rings((100_000, n, 0)), 0.05, 0.95))
    assert 59 <= needed <= 90


@pytest.mark.parametrize("stops_early", [True, False])
def test_a_promise_is_broken_no_more_often_than_it_says(stops_early: bool) -> None:
    """Of sets just bad enough that nothing may be certified, hardly any is, whenever the reviewer stops."""
    rng = np.random.default_rng(1)
    n_broken, n_runs = 0, 400
    for _ in range(n_runs):
        bad = rng.permutation(np.arange(300) < 31)  # 10.3 % of a set, where 10 % are allowed
        for n in range(5, 121, 5) if stops_early else [120]:
            if n_certified(rings((300, n, int(bad[:n].sum())), belief=0.02), 0.1, 0.9):
                n_broken += 1
                break
    assert n_broken / n_runs <= 0.1
