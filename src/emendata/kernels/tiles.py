"""The best of many columns for every line of a block, from matrix products that stay in cache."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from emendata.records import BoolArray, Float32Array, IntArray

__all__ = ["TILE", "Centred", "Tile", "lowered", "nearest_in_tiles"]

TILE = 4096
_PART = 16  # columns of a tile of which only the nearest is looked at, for a first bound
_WAITING = 32  # candidates a line, on average, that are gathered before the bounds are raised
_ROOM = 96  # candidates beyond those wanted that a line may hold before the worst are dropped


@dataclass(frozen=True)
class Centred:
    """Points about their mean, with half their squares, and how far rounding can carry a product.

    Of two points, the product less half the square of one is larger the nearer they are.
    """

    points: Float32Array
    offsets: Float32Array
    slack: Float32Array

    @classmethod
    def of(cls, points: Float32Array) -> "Centred":
        """Centre points; they are copied as float32."""
        dense = np.asarray(points, dtype=np.float32)
        dense = dense - dense.mean(axis=0, dtype=np.float64).astype(np.float32)
        squares = np.einsum("ij,ij->i", dense, dense)
        return cls(dense, squares / 2, np.float32(16 * np.finfo(np.float32).eps) * squares)

    def take(self, order: IntArray) -> "Centred":
        """Return the points in another order."""
        return Centred(self.points[order], self.offsets[order], self.slack[order])


@dataclass(frozen=True)
class Tile:
    """Some of the centred points, half their squares and their numbers; ``lines`` of a block look at them, or all."""

    points: Float32Array
    offsets: Float32Array
    names: IntArray
    lines: IntArray | None = None


def nearest_in_tiles(
    centred: Centred, own: IntArray, tiles: Iterable[Tile], wanted: int, room: int
) -> tuple[IntArray, Float32Array]:
    """Return for some rows the numbers of candidates for their nearest, and their products less offsets.

    Parameters
    ----------
    centred : Centred
    own : int64 array of shape (n_own,)
        Rows that ask, ascending; none is a candidate of itself.
    tiles : iterable of Tile
        The points that are searched, at most `TILE` at a time, no point twice for a row.
    wanted : int
        How many of the nearest must be among the candidates, if there are so many.
    room : int
        The most that there may be other than itself.

    Returns
    -------
    numbers : int64 array of shape (n_own, width)
    near : float32 array of shape (n_own, width)
        Minus infinity where there is no candidate.
    """
    best = _Best(len(own), wanted, min(wanted + _ROOM, room), centred.slack[own])
    block, every = centred.points[own], np.arange(len(own))
    for_near = np.empty(len(own) * TILE, dtype=np.float32)
    for_beyond = np.empty(len(own) * TILE, dtype=bool)
    for tile in tiles:
        lines = every if tile.lines is None else tile.lines
        asking = block if tile.lines is None else block[lines]
        near = for_near[: len(lines) * len(tile.points)].reshape(len(lines), len(tile.points))
        np.matmul(asking, tile.points.T, out=near)
        near -= tile.offsets
        place = np.minimum(np.searchsorted(own[lines], tile.names), len(lines) - 1)
        inside = np.flatnonzero(own[lines][place] == tile.names)
        near[place[inside], inside] = -np.inf
        best.look_at(near, lines, tile.names, for_beyond[: near.size].reshape(near.shape))
    return best.settled()


class _Best:
    """The candidates of each line of a block so far, and a bound below which nothing is one."""

    def __init__(self, n_lines: int, wanted: int, most: int, slack: Float32Array) -> None:
        self._wanted, self._most, self._slack = wanted, most, slack
        self._names = np.zeros((n_lines, 0), dtype=np.int64)
        self._near = np.zeros((n_lines, 0), dtype=np.float32)
        self._bound = np.full(n_lines, -np.inf, dtype=np.float32)
        self._waiting: list[tuple[IntArray, IntArray, Float32Array]] = []
        self._n_waiting = 0

    def look_at(self, near: Float32Array, lines: IntArray, names: IntArray, room: BoolArray) -> None:
        """Take what is beyond the bound; a first tile gives a bound by itself."""
        if not self._n_waiting and not self._near.shape[1]:
            self._bound[lines] = _first_bound(near, self._wanted, self._slack[lines])
        places = np.flatnonzero(np.greater(near, self._bound[lines][:, None], out=room))
        line, column = np.divmod(places, near.shape[1])
        self._waiting.append((lines[line], names[column], near.ravel()[places]))
        self._n_waiting += len(places)
        if len(lines) == len(self._bound) or self._n_waiting > _WAITING * len(self._bound):
            self._merge()

    def settled(self) -> tuple[IntArray, Float32Array]:
        """Return the names of the candidates and how near they are, as narrow as may be."""
        self._merge()
        short = max(self._wanted - self._near.shape[1], 0)
        near = np.pad(self._near, ((0, 0), (0, short)), constant_values=-np.inf)
        names = np.pad(self._names, ((0, 0), (0, short)))
        worst = lowered(_kth_largest(near, self._wanted), self._slack)
        taken = int((near >= worst[:, None]).sum(axis=1).max())
        best = np.argpartition(-near, taken - 1, axis=1)[:, :taken]
        return np.take_along_axis(names, best, axis=1), np.take_along_axis(near, best, axis=1)

    def _merge(self) -> None:
        if not self._n_waiting:
            return
        line, name, near = (np.concatenate(parts) for parts in zip(*self._waiting, strict=True))
        self._waiting, self._n_waiting = [], 0
        order = np.argsort(line, kind="stable")
        line, name, near = line[order], name[order], near[order]
        n = len(self._bound)
        counts = np.bincount(line, minlength=n)
        at = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
        values = np.full((n, int(counts.max())), -np.inf, dtype=np.float32)
        names = np.zeros(values.shape, dtype=np.int64)
        values[line, at], names[line, at] = near, name
        self._near = np.concatenate([self._near, values], axis=1)
        self._names = np.concatenate([self._names, names], axis=1)
        if self._near.shape[1] > self._most:
            best = np.argpartition(-self._near, self._most - 1, axis=1)[:, : self._most]
            self._near = np.take_along_axis(self._near, best, axis=1)
            self._names = np.take_along_axis(self._names, best, axis=1)
        if self._near.shape[1] >= self._wanted:
            bound = lowered(_kth_largest(self._near, self._wanted), self._slack)
            self._bound = np.maximum(self._bound, bound)


def lowered(bound: Float32Array, slack: Float32Array) -> Float32Array:
    """Return a bound that rounding of the matrix product cannot carry a near row below."""
    below: Float32Array = (bound - slack - np.float32(1e-6) * np.abs(bound)).astype(np.float32, copy=False)
    return below


def _first_bound(near: Float32Array, wanted: int, slack: Float32Array) -> Float32Array:
    """Return what the wanted-th largest of every line is not below, from the largest of each of its parts."""
    parts = near.shape[1] // _PART
    if parts < 2 * wanted:
        return np.full(len(near), -np.inf, dtype=np.float32)
    largest = near[:, : parts * _PART].reshape(len(near), _PART, parts).max(axis=1)
    return lowered(_kth_largest(largest, wanted), slack)


def _kth_largest(values: Float32Array, k: int) -> Float32Array:
    place = values.shape[1] - k
    kth: Float32Array = np.partition(values, place, axis=1)[:, place]
    return kth
