"""The best of many columns for every line of a block, from matrix products that stay in cache."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from emendata.kernels.best import Best
from emendata.records import Float32Array, IntArray

__all__ = ["TILE", "Centred", "Tile", "nearest_in_tiles"]

TILE = 4096


@dataclass(frozen=True)
class Centred:
    """Points about their mean, so written that one product says how near two of them are.

    Parameters
    ----------
    sides : float32 array of shape (n, d + 2)
        The points, then minus half their squares, then ones. With the last two columns of one side exchanged, a product
        is minus half the squared distance.
    slack : float32 array of shape (n,)
        How far rounding can carry a product.
    """

    sides: Float32Array
    slack: Float32Array

    @classmethod
    def of(cls, points: Float32Array) -> "Centred":
        """Centre points; they are copied as float32."""
        n, d = points.shape
        sides = np.ones((n, d + 2), dtype=np.float32)
        sides[:, :d] = points
        sides[:, :d] -= sides[:, :d].mean(axis=0, dtype=np.float64).astype(np.float32)
        squares = np.einsum("ij,ij->i", sides[:, :d], sides[:, :d])
        sides[:, d] = squares / -2
        return cls(sides, np.float32(24 * np.finfo(np.float32).eps) * squares)

    @property
    def points(self) -> Float32Array:
        """The points alone, of shape (n, d)."""
        return self.sides[:, :-2]

    def other_side(self, rows: IntArray | slice) -> Float32Array:
        """Return a copy of some points as they stand on the other side of a product."""
        width = self.sides.shape[1]
        other: Float32Array = self.sides[rows][:, [*range(width - 2), width - 1, width - 2]]
        return other

    def take(self, order: IntArray) -> "Centred":
        """Return the points in another order."""
        return Centred(self.sides[order], self.slack[order])


@dataclass(frozen=True)
class Tile:
    """Some of the centred points (``sides``) and their numbers; ``lines`` of a block look at them, or all."""

    sides: Float32Array
    names: IntArray
    lines: IntArray | None = None


def nearest_in_tiles(
    centred: Centred, own: IntArray, tiles: Iterable[Tile], wanted: int, room: int
) -> IntArray:
    """Return for some rows the numbers of candidates for their nearest.

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
    int64 array of shape (n_own, width)
        -1 where there is no candidate.
    """
    best = Best(len(own), wanted, room, centred.slack[own])
    block, every = centred.other_side(own), np.arange(len(own))
    for_near = np.empty(len(own) * TILE, dtype=np.float32)
    for_beyond = np.empty(len(own) * TILE, dtype=bool)
    for number, tile in enumerate(tiles):
        lines = every if tile.lines is None else tile.lines
        asking = block if tile.lines is None else block[lines]
        near = for_near[: len(lines) * len(tile.names)].reshape(len(lines), len(tile.names))
        np.matmul(asking, tile.sides.T, out=near)
        place = np.minimum(np.searchsorted(own[lines], tile.names), len(lines) - 1)
        inside = np.flatnonzero(own[lines][place] == tile.names)
        near[place[inside], inside] = -np.inf
        if number == 0 and tile.lines is None:
            best.raise_bound(near)
        beyond = for_beyond[: near.size].reshape(near.shape)
        places = np.flatnonzero(np.greater(near, best.bound[lines][:, None], out=beyond))
        line, column = np.divmod(places, near.shape[1])
        best.take(lines[line], tile.names[column], near.ravel()[places])
    return best.settled()
