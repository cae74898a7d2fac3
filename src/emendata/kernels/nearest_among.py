"""The rows of a part of the dataset that are nearest to a few rows, exactly."""

import numpy as np

from emendata.records import Float32Array, IntArray

__all__ = ["nearest_among"]

_BLOCK = 16_384


def nearest_among(
    points: Float32Array, rows: IntArray, members: IntArray, k: int
) -> tuple[IntArray, Float32Array]:
    """Find the ``k`` members nearest to each of some rows by euclidean distance; no row is its own member.

    Parameters
    ----------
    points : float32 array of shape (n, d)
        May be a memory map; the members are read once, in blocks.
    rows : int64 array of shape (m,)
        A few rows.
    members : int64 array of shape (p,)
        The rows to search, ascending.
    k : int
        At least 1.

    Returns
    -------
    rows : int64 array of shape (m, k)
        Nearest first; equal distances by row number, -1 where there are fewer members.
    distances : float32 array of shape (m, k)
        Infinite where there is no member.

    Notes
    -----
    O(m p d) time, O(16384 d) memory.

    Examples
    --------
    >>> points = np.array([[0.0], [1.0], [4.0], [9.0]], np.float32)
    >>> nearest_among(points, np.array([0, 2]), np.array([0, 2, 3]), 2)[0].tolist()
    [[2, 3], [0, 3]]
    """
    asked = np.asarray(points[rows], dtype=np.float64)
    found = np.full((len(rows), k), -1, dtype=np.int64)
    distances = np.full((len(rows), k), np.inf)
    for start in range(0, len(members), _BLOCK):
        some = members[start : start + _BLOCK]
        block = np.asarray(points[some], dtype=np.float64)
        for i, point in enumerate(asked):
            apart = np.sqrt(((block - point) ** 2).sum(axis=1))
            apart[some == rows[i]] = np.inf
            both = np.concatenate([distances[i], apart])
            best = np.argsort(both, kind="stable")[:k]
            found[i] = np.concatenate([found[i], some])[best]
            distances[i] = both[best]
    found[np.isinf(distances)] = -1
    return found, distances.astype(np.float32)
