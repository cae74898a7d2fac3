"""Values of a column of numbers that stand apart from all others."""

from typing import NamedTuple

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["Apart", "standing_apart"]

_NEAR = 10  # distinct values beside a gap, whose own gaps say what is usual
_TIMES = 5.0  # as wide as these must the gap be
_WIDE = 0.75  # times the distance between the quartiles of the others, at least
_BINS_FEWEST = 8  # distinct values; of fewer nobody can tell how they are spread


class Apart(NamedTuple):
    """A smallest or largest value, how often it is there, and how far it is from the next as a part of their spread."""

    value: int
    count: int
    next_value: int
    gap: float


def standing_apart(numbers: FloatArray, counts: IntArray) -> list[Apart]:
    """Return the smallest and the largest values if a gap lies between them and all others.

    ``gap`` is in distances between the quartiles of the other cells, and at least 0.75; it is also five times as wide as
    the widest of the ten next gaps between values.

    Parameters
    ----------
    numbers : ndarray of shape (n_values,)
        Distinct numbers in any order, NaN for what is none.
    counts : ndarray of int, shape (n_values,)
        How many cells have each.

    Examples
    --------
    >>> numbers, counts = np.append(np.arange(20.0), 999), np.append(np.full(20, 5), 3)
    >>> [(one.value, one.count, one.gap) for one in standing_apart(numbers, counts)]
    [(20, 3, 98.0)]
    """
    there = np.flatnonzero(~np.isnan(numbers) & (counts > 0))
    order = there[np.argsort(numbers[there], kind="stable")]
    found = []
    for side in (order, order[::-1]):
        if len(side) > _BINS_FEWEST and (one := _end(side, numbers, counts)):
            found.append(one)
    return found


def _end(order: IntArray, numbers: FloatArray, counts: IntArray) -> Apart | None:
    value, others = order[0], order[1:]
    gap = abs(float(numbers[others[0]] - numbers[value]))
    near = np.abs(np.diff(numbers[others[: _NEAR + 1]]))
    spread = _spread(numbers[others], counts[others])
    if spread <= 0 or gap < _WIDE * spread or gap < _TIMES * float(near.max(initial=0)):
        return None
    return Apart(int(value), int(counts[value]), int(others[0]), gap / spread)


def _spread(numbers: FloatArray, counts: IntArray) -> float:
    """Return the distance between the quartiles, or the standard deviation where most cells are the same."""
    order = np.argsort(numbers)
    below = np.cumsum(counts[order]) / counts.sum()
    low, high = numbers[order][np.searchsorted(below, [0.25, 0.75])]
    if high > low:
        return float(high - low)
    mean = np.average(numbers, weights=counts)
    return float(np.sqrt(np.average((numbers - mean) ** 2, weights=counts)))
