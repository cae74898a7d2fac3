"""Cells as databases and workbooks store them: to Arrow, to text that gives each back exactly, and new ones alike."""

import base64
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from emendata.data.frame import array_of
from emendata.data.table_edit import refuse_bytes, to_scalar
from emendata.data.values import as_text, spelled
from emendata.errors import InputError
from emendata.records import Correction, Json

__all__ = ["from_text", "kept", "new_values", "row_from_text", "table_of", "to_text"]

_BACK: dict[str, Callable[[Any], object]] = {
    "blob": base64.b64decode,
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "seconds": lambda seconds: dt.timedelta(seconds=seconds),
}


def table_of(names: Sequence[str], batches: Iterable[Sequence[Sequence[object]]]) -> pa.Table:
    """Return rows of Python values as an Arrow table; a column of several types becomes text.

    Parameters
    ----------
    names : sequence of str, shape (n_columns,)
    batches : iterable of sequence of rows
        Rows in order, some at a time; only one batch is held as Python values.

    Examples
    --------
    >>> table_of(["n", "s"], [[(1, "a")], [(2.5, None)]]).to_pydict()
    {'n': [1.0, 2.5], 's': ['a', None]}
    """
    parts: list[list[pa.Array]] = [[] for _ in names]
    for rows in batches:
        for name, part, values in zip(names, parts, zip(*rows, strict=True), strict=False):
            part.append(array_of(name, values))
    return pa.table([_joined(name, part) for name, part in zip(names, parts, strict=True)], names=list(names))


def to_text(value: object) -> str:
    """Return a stored value, or lists of them, as JSON from which `from_text` makes the very same.

    Examples
    --------
    >>> to_text([1, 1.0, None, b"x"])
    '[1, 1.0, null, {"blob": "eA=="}]'
    """
    return json.dumps(value, default=_marked)  # in ASCII, so that bytes that are no UTF-8 survive


def from_text(raw: str | None) -> Any:
    """Return what `to_text` was given."""
    try:
        return json.loads(raw or "", object_hook=_unmarked)
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            "The patch does not hold the cells that it changed, so it cannot be taken back."
        ) from error


def row_from_text(raw: str | None, n_cells: int) -> tuple[Any, list[Any]]:
    """Return what was kept of a dropped row: where it stood, and its cells."""
    place, cells = found if isinstance(found := from_text(raw), list) and len(found) == 2 else (None, None)
    if not isinstance(cells, list) or len(cells) != n_cells:
        raise InputError(
            "The rows that the patch dropped have other columns than the file. Nothing was written."
        )
    return place, cells


def new_values(
    corrections: Sequence[Correction], column: Callable[[str], tuple[Sequence[object], pa.ChunkedArray]]
) -> dict[tuple[str, str], object]:
    """Return what is to be stored for each column and new value, as text.

    Parameters
    ----------
    column : callable
        Returns the cells of a column by its name, as they are stored and as they are read.

    Raises
    ------
    InputError
        If a value does not fit its column.
    """
    new = {}
    for name in {c.column for c in corrections if c.column is not None}:
        cells, read = column(name)
        counts = Counter((type(cell), cell) for cell in cells)
        stored = [cell for (_, cell), _ in counts.most_common()]
        for value in {as_text(c.new): c.new for c in corrections if c.column == name}.values():
            new[name, as_text(value)] = _alike(value, read, stored, name)
    return new


def kept(cell: object, old: Json) -> str | None:
    """Return the text that gives a cell back, None if its old value as it reads does."""
    return None if type(cell) is type(old) and cell == old else to_text(cell)


def _alike(new: Json, column: pa.ChunkedArray, stored: Sequence[object], name: str) -> object:
    """Return a new value as its column stores it, as most other rows have it, else in the column's type."""
    if new is None or new in (known := [value for value in stored if isinstance(value, str | int | float)]):
        return new
    found = spelled(new, known)
    if found is not new:
        return found
    if any(isinstance(value, bytes) for value in stored):
        refuse_bytes(pa.binary(), name)
    return to_scalar(new, column.type, name).as_py()


def _joined(name: str, chunks: list[pa.Array]) -> pa.ChunkedArray:
    whole = [pa.chunked_array([chunk]) if isinstance(chunk, pa.Array) else chunk for chunk in chunks]
    try:
        tables = [pa.table([chunk], names=["c"]) for chunk in whole]
        return pa.concat_tables(tables, promote_options="permissive").column(0)
    except pa.ArrowException:
        return pa.chunked_array([_as_strings(chunk) for chunk in whole], pa.string())


def _as_strings(chunk: pa.ChunkedArray) -> pa.Array:
    return pa.array([None if value is None else as_text(value) for value in chunk.to_pylist()], pa.string())


def _marked(value: object) -> dict[str, Json]:
    if isinstance(value, bytes):
        return {"blob": base64.b64encode(value).decode()}
    if isinstance(value, dt.timedelta):
        return {"seconds": value.total_seconds()}
    for kind in (dt.datetime, dt.date, dt.time):  # a datetime is a date as well
        if isinstance(value, kind):
            return {kind.__name__: value.isoformat()}
    raise TypeError(f"{type(value).__name__} is not stored in files")


def _unmarked(pairs: dict[str, Any]) -> object:
    ((mark, value),) = pairs.items()
    return _BACK[mark](value)
