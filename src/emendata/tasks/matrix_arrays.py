"""Matrices from arrays: of numpy, of libraries for tensors, and those on disk that give slices of rows."""

import mmap
import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.tasks.matrices import FileMatrix, Matrix, PieceMatrix, RowMatrix, matrix_shape

__all__ = ["array_matrix", "slices_matrix", "split_models", "tensor_array"]

Array = npt.NDArray[Any]


def array_matrix(array: Any) -> Matrix:
    """Return the matrix of an array, or of lists of numbers."""
    if not _is_plain(array):
        array = _numbers(array)
    matrix_shape(array)
    return _behind(array) or RowMatrix(np.asarray(array))


def slices_matrix(given: Any) -> Matrix:
    """Return the matrix of an array of zarr, h5py or the like, which is read in whole chunks."""
    shape = matrix_shape(given)
    chunk = int((getattr(given, "chunks", None) or (1,))[0])

    def pieces(step: int) -> Iterator[Array]:
        size = -(-step // chunk) * chunk
        for first in range(0, shape[0], size):
            yield np.asarray(given[first : min(first + size, shape[0])])

    return PieceMatrix(pieces, shape, np.dtype(given.dtype))


def tensor_array(given: Any) -> Array:
    """Return a tensor as an array of numpy."""
    for move in ("detach", "cpu"):
        given = getattr(given, move)() if hasattr(given, move) else given
    try:
        return np.from_dlpack(given)
    except (BufferError, RuntimeError, TypeError, ValueError):
        # another device, or a type numpy does not know
        return np.asarray(given.float() if hasattr(given, "float") else given)


def split_models(stack: Any) -> list[Any]:
    """Return the matrices of an array of shape (m, n, k), or of a sequence of matrices."""
    if isinstance(stack, list | tuple | np.ndarray):
        return list(stack)
    if hasattr(stack, "__dlpack__"):
        return list(tensor_array(stack))
    return [_Layer(stack, i) for i in range(stack.shape[0])]


class _Layer:
    """One model of an array of zarr, h5py or the like that holds several, read only as asked."""

    def __init__(self, stack: Any, place: int) -> None:
        self._stack, self._place = stack, place
        self.shape, self.dtype = stack.shape[1:], stack.dtype
        self.chunks = (getattr(stack, "chunks", None) or (1, 1))[1:]

    def __getitem__(self, rows: slice) -> Array:
        return np.asarray(self._stack[self._place, rows])


def _is_plain(array: Any) -> bool:
    return isinstance(array, np.ndarray) and (array.dtype.kind in "biuf" or array.dtype.name == "bfloat16")


def _numbers(given: Any) -> Array:
    try:
        array = np.asarray(given)
        if array.dtype.kind == "c":
            raise TypeError("they are complex")
        return array if array.dtype.kind in "biuf" else array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"pred_probs cannot be read as an array of numbers: {error}") from error


def _behind(array: Array) -> FileMatrix | None:
    """Return the file that an array is a read-only map of, if its rows lie there one after the other."""
    root: Any = array
    while isinstance(root.base, np.ndarray):
        root = root.base
    if not isinstance(root, np.memmap) or not isinstance(root.base, mmap.mmap) or root.mode != "r":
        return None
    if not array.flags.c_contiguous or not array.size or not root.filename:
        return None
    offset = root.offset + array.__array_interface__["data"][0] - root.__array_interface__["data"][0]
    file = FileMatrix(os.fsdecode(root.filename), offset, array.shape, array.dtype)
    last = len(array) - 1
    try:
        same = all(file.read([(row, 1)]).tobytes() == array[row].tobytes() for row in (0, last))
    except OSError:
        return None
    return file if same else None  # another file may have come to stand under that name
