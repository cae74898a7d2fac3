"""A matrix of numbers for the rows of a dataset: from memory, an array file, or any file that holds a table."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from emendata.data.opening import open_dataset
from emendata.errors import InputError, rows_of
from emendata.records import Float32Array

__all__ = ["read_matrix", "table_at"]


def table_at(path: str | os.PathLike[str]) -> pa.Table:
    """Return the table of a file of any kind that can be audited.

    Raises
    ------
    InputError
        If there is no such file, or it holds no table.
    """
    return open_dataset(path).table


def read_matrix(given: Any, n_rows: int, what: str) -> Float32Array:
    """Return numbers as a float32 array of shape (n_rows, d).

    Parameters
    ----------
    given : path, array, tensor, table or sequence of sequences
        A path of a .npy file, which is read without pickles, or of a file with a table whose columns are all numbers.
    n_rows : int
        How many rows there must be.
    what : str
        What the numbers are, for messages.

    Raises
    ------
    InputError
        If it is no such matrix, or a number is missing or infinite.

    Examples
    --------
    >>> read_matrix([[1, 2], [3, 4]], 2, "features").tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    matrix = _from_path(Path(given), what) if isinstance(given, str | os.PathLike) else given
    if isinstance(matrix, pa.Table):
        matrix = _from_table(matrix, what)
    try:
        numbers = np.asarray(matrix, dtype=np.float32)
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError(f"{what} cannot be read as an array of numbers: {error}") from error
    if numbers.ndim != 2 or not numbers.shape[1]:
        raise InputError(
            f"{what} has shape {numbers.shape}. Give one line of numbers for each of the {rows_of(n_rows)}."
        )
    if len(numbers) != n_rows:
        raise InputError(
            f"{what} has {rows_of(len(numbers))} and the dataset has {n_rows:,}. Give one line per row, in its order."
        )
    broken = np.flatnonzero(~np.isfinite(numbers).all(axis=1))
    if len(broken):
        raise InputError(
            f"{rows_of(len(broken))} of {what} hold NaN or infinity (the first is row {broken[0]}). "
            "Fill them in or leave them out."
        )
    return np.ascontiguousarray(numbers)


def _from_path(path: Path, what: str) -> Any:
    if path.suffix != ".npy":
        return table_at(path)
    if not path.exists():
        raise InputError(f"There is no file {str(path)!r} to read {what} from. Check the path.")
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:  # the last of an empty file
        raise InputError(f"{str(path)!r} cannot be read as a .npy file of numbers: {error}") from error


def _from_table(table: pa.Table, what: str) -> Any:
    others = [
        field.name
        for field in table.schema
        if not (kinds.is_integer(field.type) or kinds.is_floating(field.type) or kinds.is_boolean(field.type))
    ]
    if others:
        raise InputError(
            f"Column {others[0]!r} of {what} holds no numbers. Leave it out: {what} are numbers in every column."
        )
    columns = [column.cast(pa.float32(), safe=False).to_numpy() for column in table.columns]
    return np.column_stack(columns)
