"""The kinds of matrix that rows are read from: an array in memory, a file, or pieces one after the other."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import IntArray
from emendata.tasks.arrow_batches import batch_numbers

__all__ = ["FileMatrix", "Matrix", "PieceMatrix", "Pieces", "RowMatrix", "matrix_shape"]

_GATHER_ROWS = 4096

Array = npt.NDArray[Any]
Pieces = Callable[[int], Iterator[Any]]  # called with about how many rows a piece should have


class Matrix(Protocol):
    """What a container became: rows of numbers that can be read again and again."""

    shape: tuple[int, int]
    dtype: np.dtype[Any]  # of the blocks, not of what is stored
    column_names: tuple[Any, ...] | None
    is_at_hand: bool  # as in `RowSource`

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        """One reader for each ``step`` rows, as for `RowSource.blocks`, of any numeric type."""

    def gather(self, ascending: IntArray) -> Array:
        """Return some rows, given by their different numbers in ascending order."""


class RowMatrix:
    """An array in memory."""

    def __init__(self, array: Array, column_names: tuple[Any, ...] | None = None) -> None:
        self._array = array
        self.shape = matrix_shape(array)
        self.dtype = _block_type(array.dtype)
        self.column_names = column_names
        self.is_at_hand = array.dtype == self.dtype and array.flags.c_contiguous

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        """Yield one reader for each ``step`` rows."""
        for first in range(0, len(self._array), step):
            yield partial(self._array.__getitem__, slice(first, first + step))

    def gather(self, ascending: IntArray) -> Array:
        """Return some rows."""
        return np.asarray(self._array[ascending])


class FileMatrix:
    """Rows one after the other in a file, read without mapping it, so that they take memory only while in use."""

    column_names: tuple[Any, ...] | None = None
    is_at_hand = False

    def __init__(self, path: str, offset: int, shape: tuple[int, int], stored: np.dtype[Any]) -> None:
        self._path, self._offset, self._stored = path, offset, stored
        self.shape = shape
        self.dtype = _block_type(stored)

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        """Yield one reader for each ``step`` rows."""
        for first in range(0, self.shape[0], step):
            yield partial(self.read, [(first, min(step, self.shape[0] - first))])

    def gather(self, ascending: IntArray) -> Array:
        """Return some rows."""
        starts = np.flatnonzero(np.diff(ascending, prepend=-2) != 1)
        lengths = np.diff(starts, append=len(ascending))
        return self.read(list(zip(ascending[starts].tolist(), lengths.tolist(), strict=True)))

    def read(self, runs: list[tuple[int, int]]) -> Array:
        """Read runs of rows, each given by its first row and its length."""
        out = np.empty((sum(n for _, n in runs), self.shape[1]), self._stored)
        row_bytes, at = self.shape[1] * self._stored.itemsize, 0
        view = memoryview(out.reshape(-1).view(np.uint8).data)
        with Path(self._path).open("rb", buffering=0) as file:
            for first, n in runs:
                file.seek(self._offset + first * row_bytes)
                end = at + n * row_bytes
                while at < end:
                    got = file.readinto(view[at:end])
                    if not got:
                        raise InputError(
                            f"{self._path!r} ended early. It must stay as it is while it is read."
                        )
                    at += got
        return out


class PieceMatrix:
    """Arrays or Arrow batches that come one after the other, each time in the same order."""

    is_at_hand = False

    def __init__(
        self,
        pieces: Pieces,
        shape: tuple[int, int],
        dtype: np.dtype[Any],
        column_names: tuple[Any, ...] | None = None,
    ) -> None:
        self._pieces = pieces
        self.shape = shape
        self.dtype = _block_type(dtype)
        self.column_names = column_names

    def readers(self, step: int) -> Iterator[Callable[[], Array]]:
        """Yield one reader for each ``step`` rows."""
        parts: list[Any] = []
        missing = step
        for piece in self._pieces(step):
            at = 0
            while len(piece) - at >= missing:
                yield partial(self._joined, [*parts, _cut(piece, at, at + missing)])
                at, parts, missing = at + missing, [], step
            if at < len(piece):
                parts.append(_cut(piece, at, len(piece)))
                missing -= len(piece) - at
        if parts:
            yield partial(self._joined, parts)

    def gather(self, ascending: IntArray) -> Array:
        """Return some rows."""
        found, first = [np.empty((0, self.shape[1]), self.dtype)], 0
        for piece in self._pieces(_GATHER_ROWS):
            low, high = np.searchsorted(ascending, [first, first + len(piece)])
            if low < high:
                picked = ascending[low:high] - first
                found.append(self._numbers(piece.take(picked) if hasattr(piece, "schema") else piece[picked]))
            first += len(piece)
            if high == len(ascending):
                break
        return np.concatenate(found)

    def _joined(self, parts: list[Any]) -> Array:
        arrays = [self._numbers(part) for part in parts]
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)

    def _numbers(self, piece: Any) -> Array:
        if not hasattr(piece, "schema"):
            return np.asarray(piece, self.dtype)
        return batch_numbers(piece, self.shape[1], self.dtype)


def matrix_shape(array: Any) -> tuple[int, int]:
    """Return the shape of what should be a matrix."""
    if len(array.shape) != 2:
        raise InputError(f"pred_probs must have two dimensions, one row an example; got {len(array.shape)}.")
    return int(array.shape[0]), int(array.shape[1])


def _cut(piece: Any, start: int, stop: int) -> Any:
    return piece.slice(start, stop - start) if hasattr(piece, "schema") else piece[start:stop]


def _block_type(stored: np.dtype[Any]) -> np.dtype[Any]:
    small = (stored.kind == "f" and stored.itemsize <= 4) or stored.name == "bfloat16"
    return np.dtype(np.float32 if small else np.float64)
