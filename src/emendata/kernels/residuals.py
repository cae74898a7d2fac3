"""How far values usually lie from their predictions, where these are similar."""

import numpy as np
from scipy.ndimage import median_filter

from emendata.kernels.robust import AS_NORMAL
from emendata.records import FloatArray

__all__ = ["local_spread"]

_FEWEST, _PART = 51, 0.1  # rows of similar prediction: at least so many, or this part of all
_LEAST = 0.2  # of the spread of all rows, that of a few may be at least


def local_spread(predicted: FloatArray, residuals: FloatArray) -> FloatArray:
    """Return the usual distance from the prediction, as a standard deviation, among rows of similar prediction.

    Parameters
    ----------
    predicted, residuals : float64 arrays of shape (n,)

    Returns
    -------
    float64 array of shape (n,)
        Above 0. Up to half of the values may be wrong without moving it far.

    Notes
    -----
    A running median of the distances, in the order of the predictions; O(n log n).

    Examples
    --------
    >>> residuals = np.array([1.0, -1.0] * 50 + [90.0])
    >>> local_spread(np.arange(101.0), residuals).round(2).tolist()[:2]
    [1.48, 1.48]
    """
    distances = np.abs(residuals)
    window = min(max(_FEWEST, int(_PART * len(distances))), len(distances))
    order = np.argsort(predicted, kind="stable")
    local = np.empty(len(distances))
    local[order] = median_filter(distances[order], size=window, mode="mirror")
    whole = float(np.median(distances))
    floor = max(_LEAST * whole, 1e-9 * float(np.abs(predicted).max(initial=0.0)), np.finfo(np.float64).tiny)
    spread: FloatArray = AS_NORMAL * np.maximum(local, floor)
    return spread
