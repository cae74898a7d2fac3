"""The nearest other rows of every row of a large dataset, searched in the cells around it."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from emendata.kernels.neighbors import ExactSearch, Job
from emendata.kernels.partition import centres_of, in_a_row, nearest_centres
from emendata.kernels.tiles import TILE, Tile
from emendata.records import Float32Array, IntArray

__all__ = ["CellSearch"]

_ROWS_PER_CELL = 250
_FEWEST_CELLS = 32
_BLOCK = 1_024
_ASKED = 800  # rows whose nearest are found exactly: half to learn how many cells to search, half to tell the recall
_MOST = 0.25  # part of the rows from which on comparing all costs no more


class CellSearch(ExactSearch):
    """Finds nearly all of the nearest rows, by searching for each row the cells whose centres are nearest to it.

    The rows are divided into cells of some 250. How many cells are searched is learned from the data: the nearest rows
    of 800 rows are found exactly, and as many cells are taken as hold ``wanted_recall`` of those of every other one.
    Where these hold more than a quarter of all rows, everything is searched.

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
        Part of the nearest rows of the other 400 that lie in the cells that are searched; 1 where all are.
    part : float
        About which part of the rows is searched for a row.

    Notes
    -----
    O(m^2 d) time times ``part``, for m distinct rows, and O(m^1.5 d) to find the cells. Distances are those that
    `ExactSearch` gives.

    References
    ----------
    J. Sivic and A. Zisserman, "Video Google: A Text Retrieval Approach to Object Matching in Videos" (ICCV 2003): the
    inverted file, here with the number of cells measured and rows that look at one cell multiplied at once.
    """

    def __init__(self, points: Float32Array, k: int, *, wanted_recall: float = 0.97, seed: int = 0) -> None:
        super().__init__(points, k)
        self.recall, self.part, self._n_near = 1.0, 1.0, 0
        n_cells = self.n_distinct // _ROWS_PER_CELL
        self._order = np.arange(self.n_distinct)
        if n_cells >= _FEWEST_CELLS and self._wanted:
            self._divide(n_cells, seed)
            self._learn(wanted_recall, seed)

    def passes(self) -> Iterator[list[Job]]:
        """Yield the jobs."""
        if not self._n_near:
            yield from super().passes()
            return
        n = self.n_distinct
        blocks = [np.arange(start, min(start + _BLOCK, n)) for start in range(0, n, _BLOCK)]
        yield [partial(self._find, own, partial(self._tiles_near, own)) for own in blocks]

    def _divide(self, n_cells: int, seed: int) -> None:
        """Put the rows of a cell beside each other, and near cells as well."""
        centres = centres_of(self._centred, n_cells, seed)
        self._centres = centres[in_a_row(centres)]
        cell = nearest_centres(self._centred.points, self._centres)
        self._order = np.argsort(cell, kind="stable")
        self._centred = self._centred.take(self._order)
        self._bounds = np.searchsorted(cell[self._order], np.arange(n_cells + 1))

    def _learn(self, wanted_recall: float, seed: int) -> None:
        """Find the nearest of some rows exactly, and out of them how many cells must be searched."""
        n = self.n_distinct
        asked = np.sort(np.random.default_rng(seed).choice(n, min(_ASKED, n), replace=False))
        self._find(asked, self._every_tile)
        places = np.empty_like(self._order)
        places[self._order] = np.arange(n)
        cells = np.searchsorted(self._bounds, places[self._rows[self._order[asked]]], side="right") - 1
        near = self._near_cells(asked)
        needed = (near[:, None, :] > np.take_along_axis(near, cells, axis=1)[:, :, None]).sum(axis=2)
        choosing = np.sort(needed[::2].ravel())
        n_near = int(choosing[int(np.ceil(wanted_recall * (len(choosing) - 1)))]) + 1
        part = n_near / len(self._centres)
        if part < _MOST:
            self.part, self._n_near = part, n_near
            self.recall = float((needed[1::2] < n_near).mean())

    def _near_cells(self, own: IntArray) -> Float32Array:
        """Return for some rows how near each centre is: larger is nearer."""
        near: Float32Array = self._centred.points[own] @ self._centres.T
        near -= np.einsum("ij,ij->i", self._centres, self._centres) / 2
        return near

    def _tiles_near(self, own: IntArray) -> Iterator[Tile]:
        """Yield the cells of a block, for all of its rows, and then those that some of its rows look at."""
        near = self._near_cells(own)
        first = int(np.searchsorted(self._bounds, own[0], side="right")) - 1
        last = int(np.searchsorted(self._bounds, own[-1], side="right"))
        for start in range(int(self._bounds[first]), int(self._bounds[last]), TILE):
            yield self._tile(start, min(start + TILE, int(self._bounds[last])), None)
        cells = np.argpartition(-near, self._n_near - 1, axis=1)[:, : self._n_near]
        lines = np.repeat(np.arange(len(own)), self._n_near)
        order = np.argsort(cells.ravel(), kind="stable")
        cells, lines = cells.ravel()[order], lines[order]
        for group in np.split(np.arange(len(cells)), np.flatnonzero(np.diff(cells)) + 1):
            cell = int(cells[group[0]])
            if not first <= cell < last:
                for start in range(int(self._bounds[cell]), int(self._bounds[cell + 1]), TILE):
                    yield self._tile(start, min(start + TILE, int(self._bounds[cell + 1])), lines[group])

    def _tile(self, start: int, stop: int, lines: IntArray | None) -> Tile:
        return Tile(self._centred.sides[start:stop], np.arange(start, stop), lines)

    def _named(self, places: IntArray) -> IntArray:
        named: IntArray = self._order[places]
        return named
