"""Points divided into cells around centres, near cells beside each other."""

import numpy as np

from emendata.kernels.tiles import Centred
from emendata.records import Float32Array, IntArray

__all__ = ["centres_of", "in_a_row", "nearest_centres"]

_PER_CELL = 64  # points that a centre is drawn from
_ROUNDS = 8
_BLOCK = 8_192


def centres_of(centred: Centred, n_cells: int, seed: int) -> Float32Array:
    """Return centres of cells by Lloyd's algorithm on some of the points.

    Parameters
    ----------
    centred : Centred
    n_cells : int
    seed : int
        Of the points that are drawn; the same seed gives the same centres.

    Returns
    -------
    float32 array of shape (n_cells, d)

    References
    ----------
    S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982).
    """
    rng = np.random.default_rng(seed)
    n = len(centred.points)
    drawn = centred.points[np.sort(rng.choice(n, min(n, _PER_CELL * n_cells), replace=False))]
    centres: Float32Array = drawn[np.sort(rng.choice(len(drawn), n_cells, replace=False))].copy()
    for _ in range(_ROUNDS):
        cell = nearest_centres(drawn, centres)
        order = np.argsort(cell, kind="stable")
        counts = np.bincount(cell, minlength=n_cells)
        there = np.flatnonzero(counts)
        starts = (np.cumsum(counts) - counts)[there]
        centres[there] = np.add.reduceat(drawn[order], starts, axis=0) / counts[there, None].astype(
            np.float32
        )
    return centres


def nearest_centres(points: Float32Array, centres: Float32Array) -> IntArray:
    """Return the nearest centre of every point."""
    offsets = np.einsum("ij,ij->i", centres, centres) / 2
    cell = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), _BLOCK):
        near = points[start : start + _BLOCK] @ centres.T
        near -= offsets
        cell[start : start + _BLOCK] = near.argmax(axis=1)
    return cell


def in_a_row(centres: Float32Array) -> IntArray:
    """Return the order in which each centre comes after the nearest one of those before it that are left.

    Examples
    --------
    >>> in_a_row(np.array([[0.0], [9.0], [1.0], [8.0]], np.float32)).tolist()
    [0, 2, 3, 1]
    """
    squares = np.einsum("ij,ij->i", centres, centres)
    left = np.ones(len(centres), dtype=bool)
    order = np.zeros(len(centres), dtype=np.int64)
    for place in range(1, len(centres)):
        last = order[place - 1]
        left[last] = False
        apart = np.where(left, squares - 2 * (centres @ centres[last]), np.inf)
        order[place] = int(apart.argmin())
    return order
