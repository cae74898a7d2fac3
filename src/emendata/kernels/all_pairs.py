"""Candidates for the nearest of all rows: every two blocks of rows are multiplied once, for both of them."""

from collections.abc import Iterator

import numpy as np

from emendata.kernels.best import Best
from emendata.kernels.tiles import Centred
from emendata.records import Float32Array, IntArray

__all__ = ["AllPairs"]


class AllPairs:
    """Compares every row with every other, block by block.

    Each block must have met itself, which gives its rows a first bound, before it meets others. It meets those of half
    a turn, as if blocks stood in a ring, so that each meeting serves both and all blocks have as much to do. Blocks may
    be worked on by several threads at once.

    Parameters
    ----------
    centred : Centred
    wanted : int
        How many of the nearest must be among the candidates of a row; less than there are rows.
    size : int
        Of a block; its products are to stay in cache.

    Notes
    -----
    O(n^2 d) time for n rows, half of what multiplying all with all takes, and O(n wanted) memory.
    """

    def __init__(self, centred: Centred, wanted: int, size: int) -> None:
        n = len(centred.points)
        self._centred, self._size = centred, size
        self.blocks = [slice(start, min(start + size, n)) for start in range(0, n, size)]
        self._best = [
            Best(rows.stop - rows.start, wanted, n - 1, centred.slack[rows]) for rows in self.blocks
        ]

    def meet_itself(self, block: int) -> None:
        """Compare the rows of a block with each other."""
        rows, best, room = self.blocks[block], self._best[block], _Room(self._size)
        near = room.product(self._centred.other_side(rows), self._centred.sides[rows])
        np.fill_diagonal(near, -np.inf)
        best.raise_bound(near)
        line, column, found = room.beyond(near, best.bound[:, None])
        best.take(line, rows.start + column, found)

    def meet_others(self, block: int) -> None:
        """Compare the rows of a block with those of half of the other blocks."""
        rows, best, room = self.blocks[block], self._best[block], _Room(self._size)
        asking = self._centred.other_side(rows)
        for other in self._half_a_turn(block):
            theirs, of_theirs = self.blocks[other], self._best[other]
            near = room.product(asking, self._centred.sides[theirs])
            line, column, found = room.beyond(near, best.bound[:, None])
            best.take(line, theirs.start + column, found)
            line, column, found = room.beyond(near, of_theirs.bound)
            of_theirs.take(column, rows.start + line, found)

    def candidates(self, block: int) -> IntArray:
        """Return the rows that may be the nearest of each row of a block, -1 where there are fewer."""
        return self._best[block].settled()

    def _half_a_turn(self, block: int) -> Iterator[int]:
        n = len(self.blocks)
        for step in range(1, n // 2 + 1):
            if 2 * step < n or block < step:  # across the ring one of the two is enough
                yield (block + step) % n


class _Room:
    """Memory for one product of two blocks after another."""

    def __init__(self, size: int) -> None:
        self._near = np.empty(size * size, dtype=np.float32)
        self._beyond = np.empty(size * size, dtype=bool)

    def product(self, side: Float32Array, other: Float32Array) -> Float32Array:
        """Return minus half the squared distance of each point of one side to each of the other."""
        near = self._near[: len(side) * len(other)].reshape(len(side), len(other))
        return np.matmul(side, other.T, out=near)

    def beyond(self, near: Float32Array, bound: Float32Array) -> tuple[IntArray, IntArray, Float32Array]:
        """Return lines, columns and values of what is nearer than a bound."""
        beyond = self._beyond[: near.size].reshape(near.shape)
        places = np.flatnonzero(np.greater(near, bound, out=beyond))
        line, column = np.divmod(places, near.shape[1])
        return line, column, near.ravel()[places]
