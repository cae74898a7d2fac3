"""Which rows of a matrix are exact copies of each other."""

import numpy as np

from emendata.records import Float32Array, IntArray

__all__ = ["group_copies"]

_ROWS = 1 << 14


def group_copies(points: Float32Array) -> tuple[IntArray, IntArray]:
    """Find the distinct rows, by a hash of 64 bits whose equals are then compared.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)

    Returns
    -------
    first : int64 array of shape (m,)
        The first row of every group of identical rows, ascending.
    group : int64 array of shape (n,)
        The place in ``first`` of every row's group.

    Examples
    --------
    >>> first, group = group_copies(np.array([[1], [0], [1]], dtype=np.float32))
    >>> first.tolist(), group.tolist()
    ([0, 1], [0, 1, 0])
    """
    n, d = points.shape
    factors = np.random.default_rng(0).integers(1, 2**63, d, dtype=np.uint64) | np.uint64(1)
    hashes = np.empty(n, dtype=np.uint64)
    for start in range(0, n, _ROWS):
        block = np.asarray(points[start : start + _ROWS], dtype=np.float32) + np.float32(0)  # no minus zeros
        hashes[start : start + _ROWS] = block.view(np.uint32).astype(np.uint64) @ factors
    _, first, group = np.unique(hashes, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[group] != np.arange(n))
    for start in range(0, len(again), _ROWS):
        rows = again[start : start + _ROWS]
        if not np.array_equal(points[rows], points[first[group[rows]]]):
            _, first, group = np.unique(np.asarray(points), axis=0, return_index=True, return_inverse=True)
            break
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return first[order], place[group.reshape(-1)]
