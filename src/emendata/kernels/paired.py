"""By how much one model is right more often than another, on the same rows, drawn in strata."""

from dataclasses import dataclass

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["PairedDifference", "paired_difference"]

_WIDE = 1.96  # standard errors: 95 % of a normal distribution
_UNSEEN = 0.05  # part of the rows on which models are taken to differ, before any is seen


@dataclass(frozen=True)
class PairedDifference:
    """The difference of two accuracies with an interval that holds the true one 95 times of 100.

    ``n_rows`` were judged; ``n_needed`` is how many it would take for the interval not to hold zero, if the difference
    is what it seems, None where it seems to be none.
    """

    before: float
    after: float
    low: float
    high: float
    n_rows: int
    n_needed: int | None

    @property
    def difference(self) -> float:
        """Accuracy after less accuracy before."""
        return self.after - self.before

    @property
    def is_settled(self) -> bool:
        """Whether it is known which is better."""
        return self.low > 0 or self.high < 0


def paired_difference(
    right_before: FloatArray, right_after: FloatArray, strata: IntArray, sizes: IntArray
) -> PairedDifference:
    """Estimate both accuracies and their difference.

    Parameters
    ----------
    right_before, right_after : float64 arrays of shape (n_repeats, n)
        Whether the model of each repeat is right on each row, 0 or 1.
    strata : int64 array of shape (n,)
        From which stratum each row was drawn.
    sizes : int64 array of shape (h,)
        How many rows each stratum has.

    Notes
    -----
    Rows of a stratum stand for all of it. The variance is that of stratified sampling, in which each stratum counts as
    if one more row had been seen on which the models differ now and then, and the variance between repeats. Strata of
    which no row was drawn are left out, and the others stand for them.

    Examples
    --------
    >>> rows = np.zeros((1, 40))
    >>> better = rows.copy()
    >>> better[0, :30] = 1
    >>> found = paired_difference(rows, better, np.zeros(40, int), np.array([1000]))
    >>> found.difference, found.is_settled
    (0.75, True)
    """
    n_drawn = np.bincount(strata, minlength=len(sizes))
    weights = np.where(n_drawn > 0, sizes, 0) / sizes[n_drawn > 0].sum()
    each = weights[strata] / n_drawn[strata]
    gains = (right_after - right_before).mean(axis=0)
    means = np.bincount(strata, gains, minlength=len(sizes)) / np.maximum(n_drawn, 1)
    squares = np.bincount(strata, (gains - means[strata]) ** 2, minlength=len(sizes))
    spread = (squares + _UNSEEN) / np.maximum(n_drawn, 1)
    left = 1 - n_drawn / np.maximum(sizes, 1)
    sampling = float((weights**2 * spread / np.maximum(n_drawn, 1) * left).sum())
    by_repeat = (right_after - right_before) @ each
    training = float(by_repeat.var(ddof=1) / len(by_repeat)) if len(by_repeat) > 1 else 0.0
    before, after = float((right_before @ each).mean()), float((right_after @ each).mean())
    wide = _WIDE * float(np.sqrt(sampling + training))
    gain = after - before
    needed = None if abs(gain) < 1e-9 else int(np.ceil(len(strata) * (_WIDE**2 * sampling) / gain**2))
    return PairedDifference(before, after, gain - wide, gain + wide, len(strata), needed)
