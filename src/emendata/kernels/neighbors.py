"""The k nearest other rows of every row, exactly, in tiles that stay in cache."""

from collections.abc import Callable

import numpy as np

from emendata.kernels.copies import group_copies
from emendata.records import Float32Array, IntArray

__all__ = ["BLOCK", "ExactSearch", "nearest_rows"]

BLOCK = 512
_TILE = 4096
_PART = 16  # columns of a tile of which only the nearest is looked at, for a first bound
_ROOM = 96  # candidates beyond k that a row may hold before the worst are dropped


def nearest_rows(
    points: Float32Array, k: int, *, on_block: Callable[[int, int], None] | None = None
) -> tuple[IntArray, Float32Array]:
    """Find the ``k`` nearest other rows by euclidean distance.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)
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
    See `ExactSearch`, which does the same in blocks that may run on several threads.

    Examples
    --------
    >>> rows, distances = nearest_rows(np.array([[0], [1], [3]], dtype=np.float32), 1)
    >>> rows.ravel().tolist(), distances.ravel().tolist()
    ([1, 0, 1], [1.0, 1.0, 2.0])
    """
    search, n = ExactSearch(points, k), len(points)
    for start in range(0, search.n_distinct, BLOCK):
        stop = min(start + BLOCK, search.n_distinct)
        search.find(slice(start, stop))
        if on_block is not None:
            on_block(n * stop // search.n_distinct, n)
    return search.result()


class ExactSearch:
    """Finds the nearest other rows block by block; blocks may be worked on by several threads at once.

    Identical rows are searched for once. ``find`` takes the distinct rows ``0 .. n_distinct`` in slices, in any order,
    and ``result`` gives the answer for all rows.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)
    k : int
        Between 1 and n - 1.

    Notes
    -----
    O(m^2 d) time for m distinct rows and O(m (d + k)) memory. Candidates come from float32 matrix products;
    their distances are recomputed by subtraction from the points as given. Where more than about 100 distinct
    rows lie equally far from a row, at the edge of its k nearest, rounding of the products settles which are kept.
    """

    def __init__(self, points: Float32Array, k: int) -> None:
        self.k, self._n = k, len(points)
        self._first, self._group = group_copies(points)
        self.n_distinct = len(self._first)
        distinct = points if self.n_distinct == self._n else points[self._first]
        self._distinct = distinct
        dense = np.asarray(distinct, dtype=np.float32)
        self._points = dense - dense.mean(axis=0, dtype=np.float64).astype(np.float32)
        squares = np.einsum("ij,ij->i", self._points, self._points)
        self._offsets = squares / 2
        self._slack = np.float32(16 * np.finfo(np.float32).eps) * squares
        self._wanted = min(k, self.n_distinct - 1)
        self._rows = np.empty((self.n_distinct, self._wanted), dtype=np.int64)
        self._distances = np.empty((self.n_distinct, self._wanted), dtype=np.float32)

    def find(self, own: slice) -> int:
        """Find the nearest distinct rows of some distinct rows, and return how many these were."""
        n_own: int = own.stop - own.start
        if not self._wanted:
            return n_own
        room = min(self._wanted + _ROOM, self.n_distinct - 1)
        kept_rows = np.zeros((n_own, 0), dtype=np.int64)
        kept = np.zeros((n_own, 0), dtype=np.float32)
        bound = np.full(n_own, -np.inf, dtype=np.float32)
        block, room_for_near = self._points[own], np.empty(n_own * _TILE, dtype=np.float32)
        room_for_inside = np.empty(n_own * _TILE, dtype=bool)
        for start in range(0, self.n_distinct, _TILE):
            stop = min(start + _TILE, self.n_distinct)
            near = room_for_near[: n_own * (stop - start)].reshape(n_own, stop - start)
            np.matmul(block, self._points[start:stop].T, out=near)
            near -= self._offsets[start:stop]
            inside = np.arange(max(own.start, start), min(own.stop, stop))
            near[inside - own.start, inside - start] = -np.inf
            if not start:
                bound = _lower_bound(near, self._wanted, self._slack[own])
            beyond = room_for_inside[: near.size].reshape(near.shape)
            places = np.flatnonzero(np.greater(near, bound[:, None], out=beyond))
            line, column = np.divmod(places, stop - start)
            counts = np.bincount(line, minlength=n_own)
            width = int(counts.max(initial=0))
            if not width:
                continue
            at = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
            values = np.full((n_own, width), -np.inf, dtype=np.float32)
            numbers = np.zeros((n_own, width), dtype=np.int64)
            values[line, at], numbers[line, at] = near.ravel()[places], column + start
            kept = np.concatenate([kept, values], axis=1)
            kept_rows = np.concatenate([kept_rows, numbers], axis=1)
            if kept.shape[1] > room:
                best = np.argpartition(-kept, room - 1, axis=1)[:, :room]
                kept = np.take_along_axis(kept, best, axis=1)
                kept_rows = np.take_along_axis(kept_rows, best, axis=1)
            if kept.shape[1] >= self._wanted:
                bound = np.maximum(bound, _lowered(_kth_largest(kept, self._wanted), self._slack[own]))
        self._settle(own, kept_rows, kept)
        return n_own

    def _settle(self, own: slice, candidates: IntArray, near: Float32Array) -> None:
        bound = _lowered(_kth_largest(near, self._wanted), self._slack[own])
        taken = int((near >= bound[:, None]).sum(axis=1).max())
        best = np.argpartition(-near, taken - 1, axis=1)[:, :taken]
        best = np.take_along_axis(
            best, np.argsort(np.take_along_axis(candidates, best, axis=1), axis=1), axis=1
        )
        candidates = np.take_along_axis(candidates, best, axis=1)  # by row number, as equal distances stand
        exact = np.empty(candidates.shape, dtype=np.float32)
        for i in range(0, len(candidates), 32):
            apart = np.asarray(self._distinct[candidates[i : i + 32]], dtype=np.float32)
            apart -= self._distinct[own][i : i + 32, None]
            exact[i : i + 32] = np.sqrt(np.einsum("ijk,ijk->ij", apart, apart))
        exact[np.isneginf(np.take_along_axis(near, best, axis=1))] = np.inf  # places that hold no candidate
        order = np.argsort(exact, axis=1, kind="stable")[:, : self._wanted]
        self._rows[own] = np.take_along_axis(candidates, order, axis=1)
        self._distances[own] = np.take_along_axis(exact, order, axis=1)

    def result(self) -> tuple[IntArray, Float32Array]:
        """Return rows and distances as `nearest_rows` does."""
        if self.n_distinct == self._n:
            return self._rows, self._distances
        rows = np.empty((self._n, self.k), dtype=np.int64)
        distances = np.empty((self._n, self.k), dtype=np.float32)
        by_group = np.argsort(self._group, kind="stable")
        members = np.split(by_group, np.cumsum(np.bincount(self._group))[:-1])
        few = [group[: self.k + 1] for group in members]
        for group, ours in enumerate(members):
            others = [few[other] for other in self._rows[group]]
            far = np.repeat(self._distances[group], [len(other) for other in others])
            found = np.concatenate(others) if others else np.empty(0, dtype=np.int64)
            order = np.lexsort((found, far))[: self.k]
            found, far = (
                np.concatenate([few[group], found[order]]),
                np.concatenate([np.zeros(len(few[group]), dtype=np.float32), far[order]]),
            )
            for row in ours:
                others_than_row = np.flatnonzero(found != row)[: self.k]
                rows[row], distances[row] = found[others_than_row], far[others_than_row]
        return rows, distances


def _lower_bound(near: Float32Array, wanted: int, slack: Float32Array) -> Float32Array:
    """Return what the wanted-th largest of every line is not below, from the largest of each of its parts."""
    parts = near.shape[1] // _PART
    if parts < 2 * wanted:
        return np.full(len(near), -np.inf, dtype=np.float32)
    largest = near[:, : parts * _PART].reshape(len(near), _PART, parts).max(axis=1)
    return _lowered(_kth_largest(largest, wanted), slack)


def _kth_largest(values: Float32Array, k: int) -> Float32Array:
    place = values.shape[1] - k
    kth: Float32Array = np.partition(values, place, axis=1)[:, place]
    return kth


def _lowered(bound: Float32Array, slack: Float32Array) -> Float32Array:
    """Return a bound that rounding of the matrix product cannot carry a near row below."""
    lowered: Float32Array = (bound - slack - np.float32(1e-6) * np.abs(bound)).astype(np.float32, copy=False)
    return lowered
