"""Within which distance rows come to each other by accident, if they spread evenly into some directions."""

import numpy as np

from emendata.records import Float32Array, FloatArray

__all__ = ["accident_radius", "intrinsic_dimension"]


def intrinsic_dimension(distances: Float32Array) -> float:
    """Estimate of how many directions the rows spread into, from their nearest distances (n, k), at least 1.

    ``1 / median_i mean_j log(d_ik / d_ij)``: the maximum-likelihood estimate of Levina and Bickel, NIPS
    2004, with the median over rows, which a few duplicates do not move. Rows at distance 0 are left out.
    """
    usable = distances[distances[:, 0] > 0].astype(np.float64)
    if not len(usable) or usable.shape[1] < 2:
        return 1.0
    logs = np.log(usable[:, -1:] / usable[:, :-1]).mean(axis=1)
    return float(1.0 / np.clip(np.median(logs), 1e-2, 1.0))


def accident_radius(distances: Float32Array, expected: float) -> FloatArray:
    """Distance within which accident puts ``expected`` nearest neighbours in the whole dataset, shape (n,).

    Around a row with its k-th neighbour at ``d_k``, rows spread evenly into m directions put
    ``k (r / d_k)^m`` others within ``r``; asked of all n rows, that is ``expected`` at
    ``d_k (expected / (n k))^(1 / m)``.
    """
    n, k = distances.shape
    power = 1.0 / intrinsic_dimension(distances)
    radius: FloatArray = distances[:, -1].astype(np.float64) * (expected / (n * k)) ** power
    return radius
