"""Values of a column of numbers that stand apart from all others."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["Apart", "standing_apart"]

_EDGES = (0.01, 0.99)  # quantiles of the others that a value must lie beyond
_WIDE = 0.75  # times the distance between the quartiles of the others, at least
_FEWEST = 8  # distinct values; of fewer nobody can tell how they are spread


class Apart(NamedTuple):
    """A value, how many cells have it, where the others end, and how far that is in distances of their quartiles."""

    value: int
    n_cells: int
    edge: float
    gap: float


def standing_apart(numbers: FloatArray, counts: IntArray, suspects: BoolArray) -> list[Apart]:
    """Return the suspected values that lie beyond the others, with hardly another in between or near.

    A value ends the others at a gap of at least three quarters of the distance between their quartiles. Fewer than half
    as many of the others as have the value may lie nearer to it than to them.

    Parameters
    ----------
    numbers : ndarray of shape (n_values,)
        Distinct numbers in any order, NaN for what is none.
    counts : ndarray of int, shape (n_values,)
        How many cells have each.
    suspects : ndarray of bool, shape (n_values,)
        Values that may be apart; they are not among the others.

    Examples
    --------
    >>> numbers, counts = np.append(np.arange(20.0), 999), np.append(np.full(20, 5), 3)
    >>> [(one.value, one.n_cells, one.edge) for one in standing_apart(numbers, counts, numbers > 100)]
    [(20, 3, 19.0)]
    """
    there = ~np.isnan(numbers) & (counts > 0)
    others = np.flatnonzero(there & ~suspects)
    if len(others) < _FEWEST:
        return []
    low, high = _quantiles(numbers[others], counts[others], _EDGES)
    spread = _spread(numbers[others], counts[others])
    found = []
    for value in np.flatnonzero(there & suspects).tolist():
        number = float(numbers[value])
        edge = low if number < low else high
        gap = low - number if number < low else number - high
        if spread <= 0 or gap < _WIDE * spread:
            continue
        near = np.abs(numbers[others] - number) < np.abs(numbers[others] - edge)
        n_near = int(counts[others][near].sum())
        if n_near == 0 or (
            number != 0 and 2 * n_near < counts[value]
        ):  # zero may be the least of few small numbers
            found.append(Apart(value, int(counts[value]), float(edge), gap / spread))
    return found


def _spread(numbers: FloatArray, counts: IntArray) -> float:
    """Return the distance between the quartiles, or the standard deviation where most cells are the same."""
    low, high = _quantiles(numbers, counts, (0.25, 0.75))
    if high > low:
        return float(high - low)
    mean = np.average(numbers, weights=counts)
    return float(np.sqrt(np.average((numbers - mean) ** 2, weights=counts)))


def _quantiles(numbers: FloatArray, counts: IntArray, parts: Sequence[float]) -> FloatArray:
    order = np.argsort(numbers)
    below = np.cumsum(counts[order]) / counts.sum()
    return numbers[order][np.minimum(np.searchsorted(below, parts), len(order) - 1)]
