"""Where the marks of the two charts stand, in the units of their drawings."""

import math
from dataclasses import dataclass

from emendata.records import Estimate, Histogram

__all__ = ["Bar", "Bars", "Mark", "Scale", "bars", "scale"]

WIDTH, HEIGHT = 560.0, 210.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 8.0, 10.0, 42.0
FLOOR = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Bar:
    """One bin: the range of scores it stands for, its counts, and where its two bars are drawn."""

    low: float
    high: float
    n_rows: int
    n_flagged: int
    x: float
    width: float
    y: float
    y_flagged: float


@dataclass(frozen=True)
class Bars:
    """A histogram ready to draw: heights grow with log(1 + count)."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = FLOOR


def bars(histogram: Histogram) -> Bars | None:
    """Place the bars of a histogram, or return None if it counts nothing.

    Examples
    --------
    >>> drawn = bars(Histogram(counts=(10, 0, 99), flagged=(10, 0, 0)))
    >>> drawn.ticks[0][0], drawn.ticks[-1][0], drawn.bars[1].y == drawn.floor
    (1, 99, True)
    """
    largest = max(histogram.counts, default=0)
    if largest == 0:
        return None
    step = (WIDTH - RIGHT - LEFT) / len(histogram.counts)
    n = len(histogram.counts)
    drawn = tuple(
        Bar(
            low=i / n,
            high=(i + 1) / n,
            n_rows=count,
            n_flagged=flagged,
            x=round(LEFT + i * step + 1, 2),
            width=round(step - 2, 2),
            y=_height(count, largest),
            y_flagged=_height(flagged, largest),
        )
        for i, (count, flagged) in enumerate(zip(histogram.counts, histogram.flagged, strict=True))
    )
    return Bars(drawn, tuple((tick, _height(tick, largest)) for tick in _ticks(largest)))


def _height(count: int, largest: int) -> float:
    return round(FLOOR - (FLOOR - TOP) * math.log1p(count) / math.log1p(largest), 2)


def _ticks(largest: int) -> list[int]:
    """Return powers of ten, and the largest count itself where it stands clear of them."""
    powers = [10**k for k in range(len(str(largest)))]
    if powers[-1] < largest < 2.5 * powers[-1]:
        powers.pop()
    return sorted({*powers, largest})


@dataclass(frozen=True)
class Mark:
    """One estimator on the scale: its count and how far to the right it stands, in hundredths."""

    name: str
    count: int
    x: float


@dataclass(frozen=True)
class Scale:
    """The estimates on one line from 0, and the span that they cover."""

    marks: tuple[Mark, ...]
    end: int
    low_x: float
    high_x: float


def scale(estimate: Estimate) -> Scale:
    """Place the estimates on a line that ends a little after the largest.

    Examples
    --------
    >>> made = scale(Estimate(low=30, high=40, n_labeled=900, by_estimator={"joint": 30, "votes": 40}))
    >>> made.end, made.low_x, [mark.x for mark in made.marks]
    (50, 60.0, [60.0, 80.0])
    """
    end = min(_round_up(1.15 * max(estimate.high, 1)), max(estimate.n_labeled, 1))
    marks = tuple(Mark(name, n, round(100 * n / end, 2)) for name, n in estimate.by_estimator.items())
    return Scale(marks, end, round(100 * estimate.low / end, 2), round(100 * estimate.high / end, 2))


def _round_up(value: float) -> int:
    unit: int = 10 ** max(0, len(str(math.ceil(value))) - 1)
    steps: tuple[float, ...] = (
        unit,
        2 * unit,
        2.5 * unit,
        3 * unit,
        4 * unit,
        5 * unit,
        6 * unit,
        8 * unit,
        10 * unit,
    )
    return math.ceil(next(step for step in steps if step >= value))
