"""What draws promise of labels: exact when all are known, more careful when more is asked, and kept in simulations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.promises import promise
from emendata.kernels.strata import Drawn, next_stratum
from emendata.records import IntArray


def drawn(
    sizes: list[int], asked: list[int], wrong: list[int], unconfirmed: list[int], n_rings: int = 2
) -> Drawn:
    rings = np.arange(len(sizes)) < n_rings
    return Drawn(
        np.array(sizes),
        np.array(asked),
        np.array(asked),
        np.array(wrong),
        np.array(unconfirmed),
        np.where(rings, 0.9, 0.05),
        np.where(rings, 0.1, 0.9),
        n_rings,
    )


def test_when_every_row_was_asked_nothing_is_left_to_chance() -> None:
    known = drawn([40, 60, 300], [40, 60, 300], [39, 20, 7], [1, 45, 300])
    assert promise(known, 0.9, 0.95).n_rings == 1
    all_rings = promise(drawn([40, 60, 300], [40, 60, 300], [39, 58, 7], [1, 2, 300]), 0.9, 0.95)
    assert (all_rings.n_rings, all_rings.least_gain) == (2, 97 - 3)
    assert all_rings.most_left == 0  # all that is wrong is known, and will be decided


@pytest.mark.parametrize("slips", [0.0, 0.2])
def test_a_bar_that_nothing_can_pass_certifies_nothing(slips: float) -> None:
    some = drawn([40, 60, 300], [20, 20, 30], [10, 8, 1], [15, 15, 30])
    found = promise(some, 0.9, 0.95, slips)
    assert (found.n_rings, found.least_gain) == (0, 0)


def test_slips_raise_the_bar() -> None:
    some = drawn([400, 600, 3000], [100, 60, 30], [99, 50, 1], [2, 15, 30])
    assert promise(some, 0.9, 0.95).n_rings > promise(some, 0.9, 0.95, slips=0.09).n_rings


@given(
    st.lists(st.tuples(st.integers(1, 80), st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=5),
    st.floats(0.5, 0.98),
    st.floats(0.5, 0.98),
)
@settings(max_examples=60, deadline=None)
def test_who_asks_for_more_is_promised_no_more(
    strata: list[tuple[int, float, float]], one: float, other: float
) -> None:
    sizes = [size for size, _, _ in strata]
    asked = [round(size * part) for size, part, _ in strata]
    wrong = [round(n * part) for n, (_, _, part) in zip(asked, strata, strict=True)]
    some = drawn(sizes, asked, wrong, [n - bad for n, bad in zip(asked, wrong, strict=True)])
    low, high = sorted((one, other))
    assert promise(some, high, 0.9).n_rings <= promise(some, low, 0.9).n_rings
    sure, surer = promise(some, 0.9, low), promise(some, 0.9, high)
    assert surer.n_rings <= sure.n_rings
    if surer.n_rings == sure.n_rings:
        assert surer.least_gain <= sure.least_gain
        assert surer.most_left >= sure.most_left


def _reviewed(rng: np.random.Generator, truth: IntArray, right: IntArray, n_answers: int) -> Drawn:
    """Draw rows as the product does, of strata in which so many labels are wrong and so many proposals right."""
    sizes = np.array([200, 300, 1500])
    asked, wrong, unconfirmed = np.zeros(3, int), np.zeros(3, int), np.zeros(3, int)
    doubt, risk = np.array([0.9, 0.6, 0.05]), np.array([0.1, 0.4, 0.97])
    orders = [rng.permutation(size) for size in sizes]
    for _ in range(n_answers):
        state = Drawn(sizes, asked, asked, wrong, unconfirmed, doubt, risk, 2)
        stratum = next_stratum(state, rng)
        place = orders[stratum][asked[stratum]]
        asked[stratum] += 1
        wrong[stratum] += place < truth[stratum]
        unconfirmed[stratum] += place >= right[stratum]
    return Drawn(sizes, asked, asked, wrong, unconfirmed, doubt, risk, 2)


def test_promises_hold_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    broken = np.zeros(3)
    n_runs, n_certified = 150, 0
    for _ in range(n_runs):
        truth = np.array([rng.integers(150, 201), rng.integers(60, 301), rng.integers(0, 150)])
        right = np.array([min(truth[0], 185), truth[1] * 2 // 3, 0])
        reviewed = _reviewed(rng, truth, right, 300)
        found = promise(reviewed, 0.9, 0.9)
        n_certified += found.n_rings > 0
        n = [200, 500][found.n_rings - 1] if found.n_rings else 0
        n_right, n_wrong = right[: found.n_rings].sum(), truth[: found.n_rings].sum()
        by_hand = reviewed.unconfirmed[: found.n_rings].sum() + reviewed.wrong[found.n_rings :].sum()
        broken += [
            n > 0 and n_right < 0.9 * n,
            n > 0 and n_wrong - (n - n_right) < found.least_gain,
            truth[found.n_rings :].sum() + (n - n_right) - by_hand > found.most_left,
        ]
    assert n_certified > n_runs / 10
    assert (broken <= 0.1 * n_runs).all()
