"""What part of the labels is wrong, by rows that were drawn at random from strata and looked at."""

from dataclasses import dataclass

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["ErrorRate", "error_rate"]

_WIDE = 2.03  # standard errors: 95 % of a t distribution that few draws tell the variance of (35 degrees of freedom)
_UNSEEN = 0.2  # rows of either kind that a stratum may hide, by benchmarks/results/certificates.json


@dataclass(frozen=True)
class ErrorRate:
    """The part of the labels that is wrong, with an interval that holds the true part 95 times of 100."""

    rate: float
    low: float
    high: float
    n_reviewed: int


def error_rate(sizes: IntArray, asked: IntArray, wrong: IntArray, expected: FloatArray) -> ErrorRate:
    """Estimate the rate of wrong labels from draws in strata.

    Parameters
    ----------
    sizes, asked, wrong : int arrays of shape (h,)
        Rows of each stratum, how many of them were drawn, and how many of these are wrong.
    expected : float array of shape (h,)
        What part of each stratum the models expect to be wrong; it counts as one row more, so that a stratum in which
        nothing was found is not taken for perfect.

    Examples
    --------
    >>> found = error_rate(np.array([100, 900]), np.array([40, 60]), np.array([30, 1]), np.array([0.5, 0.05]))
    >>> round(found.rate, 3), round(found.low, 3), round(found.high, 3), found.n_reviewed
    (0.09, 0.056, 0.124, 100)
    """
    weights = sizes / sizes.sum()
    seen = asked > 0
    share = np.where(seen, wrong / np.maximum(asked, 1), expected)
    smooth = (wrong + expected + _UNSEEN) / (asked + 1 + 2 * _UNSEEN)
    left = 1 - asked / np.maximum(sizes, 1)
    variance = weights**2 * smooth * (1 - smooth) / np.maximum(asked, 1) * left
    rate, spread = float(weights @ share), _WIDE * float(np.sqrt(variance.sum()))
    known_wrong, known_right = wrong.sum() / sizes.sum(), (asked - wrong).sum() / sizes.sum()
    return ErrorRate(
        rate,
        float(max(rate - spread, known_wrong)),
        float(min(rate + spread, 1 - known_right)),
        int(asked.sum()),
    )
