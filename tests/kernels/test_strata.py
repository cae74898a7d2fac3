"""How rows are cut into strata, and from which of them the next one is drawn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.strata import Drawn, cut_strata, next_ring, next_stratum


@given(st.integers(0, 400), st.integers(0, 300), st.integers(0, 20))
def test_every_labelled_row_has_one_stratum_and_none_is_empty(
    n_cand: int, n_other: int, n_unlabeled: int
) -> None:
    n = n_cand + n_other + n_unlabeled
    rng = np.random.default_rng(n)
    is_candidate = np.arange(n) < n_cand
    scores = rng.random(n)
    scores[n_cand + n_other :] = np.nan
    stratum, n_rings = cut_strata(is_candidate, rng.random(n), scores)
    assert np.array_equal(stratum < 0, np.isnan(scores))
    sizes = np.bincount(stratum[stratum >= 0])
    assert (sizes > 0).all()
    assert np.array_equal(is_candidate & ~np.isnan(scores), (stratum >= 0) & (stratum < n_rings))
    assert bool(n_rings) == bool(n_cand)


def test_rings_go_from_the_safest_and_strata_from_the_worst() -> None:
    rng = np.random.default_rng(0)
    safety, scores = rng.random(2000), rng.random(2000)
    is_candidate = rng.random(2000) < 0.3
    stratum, n_rings = cut_strata(is_candidate, safety, scores)
    inner = [safety[stratum == ring].min() for ring in range(n_rings)]
    assert inner == sorted(inner, reverse=True)
    worst = [scores[stratum == one].max() for one in range(n_rings, stratum.max() + 1)]
    assert worst == sorted(worst)


def drawn(
    asked: list[int], wrong: list[int], unconfirmed: list[int], sizes: list[int] | None = None
) -> Drawn:
    return Drawn(
        np.array(sizes or [100, 200, 300, 1000]),
        np.array(asked),
        np.array(asked),
        np.array(wrong),
        np.array(unconfirmed),
        np.array([0.9, 0.6, 0.3, 0.05]),
        np.array([0.05, 0.3, 0.6, 0.9]),
        2,
    )


def test_first_every_stratum_is_asked_five_times() -> None:
    rng = np.random.default_rng(0)
    asked = np.zeros(4, dtype=np.int64)
    for _ in range(20):
        asked[next_stratum(drawn(asked.tolist(), [0] * 4, [0] * 4), rng)] += 1
    assert asked.tolist() == [5, 5, 5, 5]


def test_then_those_where_most_is_unknown() -> None:
    chosen = next_stratum(drawn([5, 5, 5, 5], [5, 5, 0, 3], [0] * 4), np.random.default_rng(0))
    assert chosen == 3


def test_after_a_hundred_the_rings_that_can_be_shown_to_be_safe() -> None:
    rng = np.random.default_rng(0)
    some = drawn([30, 20, 20, 40], [28, 12, 5, 2], [0, 14, 5, 2])
    assert {next_stratum(some, rng) for _ in range(50)} == {0}
    both = drawn([30, 20, 20, 40], [28, 12, 5, 2], [0, 0, 5, 2])
    assert {next_stratum(both, rng) for _ in range(50)} == {0, 1}


def test_a_stratum_that_is_used_up_is_not_asked_and_at_the_end_none_is() -> None:
    rng = np.random.default_rng(0)
    sizes = [8, 9, 3, 4]
    asked = np.zeros(4, dtype=np.int64)
    for _ in range(24):
        chosen = next_stratum(drawn(asked.tolist(), [0] * 4, [0] * 4, sizes), rng)
        asked[chosen] += 1
    assert asked.tolist() == sizes
    assert next_stratum(drawn(sizes, [0] * 4, [0] * 4, sizes), rng) == -1


@pytest.mark.parametrize("n_rings", [0, 3])
def test_without_rings_the_rate_is_all_there_is_to_learn(n_rings: int) -> None:
    rng = np.random.default_rng(0)
    sizes = np.array([50, 60, 400])
    some = Drawn(
        sizes,
        np.array([50, 60, 40]),
        np.array([50, 60, 40]),
        np.zeros(3, int),
        np.zeros(3, int),
        np.full(3, 0.1),
        np.full(3, 0.1),
        n_rings,
    )
    assert next_stratum(some, rng) == 2


def test_where_there_is_nothing_but_rings_each_is_begun_and_none_is_drawn_for_a_rate() -> None:
    rng = np.random.default_rng(0)
    begun = drawn([5, 5, 2, 5], [0] * 4, [0] * 4)
    assert next_ring(replace(begun, n_rings=4), rng) == 2
    good = replace(drawn([6, 5, 5, 5], [0] * 4, [0, 0, 5, 5]), n_rings=4)
    assert {next_ring(good, rng) for _ in range(50)} == {0, 1}
    sizes = [8, 9, 3, 4]
    assert next_ring(replace(drawn(sizes, [0] * 4, [0] * 4, sizes), n_rings=4), rng) == -1
