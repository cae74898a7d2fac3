"""The rate of wrong labels from draws in strata, and how often its interval holds the truth."""

import numpy as np
import pytest

from emendata.kernels.error_rate import error_rate
from emendata.kernels.strata import Drawn, next_stratum


def test_with_everything_seen_the_rate_is_known() -> None:
    found = error_rate(np.array([10, 30]), np.array([10, 30]), np.array([4, 2]), np.array([0.5, 0.1]))
    assert found.rate == pytest.approx(6 / 40)
    assert found.low == pytest.approx(found.high) == pytest.approx(found.rate)


def test_strata_count_as_much_as_they_hold() -> None:
    found = error_rate(np.array([100, 900]), np.array([10, 10]), np.array([10, 0]), np.array([0.9, 0.02]))
    assert found.rate == pytest.approx(0.1)
    assert found.low >= 10 / 1000
    assert found.high <= 1 - 10 / 1000


def test_where_nothing_was_found_it_is_not_certain_that_nothing_is_there() -> None:
    found = error_rate(np.array([1000]), np.array([30]), np.array([0]), np.array([0.1]))
    assert found.rate == 0
    assert found.high > 0.01


@pytest.mark.parametrize("rates", [(0.8, 0.3, 0.05, 0.01), (0.5, 0.4, 0.2, 0.1), (0.95, 0.6, 0.1, 0.0)])
def test_the_interval_holds_the_truth_as_often_as_it_says(rates: tuple[float, ...]) -> None:
    """By a hundred draws, from the strata that a review draws from."""
    rng = np.random.default_rng(0)
    sizes, doubt = np.array([100, 300, 1000, 3000]), np.clip(rates, 0.02, 1)
    bad = [np.arange(size) < round(rate * size) for size, rate in zip(sizes, rates, strict=True)]
    true = sum(map(np.sum, bad)) / sizes.sum()
    held = 0
    for _ in range(200):
        order = [rng.permutation(part) for part in bad]
        asked, wrong, none = (np.zeros(4, dtype=np.int64) for _ in range(3))
        for _ in range(100):
            stratum = next_stratum(Drawn(sizes, asked, asked, wrong, none, doubt, doubt, 0), rng)
            wrong[stratum] += order[stratum][asked[stratum]]
            asked[stratum] += 1
        found = error_rate(sizes, asked, wrong, doubt)
        held += found.low <= true <= found.high
    assert held >= 186
