"""Vectors of one column as features: every dimension alike, and the few directions in which they vary most."""

import numpy as np
from threadpoolctl import threadpool_limits

from emendata.engine import map_ranges
from emendata.records import Float32Array, FloatArray

__all__ = ["centered_vectors", "leading_directions", "standardized_vectors"]

_ROWS_A_STEP = 4_096


def centered_vectors(values: Float32Array) -> Float32Array:
    """Move the mean of each dimension to 0.

    Parameters
    ----------
    values : float32 array of shape (n, d)
        Rows of zeros are gaps: they do not count, and stay zero, which is where the mean is.

    Returns
    -------
    float32 array of shape (n, d)
    """
    there = values.any(axis=1, keepdims=True)
    return np.where(there, values - _mean(values).astype(np.float32), np.float32(0))


def standardized_vectors(values: Float32Array) -> Float32Array:
    """Give each dimension mean 0 and variance 1; gaps as in `centered_vectors`.

    Returns
    -------
    float32 array of shape (n, d)
        Zero in dimensions that do not vary.

    Examples
    --------
    >>> standardized_vectors(np.array([[1, 5], [3, 5], [0, 0]], dtype=np.float32)).tolist()
    [[-1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]
    """
    scaled = centered_vectors(values)
    variance = np.einsum("ij,ij->j", scaled, scaled, dtype=np.float64) / _n_there(values)
    spread = np.sqrt(variance)
    varies = spread > 1e-5 * np.maximum(np.abs(_mean(values)), 1e-3)  # less is rounding
    scaled /= np.where(varies, spread, 1).astype(np.float32)
    scaled[:, ~varies] = 0
    return scaled


def leading_directions(scaled: Float32Array, n_directions: int) -> Float32Array:
    """Return the coordinates of centred vectors along their principal axes, the most important first.

    Parameters
    ----------
    scaled : float32 array of shape (n, d)
        With means of 0.
    n_directions : int
        At most this many axes are kept.

    Returns
    -------
    float32 array of shape (n, at least 1 and at most ``n_directions``)
        Scaled so that all axes together have variance 1: the column counts as much as one number does.
    """
    with threadpool_limits(1, user_api="blas"):  # more would wait for each other, and give other bits
        variances, axes = np.linalg.eigh(_covariance(scaled))
        total = variances.clip(0).sum()
        n_kept = max(min(n_directions, int((variances > 1e-9 * total).sum())), 1)
        kept = axes[:, ::-1][:, :n_kept] / np.sqrt(total or 1.0)
        directions: Float32Array = scaled @ kept.astype(np.float32)
    return directions


def _covariance(scaled: Float32Array) -> FloatArray:
    n_rows, n_dimensions = scaled.shape

    def products(rows: slice) -> FloatArray:
        part = scaled[rows].astype(np.float64)
        return np.asarray(part.T @ part)

    total = np.zeros((n_dimensions, n_dimensions))
    for part in map_ranges(n_rows, products, step=_ROWS_A_STEP):
        total += part
    covariance: FloatArray = total / max(n_rows, 1)
    return covariance


def _mean(values: Float32Array) -> FloatArray:
    mean: FloatArray = values.sum(axis=0, dtype=np.float64) / _n_there(values)
    return mean


def _n_there(values: Float32Array) -> int:
    return max(int(values.any(axis=1).sum()), 1)
