"""What the rest of a row, its groups and the rows around lead one to expect of a number, despite single errors.

Each other column gives an expectation of its own, by a straight line or the median of a group; the middle of those of
the best columns is taken, so that an error in one of them misleads nobody (after Rousseeuw and Van den Bossche, 2018).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from emendata.kernels.order import sides
from emendata.records import FloatArray, IntArray

__all__ = ["AROUND", "Expected", "expected", "group_medians", "robust_spread"]

AROUND = -1
"""Stands for the rows around a row among the columns that an expectation is made of."""

_MOST_VIEWS = 5
_AS_GOOD = 1.3  # times the spread of the best column that another may have to be asked
_BETTER = 0.9  # of the spread of all, that a column must get below to be asked at all
_ROUNDS = 3  # of lines through what lies near the last one
_NEAR = 2.5
_FEWEST = 20  # rows that tell a line
_A_GROUP = 5  # rows that tell a median
_SAMPLE = 20_000  # rows on which columns are chosen
_QUANTILES = {0.5: 0.6745, 0.8: 1.2816, 0.9: 1.6449, 0.95: 1.96}  # of normal noise of one, whatever its sign


class Expected(NamedTuple):
    """Expectations (n,), NaN without any, how far numbers usually are from them, and the columns that they are made of.

    ``from_columns`` are positions: of the numbers first, then of the groups.
    """

    values: FloatArray
    spread: float
    from_columns: tuple[int, ...]


def expected(target: FloatArray, numbers: Sequence[FloatArray], groups: Sequence[IntArray]) -> Expected:
    """Return what other columns lead one to expect of a column of numbers.

    Parameters
    ----------
    target : ndarray of shape (n,)
        NaN where a cell is missing.
    numbers : sequence of ndarray, each of shape (n,)
    groups : sequence of ndarray of int, each of shape (n,)
        Codes from 0, -1 where a cell is missing.

    Notes
    -----
    All columns are tried on at most 20,000 rows, and the best five on all.

    Examples
    --------
    >>> x = np.arange(100.0) * 7 % 100
    >>> found = expected(2 * x + 1, [x, x % 7], [])
    >>> found.values[:3].round(6).tolist(), found.from_columns
    ([1.0, 15.0, 29.0], (0,))
    """
    centre = np.full(len(target), np.nanmedian(target))
    base = robust_spread(target - centre)
    n = len(target)
    part = np.arange(n) if n <= _SAMPLE else np.linspace(0, n - 1, _SAMPLE).astype(np.int64)
    near = _steady(target)
    tried = [(robust_spread(target - near), AROUND)]
    for at, column in enumerate(numbers):
        tried.append((robust_spread(target[part] - _by_line(target[part], column[part])), at))
    for at, codes in enumerate(groups, len(numbers)):
        tried.append((robust_spread(target[part] - group_medians(target[part], codes[part])), at))
    good = sorted((spread, at) for spread, at in tried if spread < _BETTER * base)
    chosen = [at for spread, at in good if spread <= _AS_GOOD * good[0][0]][:_MOST_VIEWS]
    if not chosen:
        return Expected(centre, base, ())
    views = [
        near
        if at == AROUND
        else _by_line(target, numbers[at])
        if at < len(numbers)
        else group_medians(target, groups[at - len(numbers)])
        for at in chosen
    ]
    values = _middle(views)
    return Expected(values, robust_spread(target - values), tuple(chosen))


def robust_spread(distances: FloatArray) -> float:
    """Return the standard deviation of normal noise that has the same quantiles, by the largest of four of them.

    So a long tail, and numbers that are mostly the same, count, and single errors do not.

    Examples
    --------
    >>> round(robust_spread(np.random.default_rng(0).normal(size=10_000)), 1)
    1.0
    """
    there = np.abs(distances[~np.isnan(distances)])
    if len(there) < _FEWEST:
        return float("inf")
    return float(np.max(np.quantile(there, list(_QUANTILES)) / list(_QUANTILES.values())))


def group_medians(target: FloatArray, codes: IntArray) -> FloatArray:
    """Return the median of each row's group, NaN in groups of fewer than five rows.

    Examples
    --------
    >>> group_medians(np.array([1.0, 2, 3, 4, 90]), np.zeros(5, int)).tolist()
    [3.0, 3.0, 3.0, 3.0, 3.0]
    """
    rows = np.flatnonzero(~np.isnan(target) & (codes >= 0))
    counts = np.bincount(codes[rows], minlength=int(codes.max(initial=0)) + 1)
    order = rows[np.lexsort((target[rows], codes[rows]))]
    starts = np.cumsum(counts) - counts
    medians = np.full(len(counts), np.nan)
    large = np.flatnonzero(counts >= _A_GROUP)
    low, high = starts[large] + (counts[large] - 1) // 2, starts[large] + counts[large] // 2
    medians[large] = (target[order[low]] + target[order[high]]) / 2
    return np.where(codes >= 0, medians[np.maximum(codes, 0)], np.nan)


def _steady(target: FloatArray) -> FloatArray:
    """Return what the rows around tell where those before and those after say about the same, as in no step they do."""
    before, after = sides(target)
    spread = robust_spread(before - after)
    return np.where(np.abs(before - after) <= _NEAR * spread, (before + after) / 2, np.nan)


def _by_line(target: FloatArray, given: FloatArray) -> FloatArray:
    """Return a straight line, fitted again and again to the rows that lie near the last one."""
    kept = ~np.isnan(target) & ~np.isnan(given)
    line = np.full(len(target), np.nan)
    for _ in range(_ROUNDS):
        x, y = given[kept], target[kept]
        if len(x) < _FEWEST or (variance := float(np.var(x))) == 0:
            break
        slope = float(np.mean((x - x.mean()) * (y - y.mean()))) / variance
        line = y.mean() + slope * (given - x.mean())
        away = np.abs(target - line)
        kept = away <= max(_NEAR * robust_spread(away), 1e-12)
    return line


def _middle(views: Sequence[FloatArray]) -> FloatArray:
    if len(views) == 1:
        return views[0]
    both = np.sort(np.stack(views), axis=0)  # NaN come last
    there = (~np.isnan(both)).sum(axis=0)
    at = np.arange(both.shape[1])
    low, high = both[np.maximum(there - 1, 0) // 2, at], both[np.minimum(there // 2, len(views) - 1), at]
    return np.where(there > 0, (low + high) / 2, np.nan)
