from itertools import pairwise

from emendata.records import Estimate, Histogram
from emendata.reports import chart


def test_bars_stand_on_the_floor_and_the_highest_reaches_the_top() -> None:
    drawn = chart.bars(Histogram(counts=(0, 3, 1000), flagged=(0, 3, 0)))
    assert drawn is not None
    empty, small, large = drawn.bars
    assert empty.y == small.y_flagged + (empty.y - small.y) == drawn.floor
    assert large.y < small.y < drawn.floor
    assert large.y_flagged == drawn.floor
    assert drawn.bars[-1].x + drawn.bars[-1].width < drawn.right


def test_ticks_never_stand_on_each_other() -> None:
    for largest in (1, 2, 9, 10, 11, 99, 100, 1796, 250_000):
        drawn = chart.bars(Histogram(counts=(largest,), flagged=(0,)))
        assert drawn is not None
        heights = [y for _, y in drawn.ticks]
        assert all(upper - lower >= 9 for upper, lower in pairwise(heights)), largest


def test_a_histogram_of_nothing_is_not_drawn() -> None:
    assert chart.bars(Histogram(counts=(0, 0), flagged=(0, 0))) is None


def test_a_scale_never_ends_beyond_the_labels_nor_before_an_estimate() -> None:
    for low, high, n in [(0, 0, 100), (95, 99, 100), (3, 30, 31), (12_345, 60_000, 10**6), (0, 1, 1)]:
        made = chart.scale(Estimate(low, high, n, {"one": low, "two": high}))
        assert high <= made.end <= n
        assert 0 <= made.low_x <= made.high_x <= 100
