import numpy as np
import pytest

from emendata.kernels.paired import paired_difference


def draw(rng: np.random.Generator, n: int, better: float) -> tuple[np.ndarray, np.ndarray]:
    before = (rng.random((3, n)) < 0.8).astype(float)
    gain = (rng.random((1, n)) < better).astype(float)
    return before, np.maximum(before, gain)


def test_strata_count_as_much_as_they_hold() -> None:
    strata = np.array([0] * 10 + [1] * 10)
    before = np.zeros((1, 20))
    after = np.where(strata == 0, 1.0, 0.0)[None]
    found = paired_difference(before, after, strata, np.array([100, 900]))
    assert found.difference == pytest.approx(0.1)


def test_no_difference_is_never_settled_and_a_large_one_is() -> None:
    rows = np.ones((2, 50))
    same = paired_difference(rows, rows, np.zeros(50, int), np.array([5000]))
    assert (same.difference, same.is_settled, same.n_needed) == (0, False, None)
    large = paired_difference(np.zeros((2, 50)), rows, np.zeros(50, int), np.array([5000]))
    assert large.is_settled
    assert large.n_needed is not None
    assert large.n_needed < 50


def test_the_interval_holds_the_true_difference_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    population_before, population_after = draw(rng, 4000, 0.2)
    true = (population_after - population_before).mean()
    held = 0
    for _ in range(500):
        rows = rng.choice(4000, 100, replace=False)
        found = paired_difference(
            population_before[:, rows], population_after[:, rows], np.zeros(100, int), np.array([4000])
        )
        held += found.low <= true <= found.high
    assert held >= 465


def test_strata_without_a_draw_are_left_out() -> None:
    found = paired_difference(np.zeros((1, 4)), np.ones((1, 4)), np.array([2, 2, 2, 2]), np.array([7, 9, 50]))
    assert found.difference == 1
