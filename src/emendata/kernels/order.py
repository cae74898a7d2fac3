"""What the rows around a row lead one to expect of its number, where rows come in an order."""

import numpy as np

from emendata.records import FloatArray

__all__ = ["around", "sides", "usual_distance"]

_EACH_SIDE = 3
_AT_ONCE = 1 << 18


def around(numbers: FloatArray) -> FloatArray:
    """Return the median of the three numbers before and the three after each, without itself; NaN are passed over.

    Examples
    --------
    >>> around(np.array([1.0, 2, 3, 99, 5, 6, 7]))[3]
    np.float64(4.0)
    """
    return _medians(numbers, [i for i in range(2 * _EACH_SIDE + 1) if i != _EACH_SIDE])


def sides(numbers: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the medians of the three numbers before each and of the three after it.

    Examples
    --------
    >>> before, after = sides(np.array([1.0, 2, 3, 99, 5, 6, 7]))
    >>> before[3], after[3]
    (np.float64(2.0), np.float64(6.0))
    """
    return _medians(numbers, list(range(_EACH_SIDE))), _medians(
        numbers, list(range(_EACH_SIDE + 1, 2 * _EACH_SIDE + 1))
    )


def _medians(numbers: FloatArray, places: list[int]) -> FloatArray:
    """Return medians of some places of the window around each number."""
    n = len(numbers)
    padded = np.concatenate([np.full(_EACH_SIDE, np.nan), numbers, np.full(_EACH_SIDE, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _EACH_SIDE + 1)
    found = np.full(n, np.nan)
    for at in range(0, n, _AT_ONCE):
        block = np.sort(windows[at : at + _AT_ONCE][:, places], axis=1)  # NaN come last
        there = (~np.isnan(block)).sum(axis=1)
        rows = np.arange(len(block))
        low, high = (
            block[rows, np.maximum(there - 1, 0) // 2],
            block[rows, np.minimum(there // 2, len(places) - 1)],
        )
        found[at : at + _AT_ONCE] = np.where(there > 0, (low + high) / 2, np.nan)
    return found


def usual_distance(numbers: FloatArray, expected: FloatArray, part: float = 0.5) -> float:
    """Return the distance from what is expected that a part of the numbers keeps to; NaN without any."""
    distances = np.abs(numbers - expected)
    there = distances[~np.isnan(distances)]
    return float(np.quantile(there, part)) if len(there) else float("nan")
