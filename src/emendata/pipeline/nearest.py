"""The nearest rows of a dataset in which some rows may show nothing."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from emendata.engine import map_ranges
from emendata.kernels.cell_search import CellSearch
from emendata.kernels.neighbors import ExactSearch, Job
from emendata.records import BoolArray, Float32Array, IntArray

__all__ = ["LARGEST_EXACT", "do_job", "in_cells", "nearest_seen_rows"]

LARGEST_EXACT = 150_000
"""Rows up to which each is compared with every other: exactness is worth a minute. Cells are faster before that."""

_CELLS = 0.43  # of the time of comparing all, at that size, by benchmarks/results/neighbors_speed.json
_CELLS_GROW = 1.6  # with this power of the rows

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
    done = 0
    for jobs in search.passes():
        for found in map_ranges(len(jobs), partial(do_job, jobs), step=1):
            done += found
            on_block(len(points) * done // search.n_distinct, len(points))
    return *search.result(), search.recall if isinstance(search, CellSearch) else 1.0


def in_cells(n_rows: int, seconds: float) -> float:
    """Return how long a search in cells will take, from how long comparing `LARGEST_EXACT` rows would."""
    expected: float = seconds * _CELLS * (n_rows / LARGEST_EXACT) ** _CELLS_GROW
    return expected


def do_job(jobs: Sequence[Job], some: slice) -> int:
    """Do one of the jobs of a search, and return how many rows it was about."""
    job: Job = jobs[some.start]
    return job()
