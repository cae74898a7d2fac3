"""Vectors of one column as features: every dimension alike, and the few directions in which they vary most."""

import numpy as np
from threadpoolctl import threadpool_limits

from emendata.engine import map_ranges
from emendata.records import BoolArray, Float32Array, FloatArray

__all__ = [
    "centered_vectors",
    "evened_directions",
    "evened_vectors",
    "leading_directions",
    "standardized_vectors",
    "unit_vectors",
]

_ROWS_A_STEP = 4_096
_MOST_ROWS = 10_000  # that evened directions are found in


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


def evened_vectors(values: Float32Array, there: BoolArray) -> Float32Array:
    """Move the mean of the rows that are ``there`` to zero and their mean squared length to one; others are zeros."""
    n_there = max(int(there.sum()), 1)
    centred: Float32Array = values - (values.sum(axis=0, dtype=np.float64) / n_there).astype(np.float32)
    centred[~there] = 0
    length = np.sqrt(np.einsum("ij,ij->", centred, centred, dtype=np.float64) / n_there)
    centred /= np.float32(length if length > 1e-6 else 1)
    return centred


def unit_vectors(values: Float32Array) -> Float32Array:
    """Give each row length 1; rows of zeros stay.

    Examples
    --------
    >>> unit_vectors(np.array([[3, 4], [0, 0]], dtype=np.float32)).round(2).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    length = np.sqrt(np.einsum("ij,ij->i", values, values))[:, None]
    scaled: Float32Array = values / np.maximum(length, np.float32(1e-6))
    return scaled


def evened_directions(wide: Float32Array, there: BoolArray, n_directions: int, seed: int) -> Float32Array:
    """Return each row's place along the directions in which rows vary most, at unit length.

    Directions are evened out halfway: divided by the root of how far rows spread along them.

    Parameters
    ----------
    wide : float32 array of shape (n, d)
        With means of 0.
    there : bool array of shape (n,)
        The rows that are no gaps: in 10,000 of them at most directions are looked for.
    seed : int
        For the random start of the search, and the choice of the rows.

    Returns
    -------
    float32 array of shape (n, at least 1 and at most ``n_directions``)
    """
    from sklearn.utils.extmath import randomized_svd

    rows = np.flatnonzero(there)
    if len(rows) > _MOST_ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, _MOST_ROWS, replace=False))
    n_kept = min(n_directions, len(rows) - 1)
    if n_kept < 1:
        return np.zeros((len(wide), 1), dtype=np.float32)
    _, spread, directions = randomized_svd(wide[rows], n_kept, n_iter=4, random_state=seed)
    halfway = np.sqrt(np.maximum(spread, 1e-6 * max(spread[0], 1e-6)))
    return unit_vectors(wide @ (directions.T / halfway).astype(np.float32))


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
