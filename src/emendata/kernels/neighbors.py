"""The k nearest other rows of every row, exactly."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from emendata.kernels.all_pairs import AllPairs
from emendata.kernels.copies import group_copies, with_copies
from emendata.kernels.tiles import TILE, Centred, Tile, nearest_in_tiles
from emendata.records import Float32Array, IntArray

__all__ = ["ExactSearch", "Job", "nearest_rows"]

Job = Callable[[], int]

_BLOCK = 1_024
_SETTLED = 32  # rows whose exact distances are computed at a time


def nearest_rows(points: Float32Array, k: int) -> tuple[IntArray, Float32Array]:
    """Find the ``k`` nearest other rows by euclidean distance.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)
    k : int
        Between 1 and n - 1.

    Returns
    -------
    rows : int64 array of shape (n, k)
        Nearest first; equal distances by row number. A row is never its own neighbour, its exact copies are.
    distances : float32 array of shape (n, k)

    Notes
    -----
    See `ExactSearch`, which does the same in blocks that may run on several threads.

    Examples
    --------
    >>> rows, distances = nearest_rows(np.array([[0], [1], [3]], dtype=np.float32), 1)
    >>> rows.ravel().tolist(), distances.ravel().tolist()
    ([1, 0, 1], [1.0, 1.0, 2.0])
    """
    search = ExactSearch(points, k)
    for jobs in search.passes():
        for job in jobs:
            job()
    return search.result()


class ExactSearch:
    """Finds the nearest other rows block by block; blocks may be worked on by several threads at once.

    Identical rows are searched for once. The work is divided into `passes`, one after the other, each of jobs that may
    be done in any order; ``result`` then gives the answer for all rows.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)
    k : int
        Between 1 and n - 1.

    Notes
    -----
    O(m^2 d) time for m distinct rows and O(m (d + k)) memory. Candidates come from float32 matrix products of blocks,
    one for every two of them; their distances are recomputed by subtraction from the points as given. Where more than
    about 100 distinct rows lie equally far from a row, at the edge of its k nearest, rounding of the products settles
    which are kept.
    """

    def __init__(self, points: Float32Array, k: int) -> None:
        self.k, self._n = k, len(points)
        self._first, self._group = group_copies(points)
        self.n_distinct = len(self._first)
        self._distinct = points if self.n_distinct == self._n else points[self._first]
        self._centred = Centred.of(self._distinct)
        self._wanted = min(k, self.n_distinct - 1)
        self._rows = np.zeros((self.n_distinct, self._wanted), dtype=np.int64)
        self._distances = np.zeros((self.n_distinct, self._wanted), dtype=np.float32)

    def passes(self) -> Iterator[list[Job]]:
        """Yield the jobs, each of which returns how many distinct rows it is done with; those of short passes none."""
        if not self._wanted:
            yield [lambda: self.n_distinct]
            return
        pairs = AllPairs(self._centred, self._wanted, _BLOCK)
        for work in (self._start, self._compare, self._finish):
            yield [partial(work, pairs, block) for block in range(len(pairs.blocks))]

    def result(self) -> tuple[IntArray, Float32Array]:
        """Return rows and distances as `nearest_rows` does."""
        if self.n_distinct == self._n:
            return self._rows, self._distances
        return with_copies(self._rows, self._distances, self._group, self.k)

    @staticmethod
    def _start(pairs: AllPairs, block: int) -> int:
        pairs.meet_itself(block)
        return 0

    @staticmethod
    def _compare(pairs: AllPairs, block: int) -> int:
        pairs.meet_others(block)
        return pairs.blocks[block].stop - pairs.blocks[block].start

    def _finish(self, pairs: AllPairs, block: int) -> int:
        rows = pairs.blocks[block]
        self._settle(np.arange(rows.start, rows.stop), pairs.candidates(block))
        return 0

    def _find(self, own: IntArray, tiles: Callable[[], Iterator[Tile]]) -> int:
        """Find the nearest of some rows among those of some tiles."""
        if self._wanted:
            self._settle(
                own, nearest_in_tiles(self._centred, own, tiles(), self._wanted, self.n_distinct - 1)
            )
        return len(own)

    def _every_tile(self) -> Iterator[Tile]:
        """Yield all points."""
        for start in range(0, self.n_distinct, TILE):
            stop = min(start + TILE, self.n_distinct)
            yield Tile(self._centred.sides[start:stop], np.arange(start, stop))

    def _named(self, places: IntArray) -> IntArray:
        """Return the distinct rows that stand at places of the centred points."""
        return places

    def _settle(self, places: IntArray, candidates: IntArray) -> None:
        """Order the candidates of the rows at some places by their exact distances, equal ones by row number."""
        own = self._named(places)
        candidates = np.where(candidates < 0, -1, self._named(candidates))
        candidates.sort(axis=1)
        exact = np.empty(candidates.shape, dtype=np.float32)
        for i in range(0, len(candidates), _SETTLED):
            apart = np.asarray(self._distinct[candidates[i : i + _SETTLED]], dtype=np.float32)
            apart -= np.asarray(self._distinct[own[i : i + _SETTLED]], dtype=np.float32)[:, None]
            exact[i : i + _SETTLED] = np.sqrt(np.einsum("ijk,ijk->ij", apart, apart))
        exact[candidates < 0] = np.inf
        best = np.argsort(exact, axis=1, kind="stable")[:, : self._wanted]
        self._rows[own] = np.take_along_axis(candidates, best, axis=1)
        self._distances[own] = np.take_along_axis(exact, best, axis=1)
