"""Any Arrow table to the few types that the rest of emendata knows."""

import datetime as dt
import hashlib
import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.infer import blank_to_missing
from emendata.data.plain_types import plain
from emendata.errors import InputError

__all__ = ["normalised"]

_FIRST, _LAST = dt.datetime.min, dt.datetime.max.replace(microsecond=0)  # what Python has dates for


def normalised(table: pa.Table) -> pa.Table:
    """Return the table with string, float64, int64, bool and timestamp columns only.

    Categories become their strings, decimals and other floats float64, dates timestamps, nested values
    JSON text, bytes a digest. NaN and infinity, dates beyond the year 9999, and strings without anything
    to see, are missing.

    Raises
    ------
    InputError
        If a column is damaged or of a type that has no readable values.

    Examples
    --------
    >>> normalised(pa.table({"a": pa.array([1, None], pa.int8()), "b": [[1], None]})).to_pydict()
    {'a': [1, None], 'b': ['[1]', None]}
    """
    table = plain(table)
    columns = [_named(name, column) for name, column in zip(table.column_names, table.columns, strict=True)]
    return pa.table(columns, names=table.column_names)


def _named(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return _column(column)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(
            f"Column {name!r} of type {column.type} cannot be read ({why}). Convert it or leave it out."
        ) from error


def _column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if kinds.is_dictionary(kind):
        values = [chunk.dictionary.take(chunk.indices) for chunk in column.chunks]
        return _column(pa.chunked_array(values, kind.value_type))
    if isinstance(kind, pa.BaseExtensionType):
        if kind.extension_name == "arrow.uuid":
            return _texts(column)
        return _column(pa.chunked_array([c.storage for c in column.chunks], kind.storage_type))
    if kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind):
        column.validate(full=True)  # bytes that are no UTF-8 would only show when they are looked at
        return blank_to_missing(_small(column) if kinds.is_large_string(kind) else column.cast(pa.string()))
    if kinds.is_boolean(kind):
        return column
    if kinds.is_integer(kind):
        return column.cast(pa.int64(), safe=False) if not _too_large(column) else column.cast(pa.string())
    if kinds.is_floating(kind) or kinds.is_decimal(kind):
        numbers = column.cast(pa.float64())
        return pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
    if kinds.is_timestamp(kind) or kinds.is_date(kind):
        return _times(column)
    return _texts(column)


def _small(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([part.cast(pa.string()) for part in _parts(column)], pa.string())


def _parts(column: pa.ChunkedArray) -> list[pa.Array]:
    """Return the chunks, cut so that each stays below the 2 GB that a string array may hold."""
    return [
        chunk.slice(at, 1 << 16) if chunk.nbytes > 1 << 30 else chunk
        for chunk in column.chunks
        for at in (range(0, len(chunk), 1 << 16) if chunk.nbytes > 1 << 30 else (0,))
    ]


def _too_large(column: pa.ChunkedArray) -> bool:
    if not kinds.is_uint64(column.type):
        return False
    largest = pc.max(column).as_py()
    return largest is not None and largest >= 1 << 63


def _times(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not kinds.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s" if kinds.is_date32(column.type) else "ms"))
    column = column.cast(pa.timestamp(column.type.unit))
    if column.type.unit != "ns":  # in which no date lies outside
        first, last = (pa.scalar(edge, column.type) for edge in (_FIRST, _LAST))
        real = pc.and_(pc.greater_equal(column, first), pc.less_equal(column, last))
        column = pc.if_else(real, column, pa.scalar(None, column.type))
    return column.cast(pa.timestamp("us"), safe=False)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([_text(value) for value in column.to_pylist()], pa.string())])


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return f"{len(value)}_bytes_{hashlib.blake2b(value, digest_size=8).hexdigest()}"
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(value)


def _plain(value: object) -> str:
    return str(_text(value))
