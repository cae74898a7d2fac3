"""Any Arrow table to the few types that the rest of emendata knows."""

import hashlib
import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.infer import blank_to_missing

__all__ = ["normalised"]


def normalised(table: pa.Table) -> pa.Table:
    """Return the table with string, float64, int64, bool and timestamp columns only.

    Categories become their strings, decimals and other floats float64, dates timestamps, nested values
    JSON text, bytes a digest. NaN and infinity, and strings without anything to see, are missing.

    Examples
    --------
    >>> normalised(pa.table({"a": pa.array([1, None], pa.int8()), "b": [[1], None]})).to_pydict()
    {'a': [1, None], 'b': ['[1]', None]}
    """
    columns = [_column(column) for column in table.columns]
    return pa.table(columns, names=table.column_names)


def _column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if isinstance(column.type, pa.BaseExtensionType):
        column = pa.chunked_array([c.storage for c in column.chunks], column.type.storage_type)
    if kinds.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind):
        return blank_to_missing(
            column.cast(pa.string()) if not kinds.is_large_string(kind) else _small(column)
        )
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
    if kinds.is_timestamp(column.type) and column.type.tz is not None:
        column = column.cast(pa.timestamp(column.type.unit))
    return column.cast(pa.timestamp("us"), safe=False)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([_text(value) for value in column.to_pylist()], pa.string())])


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        return f"{len(value)} bytes {hashlib.blake2b(value, digest_size=8).hexdigest()}"
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(value)


def _plain(value: object) -> str:
    return str(_text(value))
