"""The nearest rows of a dataset in which some rows may show nothing."""

from collections.abc import Callable

import numpy as np

from emendata.engine import map_ranges
from emendata.kernels.neighbors import ExactSearch
from emendata.records import BoolArray, Float32Array, IntArray

__all__ = ["nearest_seen_rows"]

_FEWEST = 3  # rows that can be compared


def nearest_seen_rows(
    dense: Float32Array, unseen: BoolArray, n_nearest: int, on_block: Callable[[int, int], None]
) -> tuple[IntArray, Float32Array]:
    """Find the nearest rows of every row; one of which nothing is known is near no other.

    Parameters
    ----------
    dense : float32 array of shape (n, d)
    unseen : bool array of shape (n,)
        Rows of which nothing is known. They get some rows, twice as far as any two others are.
    n_nearest : int

    Returns
    -------
    rows, distances : arrays of shape (n, k)
        Nearest first; k is less than ``n_nearest`` where there are not more rows.
    """
    seen = np.flatnonzero(~unseen)
    if len(seen) == len(dense) or len(seen) < _FEWEST:
        return _nearest(dense, min(n_nearest, len(dense) - 1), on_block)
    found, near = _nearest(dense[seen], min(n_nearest, len(seen) - 1), on_block)
    rows = np.tile(seen[: found.shape[1]], (len(dense), 1))
    distances = np.full(rows.shape, 2 * near.max(), dtype=np.float32)
    rows[seen], distances[seen] = seen[found], near
    return rows, distances


def _nearest(
    points: Float32Array, k: int, on_block: Callable[[int, int], None]
) -> tuple[IntArray, Float32Array]:
    search = ExactSearch(points, k)
    for jobs in search.passes():
        done = 0
        for found in map_ranges(len(jobs), lambda some, jobs=jobs: jobs[some.start](), step=1):
            done += found
            on_block(len(points) * done // search.n_distinct, len(points))
    return search.result()
