"""How differently two groups of rows are distributed, and how often chance would do as much."""

import numpy as np
from scipy.stats import chi2, kstwobign

from emendata.records import BoolArray, IntArray

__all__ = ["benjamini_hochberg", "distance_of_distributions"]

_FEW = 30
"""Distinct values up to which their counts are compared, and not their order."""


def distance_of_distributions(ranks: IntArray, first: BoolArray, second: BoolArray) -> tuple[float, float]:
    """Return how far apart the values of two groups are distributed, and the probability of as much by chance.

    Parameters
    ----------
    ranks : int64 array of shape (n,)
        The place of each row's value in the order of all; -1 where it is missing, which counts as a value.
    first, second : bool array of shape (n,)
        The groups; no row is in both.

    Returns
    -------
    distance : float
        From 0 to 1. Of few distinct values, the part of either group that would have to change its value to be
        distributed as the other (total variation); else the largest difference of their cumulative shares
        (Kolmogorov-Smirnov).
    chance : float
        By Pearson's chi-squared test or the limit of Kolmogorov's distribution.

    Examples
    --------
    >>> half = np.arange(100) < 50
    >>> round(distance_of_distributions(np.arange(100), half, ~half)[0], 6)
    1.0
    >>> distance_of_distributions(np.arange(100) % 5, half, ~half)
    (0.0, 1.0)
    """
    n_first, n_second = int(first.sum()), int(second.sum())
    if not n_first or not n_second:
        return 0.0, 1.0
    both = first | second
    _, places = np.unique(ranks[both], return_inverse=True)
    in_first = first[both]
    n_values = int(places.max()) + 1
    ours = np.bincount(places[in_first], minlength=n_values)
    theirs = np.bincount(places[~in_first], minlength=n_values)
    apart = ours / n_first - theirs / n_second
    if n_values > _FEW:
        distance = float(np.abs(np.cumsum(apart)).max())
        root = np.sqrt(n_first * n_second / (n_first + n_second))
        return distance, float(kstwobign.sf(root * distance))
    if n_values == 1:
        return 0.0, 1.0
    total = (ours + theirs) / (n_first + n_second)
    statistic = ((ours - n_first * total) ** 2 / (n_first * total)).sum()
    statistic += ((theirs - n_second * total) ** 2 / (n_second * total)).sum()
    return float(np.abs(apart).sum() / 2), float(chi2.sf(statistic, n_values - 1))


def benjamini_hochberg(chances: list[float], rate: float) -> list[bool]:
    """Return which of several findings stand if at most a part ``rate`` of those that do may be due to chance.

    References
    ----------
    Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate" (1995).

    Examples
    --------
    >>> benjamini_hochberg([0.001, 0.9, 0.04, 0.02], 0.05)
    [True, False, False, True]
    """
    order = np.argsort(chances, kind="stable")
    ranked = np.asarray(chances)[order]
    below = np.flatnonzero(ranked <= rate * np.arange(1, len(ranked) + 1) / max(len(ranked), 1))
    stands = np.zeros(len(chances), dtype=bool)
    if len(below):
        stands[order[: below[-1] + 1]] = True
    return [bool(one) for one in stands]
