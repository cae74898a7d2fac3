import numpy as np
import pytest
from scipy.stats import binom

from emendata.kernels.worse_groups import group_rate, least_rate


@pytest.mark.parametrize(("n_events", "n_rows"), [(1, 5), (7, 20), (20, 20), (30, 4000)])
def test_at_the_least_rate_as_many_events_have_just_the_chance_allowed(n_events: int, n_rows: int) -> None:
    rate = least_rate(n_events, n_rows, 0.01)
    assert binom.sf(n_events - 1, n_rows, rate) == pytest.approx(0.01)


def test_only_rows_that_count_are_counted() -> None:
    happens = np.array([True, True, False, False, True, False])
    counts = np.array([True, True, True, False, True, True])
    rate = group_rate(np.array([0, 1, 3]), happens, counts, 0.05)
    assert (rate.n_rows, rate.n_events, rate.n_others, rate.n_other_events) == (2, 2, 3, 1)


def test_the_ratio_falls_with_the_rate_and_is_one_where_the_group_is_no_worse() -> None:
    happens = np.zeros(1000, dtype=bool)
    happens[::20] = True
    everywhere = np.ones(1000, dtype=bool)
    assert group_rate(np.arange(100), happens, everywhere, 0.01).ratio == 1
    worse = happens.copy()
    ratios = []
    for stop in (30, 60, 100):
        worse[:stop] = True
        ratios.append(group_rate(np.arange(100), worse, everywhere, 0.01).ratio)
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[-1] < 0.1
