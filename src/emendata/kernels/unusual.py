"""How unusual values are among all."""

import numpy as np

from emendata.kernels.robust import bulk_deviation
from emendata.records import FloatArray

__all__ = ["deviations"]

_TENTH = 1.2816  # standard deviations above the mean beyond which lies a tenth of a normal distribution


def deviations(values: FloatArray, least: float) -> FloatArray:
    """Return how far values lie above the median, in standard deviations of the bulk of them, shape (n,).

    The greater of two robust deviations counts: 1.4826 median absolute deviations, and the distance to the highest
    tenth over 1.2816. Both are the standard deviation where values are normal; with the second, what a tenth of the
    values share is not unusual, however close together the others lie.

    Parameters
    ----------
    values : float array of shape (n,)
    least : float
        The smallest deviation that is believed.

    Examples
    --------
    >>> deviations(np.append(np.linspace(-1, 1, 99), 12.0), least=0.1).round(1)[[98, 99]].tolist()
    [1.3, 15.9]
    """
    median = np.median(values)
    middle = bulk_deviation(values, float(median))
    high = (np.quantile(values, 0.9) - median) / _TENTH
    found: FloatArray = (values - median) / max(middle, high, least)
    return found
