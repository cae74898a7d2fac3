"""Where the tail of what is usual ends."""

import numpy as np

from emendata.records import FloatArray

__all__ = ["beyond_tail"]

_SPARSE = 0.25  # of the numbers beyond the cut, that there may be just below it
_BELOW = 1.5
_WIDER = 1.25


def beyond_tail(away: FloatArray, cut: float) -> float:
    """Return a cut just below which hardly any number lies, so that it parts errors from a long tail.

    It is at least ``cut``, and moved up as long as there are more than a quarter as many numbers between two thirds of
    it and it as beyond.

    Examples
    --------
    >>> beyond_tail(np.append(np.linspace(0, 10, 100), 1000), 6.0) > 10
    True
    """
    ordered = np.sort(away)
    while True:
        above = len(ordered) - int(np.searchsorted(ordered, cut, side="right"))
        below = int(np.searchsorted(ordered, cut, side="right") - np.searchsorted(ordered, cut / _BELOW))
        if not above or below <= _SPARSE * above:
            return cut
        cut *= _WIDER
