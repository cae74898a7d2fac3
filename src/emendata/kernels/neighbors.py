"""The k nearest other rows of every row, exactly, in blocks that stay in cache."""

from collections.abc import Callable

import numpy as np

from emendata.records import Float32Array, IntArray

__all__ = ["nearest_rows"]

_BLOCK = 512


def nearest_rows(
    points: Float32Array, k: int, *, on_block: Callable[[int, int], None] | None = None
) -> tuple[IntArray, Float32Array]:
    """Find the ``k`` nearest other rows by euclidean distance.

    Parameters
    ----------
    points : float32 array of shape (n, d)
    k : int
        Between 1 and n - 1.
    on_block : callable, optional
        Called as ``on_block(rows_done, n)`` after every block.

    Returns
    -------
    rows : int64 array of shape (n, k)
        Nearest first; equal distances by row number. A row is never its own neighbour, its exact copies are.
    distances : float32 array of shape (n, k)

    Notes
    -----
    O(n^2 d) time, O(512 n) memory. Candidates come from a float32 matrix product; their distances are
    recomputed by subtraction, so identical rows are at distance 0 exactly.
    """
    n = len(points)
    points = points - points.mean(axis=0, dtype=np.float64).astype(np.float32)
    squares = np.einsum("ij,ij->i", points, points)
    rows = np.empty((n, k), dtype=np.int64)
    distances = np.empty((n, k), dtype=np.float32)
    wanted = min(k + 8, n - 1)  # a margin for candidates whose order the product's rounding could swap
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        own = np.arange(stop - start)
        gram = points[start:stop] @ points.T
        gram *= -2.0
        gram += squares
        gram[own, own + start] = np.inf
        candidates = np.argpartition(gram, wanted - 1, axis=1)[:, :wanted]
        candidates.sort(axis=1)  # so that the stable sort below breaks ties by row number
        exact = np.empty(candidates.shape, dtype=np.float32)
        for i in own:
            exact[i] = np.linalg.norm(points[candidates[i]] - points[start + i], axis=1)
        order = np.argsort(exact, axis=1, kind="stable")[:, :k]
        rows[start:stop] = np.take_along_axis(candidates, order, axis=1)
        distances[start:stop] = np.take_along_axis(exact, order, axis=1)
        if on_block is not None:
            on_block(stop, n)
    return rows, distances
