"""How many reviewed rows tell whether a limit is kept."""

import math

from emendata.records import Estimate

__all__ = ["reviews_to_settle"]

_WIDE = 1.96
_FEWEST = 30  # reviewed rows below which there is no interval


def reviews_to_settle(estimate: Estimate, most: float) -> int:
    """Return how many reviewed rows narrow the interval until it ends before the limit.

    A sample of m of N rows has an interval whose squared width goes with 1/m - 1/N. Where rows were reviewed, the
    width is that of their interval; before, it is that of rows drawn at random, which is more than the strata of the
    audit stream need. The middle is taken to stay where it is, so this is a guide, not a promise: where the limit lies
    in the middle, only looking at every row settles it.

    Parameters
    ----------
    estimate : Estimate
    most : float
        The limit, as a number of rows.

    Returns
    -------
    int
        Rows in all, those that were reviewed already among them; at most ``n_labeled``.

    Examples
    --------
    >>> unseen = Estimate(60, 140, 1_000, {})
    >>> reviews_to_settle(unseen, 130), reviews_to_settle(unseen, 100)
    (278, 1000)
    >>> reviews_to_settle(Estimate(60, 140, 1_000, {}, n_reviewed=100), 130)
    165
    """
    n = estimate.n_labeled
    middle = (estimate.low + estimate.high) / 2 / n
    apart = abs(middle - most / n)
    if estimate.n_reviewed:
        half = (estimate.high - estimate.low) / 2 / n
        unit = half**2 / max(1 / estimate.n_reviewed - 1 / n, 1 / n**2)
    else:
        unit = _WIDE**2 * middle * (1 - middle)
    if unit == 0:
        return min(_FEWEST, n)
    needed = math.ceil(1 / (apart**2 / unit + 1 / n))
    return min(max(needed, _FEWEST, estimate.n_reviewed + 1), n)
