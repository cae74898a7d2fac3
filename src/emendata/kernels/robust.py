"""The spread of values that a few of them cannot move."""

import numpy as np
import numpy.typing as npt

__all__ = ["AS_NORMAL", "bulk_deviation"]

AS_NORMAL = 1.4826
"""From the median distance of normally distributed numbers to their standard deviation."""


def bulk_deviation(values: npt.ArrayLike, middle: float | None = None) -> float:
    """Return 1.4826 median absolute deviations: the standard deviation where values are normally distributed.

    Parameters
    ----------
    values : array of shape (n,)
        None of them NaN; at least one.
    middle : float, optional
        What deviations are taken from, by default the median.

    Examples
    --------
    >>> bulk_deviation([7.0, 8.0, 9.0, 10.0, 1000.0])
    1.4826
    """
    numbers = np.asarray(values, dtype=np.float64)
    centre = np.median(numbers) if middle is None else middle
    return float(AS_NORMAL * np.median(np.abs(numbers - centre)))
