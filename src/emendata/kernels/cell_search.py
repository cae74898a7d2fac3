"""The nearest other rows of every row of a large dataset, in the cells around it and among friends of friends."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from emendata.kernels.neighbors import ExactSearch, Job
from emendata.kernels.partition import centres_of, in_a_row, nearest_centres
from emendata.kernels.tiles import TILE, Tile
from emendata.records import BoolArray, Float32Array, IntArray

__all__ = ["CellSearch"]

_ROWS_PER_CELL = 600
_FEWEST_CELLS = 8
_BLOCK = 1_024
_ASKED = 400  # rows whose nearest are found exactly, to learn what is found
_ROUGH = 0.75  # of the nearest rows, that the cells which are searched must hold
_MOST = 0.5  # part of the rows from which on searching all costs no more
_ROUNDS = 4
_FRIENDS = 256  # rows that look among friends of friends at a time


class CellSearch(ExactSearch):
    """Finds nearly all of the nearest rows: first in the cells nearest to a row's own, then among friends of friends.

    The rows are divided into cells of some 600. How many cells are searched is learned from the data: the nearest rows
    of 400 rows are found exactly, and as many cells are taken as hold three quarters of them. Where these hold more
    than half of all rows, everything is searched. Then the nearest of the nearest rows are looked at, in rounds, until
    ``wanted_recall`` of the nearest of the 400 are found, or four times.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)
    k : int
        Between 1 and n - 1.
    wanted_recall : float
        Part of the nearest rows that is to be found.
    seed : int
        The same seed gives the same answer.

    Attributes
    ----------
    recall : float
        Part of the nearest rows of the 400 that were found; 1 where everything was searched.
    part : float
        Part of the rows that was searched for a row in the cells, on average.

    Notes
    -----
    O(m^2 d) time times ``part``, for m distinct rows, and O(m k^2 d) for each round. Distances are those that
    `ExactSearch` gives.

    References
    ----------
    J. Sivic and A. Zisserman, "Video Google: A Text Retrieval Approach to Object Matching in Videos" (ICCV 2003), the
    inverted file; W. Dong, C. Moses and K. Li, "Efficient k-nearest neighbor graph construction for generic similarity
    measures" (WWW 2011), the rounds.
    """

    def __init__(self, points: Float32Array, k: int, *, wanted_recall: float = 0.98, seed: int = 0) -> None:
        super().__init__(points, k)
        self.recall, self.part = 1.0, 1.0
        self._wanted_recall = wanted_recall
        self._order = np.arange(self.n_distinct)
        n_cells = self.n_distinct // _ROWS_PER_CELL
        if n_cells >= _FEWEST_CELLS and self._wanted:
            self._divide(n_cells, seed)
            self._learn(seed)

    def passes(self) -> Iterator[list[Job]]:
        """Yield the jobs of the cells, then those of each round."""
        if self.part == 1.0:
            yield from super().passes()
            return
        bounds = self._bounds.tolist()
        yield [
            partial(
                self._find,
                np.arange(start, min(start + _BLOCK, bounds[cell + 1])),
                partial(self._tiles_near, cell),
            )
            for cell in range(len(bounds) - 1)
            for start in range(bounds[cell], bounds[cell + 1], _BLOCK)
        ]
        for _ in range(_ROUNDS):
            self.recall = self._found()
            if self.recall >= self._wanted_recall:
                return
            before = self._rows, self._distances, _friends(self._rows, self._distances)
            self._rows, self._distances = before[0].copy(), before[1].copy()
            yield [
                partial(self._ask_friends, self._order[start : start + _FRIENDS], *before)
                for start in range(0, self.n_distinct, _FRIENDS)
            ]
        self.recall = self._found()

    def _divide(self, n_cells: int, seed: int) -> None:
        """Put the rows of a cell beside each other, and near cells as well."""
        centres = centres_of(self._centred, n_cells, seed)
        centres = centres[in_a_row(centres)]
        cell = nearest_centres(self._centred.points, centres)
        self._order = np.argsort(cell, kind="stable")
        self._centred = self._centred.take(self._order)
        self._bounds = np.searchsorted(cell[self._order], np.arange(n_cells + 1))
        near = centres @ centres.T - np.einsum("ij,ij->i", centres, centres) / 2
        near[np.diag_indices(n_cells)] = np.inf
        self._nearest_cells = np.argsort(-near, axis=1, kind="stable")

    def _learn(self, seed: int) -> None:
        """Find the nearest of some rows exactly, and out of them how many cells must be searched."""
        sizes = np.diff(self._bounds)
        rng = np.random.default_rng(seed)
        asked = np.sort(rng.choice(self.n_distinct, min(_ASKED, self.n_distinct), replace=False))
        self._find(asked, self._every_tile)
        self._asked = self._order[asked]
        self._true = self._rows[self._asked].copy()
        places = np.empty_like(self._order)
        places[self._order] = np.arange(self.n_distinct)
        ranks = np.empty_like(self._nearest_cells)
        np.put_along_axis(ranks, self._nearest_cells, np.arange(len(sizes))[None, :], axis=1)
        own, theirs = self._cell_of(asked), self._cell_of(places[self._true])
        needed = np.sort(ranks[own[:, None], theirs].ravel())
        n_cells = int(needed[int(_ROUGH * (len(needed) - 1))]) + 1
        searched = sizes[self._nearest_cells[:, :n_cells]].sum(axis=1)
        part = float((searched * sizes).sum() / self.n_distinct**2)
        if part < _MOST:
            self.part = part
            self._nearest_cells = self._nearest_cells[:, :n_cells].copy()

    def _cell_of(self, places: IntArray) -> IntArray:
        return np.searchsorted(self._bounds, places, side="right") - 1

    def _tiles_near(self, cell: int) -> Iterator[Tile]:
        """Yield the points of the cells nearest to one, its own first."""
        waiting: list[tuple[int, int]] = []
        n_waiting = 0
        for other in self._nearest_cells[cell].tolist():
            begin, end = int(self._bounds[other]), int(self._bounds[other + 1])
            for start in range(begin, end, TILE):
                stop = min(start + TILE, end)
                if n_waiting + stop - start > TILE:
                    yield self._tile(waiting)
                    waiting, n_waiting = [], 0
                waiting.append((start, stop))
                n_waiting += stop - start
        if waiting:
            yield self._tile(waiting)

    def _tile(self, spans: list[tuple[int, int]]) -> Tile:
        points = np.concatenate([self._centred.points[a:b] for a, b in spans])
        offsets = np.concatenate([self._centred.offsets[a:b] for a, b in spans])
        return points, offsets, np.concatenate([np.arange(a, b) for a, b in spans])

    def _named(self, places: IntArray) -> IntArray:
        named: IntArray = self._order[places]
        return named

    def _found(self) -> float:
        """Return the part of the nearest rows of those asked that were found."""
        known = self._rows[self._asked]
        return float(
            np.mean([np.isin(true, row).mean() for true, row in zip(self._true, known, strict=True)])
        )

    def _ask_friends(self, own: IntArray, rows: IntArray, distances: Float32Array, friends: IntArray) -> int:
        """Look among the nearest of the friends of some rows, as they were before this round."""
        known, theirs = rows[own], friends[own]
        candidates = np.concatenate([theirs, rows[theirs].reshape(len(own), -1)], axis=1)
        candidates.sort(axis=1)
        line, column = np.nonzero(_new(candidates, known, own))
        found = candidates[line, column]
        away = np.full(candidates.shape, np.inf, dtype=np.float32)
        away[line, column] = self._apart(own[line], found)
        both = np.concatenate([known, candidates], axis=1)
        apart = np.concatenate([distances[own], away], axis=1)
        near = np.argpartition(apart, self._wanted - 1, axis=1)[:, : self._wanted]
        both, apart = np.take_along_axis(both, near, axis=1), np.take_along_axis(apart, near, axis=1)
        best = np.lexsort((both, apart), axis=1)
        self._rows[own] = np.take_along_axis(both, best, axis=1)
        self._distances[own] = np.take_along_axis(apart, best, axis=1)
        return len(own)

    def _apart(self, rows: IntArray, others: IntArray) -> Float32Array:
        apart = np.asarray(self._distinct[others], dtype=np.float32)
        apart = apart - np.asarray(self._distinct[rows], dtype=np.float32)
        distances: Float32Array = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        return distances


def _new(candidates: IntArray, known: IntArray, own: IntArray) -> BoolArray:
    """Return which of the candidates, ascending in each line, are there for the first time, and not known."""
    new = candidates != own[:, None]
    new[:, 1:] &= candidates[:, 1:] != candidates[:, :-1]
    for column in known.T:
        new &= candidates != column[:, None]
    return new


def _friends(rows: IntArray, distances: Float32Array) -> IntArray:
    """Return for every row its nearest, and as many of those that have it among theirs, the nearest of them."""
    n, k = rows.shape
    order = np.lexsort((np.repeat(np.arange(n), k), distances.ravel(), rows.ravel()))
    asked, asking = rows.ravel()[order], order // k
    counts = np.bincount(asked, minlength=n)
    place = np.arange(n * k) - np.repeat(np.cumsum(counts) - counts, counts)
    first = place < k
    reverse = rows.copy()  # where fewer ask, its nearest stand twice
    reverse[asked[first], place[first]] = asking[first]
    return np.concatenate([rows, reverse], axis=1)
