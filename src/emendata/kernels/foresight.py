"""How well the rate of wrong labels will be known after more answers, if these come as is expected by now."""

from dataclasses import replace

import numpy as np

from emendata.kernels.error_rate import ErrorRate, error_rate
from emendata.kernels.strata import Drawn, next_stratum

__all__ = ["foresee_rate"]

_BELIEF = 8.0  # rows that the models' expectation counts as, beside what was answered


def foresee_rate(drawn: Drawn, n_more: int, rng: np.random.Generator) -> ErrorRate:
    """Return the rate that is to be expected after more draws.

    Parameters
    ----------
    drawn : Drawn
        What was drawn until now.
    n_more : int
        How many rows more are drawn, or all that are left.
    rng : numpy.random.Generator

    Examples
    --------
    >>> sizes, nothing = np.array([100, 900]), np.zeros(2, dtype=np.int64)
    >>> doubt = np.array([0.5, 0.02])
    >>> drawn = Drawn(sizes, nothing, nothing, nothing, nothing, doubt, doubt, 1)
    >>> few, many = (foresee_rate(drawn, n, np.random.default_rng(0)) for n in (30, 300))
    >>> few.high - few.low > 2 * (many.high - many.low)
    True
    """
    share = (drawn.wrong + _BELIEF * drawn.doubt) / (drawn.judged + _BELIEF)
    more = np.zeros(len(drawn.sizes), dtype=np.int64)
    ahead = drawn
    for _ in range(n_more):
        stratum = next_stratum(ahead, rng)
        if stratum < 0:
            break
        more[stratum] += 1
        wrong = drawn.wrong + np.rint(more * share).astype(np.int64)
        ahead = replace(drawn, asked=drawn.asked + more, judged=drawn.judged + more, wrong=wrong)
    return error_rate(ahead.sizes, ahead.judged, ahead.wrong, ahead.doubt)
