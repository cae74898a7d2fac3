"""The nearest rows of a dataset in which some rows may show nothing."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from emendata.engine import map_ranges
from emendata.kernels.cell_search import CellSearch
from emendata.kernels.neighbors import ExactSearch, Job
from emendata.records import BoolArray, Float32Array, IntArray

__all__ = ["LARGEST_EXACT", "nearest_seen_rows"]

LARGEST_EXACT = 150_000
"""Rows up to which each is compared with every other; ``make bench-neighbors`` measures both ways."""

_FEWEST = 3  # rows that can be compared


def nearest_seen_rows(
    dense: Float32Array, unseen: BoolArray, n_nearest: int, on_block: Callable[[int, int], None]
) -> tuple[IntArray, Float32Array, float]:
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
    recall : float
        Part of the nearest rows that were found, measured on some rows; 1 where all were compared.
    """
    seen = np.flatnonzero(~unseen)
    if len(seen) == len(dense) or len(seen) < _FEWEST:
        return _nearest(dense, min(n_nearest, len(dense) - 1), on_block)
    found, near, recall = _nearest(dense[seen], min(n_nearest, len(seen) - 1), on_block)
    rows = np.tile(seen[: found.shape[1]], (len(dense), 1))
    distances = np.full(rows.shape, 2 * near.max(), dtype=np.float32)
    rows[seen], distances[seen] = seen[found], near
    return rows, distances, recall


def _nearest(
    points: Float32Array, k: int, on_block: Callable[[int, int], None]
) -> tuple[IntArray, Float32Array, float]:
    search = CellSearch(points, k) if len(points) > LARGEST_EXACT else ExactSearch(points, k)
    for jobs in search.passes():
        done = 0
        for found in map_ranges(len(jobs), partial(_do, jobs), step=1):
            done += found
            on_block(len(points) * done // search.n_distinct, len(points))
    return *search.result(), search.recall if isinstance(search, CellSearch) else 1.0


def _do(jobs: Sequence[Job], some: slice) -> int:
    job: Job = jobs[some.start]
    return job()
