"""The best of many columns for every line of a block, from matrix products that stay in cache."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from emendata.records import Float32Array, IntArray

__all__ = ["TILE", "Centred", "Tile", "lowered", "nearest_in_tiles"]

TILE = 4096
_PART = 16  # columns of a tile of which only the nearest is looked at, for a first bound
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
    n_own = len(own)
    most = min(wanted + _ROOM, room)
    numbers = np.zeros((n_own, 0), dtype=np.int64)
    kept = np.zeros((n_own, 0), dtype=np.float32)
    bound = np.full(n_own, -np.inf, dtype=np.float32)
    block, slack = centred.points[own], centred.slack[own]
    for_near = np.empty(n_own * TILE, dtype=np.float32)
    for_beyond = np.empty(n_own * TILE, dtype=bool)
    every, is_first = np.arange(n_own), True
    for tile in tiles:
        lines = every if tile.lines is None else tile.lines
        asking, width = block if tile.lines is None else block[lines], len(tile.points)
        near = for_near[: len(asking) * width].reshape(len(asking), width)
        np.matmul(asking, tile.points.T, out=near)
        near -= tile.offsets
        place = np.minimum(np.searchsorted(own[lines], tile.names), len(asking) - 1)
        inside = np.flatnonzero(own[lines][place] == tile.names)
        near[place[inside], inside] = -np.inf
        if is_first:
            bound[lines], is_first = _first_bound(near, wanted, slack[lines]), False
        beyond = for_beyond[: near.size].reshape(near.shape)
        places = np.flatnonzero(np.greater(near, bound[lines][:, None], out=beyond))
        line, column = np.divmod(places, width)
        line = every[lines][line]
        counts = np.bincount(line, minlength=n_own)
        widest = int(counts.max(initial=0))
        if not widest:
            continue
        at = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
        values = np.full((n_own, widest), -np.inf, dtype=np.float32)
        found = np.zeros((n_own, widest), dtype=np.int64)
        values[line, at], found[line, at] = near.ravel()[places], tile.names[column]
        kept = np.concatenate([kept, values], axis=1)
        numbers = np.concatenate([numbers, found], axis=1)
        if kept.shape[1] > most:
            best = np.argpartition(-kept, most - 1, axis=1)[:, :most]
            kept = np.take_along_axis(kept, best, axis=1)
            numbers = np.take_along_axis(numbers, best, axis=1)
        if kept.shape[1] >= wanted:
            bound = np.maximum(bound, lowered(_kth_largest(kept, wanted), slack))
    if kept.shape[1] < wanted:
        short = wanted - kept.shape[1]
        kept = np.pad(kept, ((0, 0), (0, short)), constant_values=-np.inf)
        numbers = np.pad(numbers, ((0, 0), (0, short)))
    worst = lowered(_kth_largest(kept, wanted), slack)
    taken = int((kept >= worst[:, None]).sum(axis=1).max())
    best = np.argpartition(-kept, taken - 1, axis=1)[:, :taken]
    return np.take_along_axis(numbers, best, axis=1), np.take_along_axis(kept, best, axis=1)


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
