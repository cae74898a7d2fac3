"""Correcting Arrow tables whatever their types: the rewriter of files that hold one and of tables in memory."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from emendata.data.plain_types import plain
from emendata.data.values import as_text
from emendata.errors import InputError, UnknownName
from emendata.records import Correction, Json

__all__ = [
    "edit_cells",
    "editing",
    "insert_rows",
    "packed",
    "position",
    "refuse_bytes",
    "remove_rows",
    "to_scalar",
    "unpacked",
    "with_corrections",
]


@contextmanager
def editing() -> Iterator[None]:
    """Turn what Arrow cannot edit into an `InputError`."""
    try:
        yield
    except pa.ArrowException as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(
            f"The table has a column that cannot be edited ({why}). Save it with plainer types first."
        ) from error


@editing()
def with_corrections(table: pa.Table, corrections: Sequence[Correction]) -> pa.Table:
    """Return the table with the corrections made; its schema stays."""
    simple = plain(table)
    cells = [
        (c.row, c.column, to_scalar(c.new, simple.schema.field(position(table, c.column)).type, c.column))
        for c in corrections
        if c.column is not None
    ]
    dropped = [c.row for c in corrections if c.column is None]
    made = remove_rows(edit_cells(simple, cells), dropped)
    return made if simple is table else made.cast(table.schema)


def edit_cells(table: pa.Table, cells: Iterable[tuple[int, str, pa.Scalar]]) -> pa.Table:
    """Return the table with cells ``(row, column, scalar)`` replaced; types and metadata stay.

    The scalar has the column's type, or its value type where the column is a dictionary.
    """
    by_column: dict[str, list[tuple[int, pa.Scalar]]] = {}
    for row, name, scalar in cells:
        by_column.setdefault(name, []).append((row, scalar))
    for name, edits in by_column.items():
        i = position(table, name)
        table = table.set_column(i, table.schema.field(i), _edited(table.column(i), edits))
    return table


def remove_rows(table: pa.Table, rows: Sequence[int]) -> pa.Table:
    """Return the table without the rows at these positions."""
    if not rows:
        return table
    keep = np.ones(table.num_rows, bool)
    keep[list(rows)] = False
    return table.filter(pa.array(keep))


def insert_rows(table: pa.Table, rows: Sequence[tuple[int, pa.Table]]) -> pa.Table:
    """Return the table with one-row tables put in, each at the position that it has afterwards."""
    if not rows:
        return table
    parts = []
    at = 0
    for n_before, (row, inserted) in enumerate(sorted(rows, key=lambda pair: pair[0])):
        parts += [table.slice(at, row - n_before - at), _as_in(inserted, table.schema)]
        at = row - n_before
    return pa.concat_tables([*parts, table.slice(at)]).unify_dictionaries()


def to_scalar(value: Json, kind: pa.DataType, name: str) -> pa.Scalar:
    """Return a readable value in a column's own type.

    Raises
    ------
    InputError
        If the value has no place in that type.

    Examples
    --------
    >>> to_scalar("3", pa.int8(), "stars")
    <pyarrow.Int8Scalar: 3>
    """
    kind = kind.value_type if kinds.is_dictionary(kind) else kind
    if value is None:
        return pa.scalar(None, kind)
    refuse_bytes(kind, name)
    text = as_text(value)
    try:
        if kinds.is_nested(kind):
            return pa.scalar(json.loads(text), kind)
        if kinds.is_integer(kind) and not isinstance(value, int):
            text = as_text(float(text)) if not text.lstrip("+-").isdecimal() else text
        return pa.scalar(text, pa.string()).cast(kind)
    except (pa.ArrowException, ValueError, TypeError) as error:
        raise InputError(
            f"{text[:80]!r} does not fit column {name!r}, which holds {kind}. Give a value of that type."
        ) from error


def refuse_bytes(kind: pa.DataType, name: str) -> None:
    """Raise `InputError` if a column's type has bytes in it: they read as a digest, which is nothing to write."""
    if _has_bytes(kind):
        raise InputError(
            f"Column {name!r} holds bytes, into which no text can be written. Convert it to text."
        )


def packed(table: pa.Table) -> str:
    """Return a small table as text that gives every value back exactly: Arrow IPC in base64."""
    plain = pa.table(
        [c.cast(c.type.value_type) if kinds.is_dictionary(c.type) else c for c in table.columns],
        names=table.column_names,
    ).combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, plain.schema) as writer:
        writer.write_table(plain)
    return base64.b64encode(sink.getvalue().to_pybytes()).decode()


def unpacked(raw: str | None) -> pa.Table:
    """Return the table that `packed` was given."""
    try:
        with pa.ipc.open_stream(base64.b64decode(raw or "", validate=True)) as reader:
            return reader.read_all()
    except (pa.ArrowException, ValueError) as error:
        raise InputError(
            "The patch does not hold the cells that it changed, so it cannot be taken back."
        ) from error


def position(table: pa.Table, name: str) -> int:
    """Return where a column stands, or raise `UnknownName`."""
    if name not in table.column_names:
        raise UnknownName.among("column", name, table.column_names)
    return int(table.column_names.index(name))


def _has_bytes(kind: pa.DataType) -> bool:
    if kinds.is_nested(kind):
        return any(_has_bytes(kind.field(i).type) for i in range(kind.num_fields))
    return bool(kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_fixed_size_binary(kind))


def _edited(column: pa.ChunkedArray, edits: list[tuple[int, pa.Scalar]]) -> pa.ChunkedArray:
    values = pa.concat_arrays([pa.repeat(scalar, 1) for _, scalar in edits])
    both = pa.chunked_array([*column.chunks, _encoded(values, column.type)], column.type)
    order = np.arange(len(column))
    order[[row for row, _ in edits]] = len(column) + np.arange(len(edits))
    return both.unify_dictionaries().take(pa.array(order))


def _as_in(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    if rows.num_columns != len(schema):
        raise InputError(
            "The rows that the patch dropped have other columns than the file. Nothing was written."
        )
    columns = [
        pa.chunked_array([_encoded(chunk, field.type) for chunk in column.chunks], field.type)
        for column, field in zip(rows.columns, schema, strict=True)
    ]
    return pa.table(columns, schema=schema)


def _encoded(values: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return values as an array of a type that may be a dictionary of them."""
    if not kinds.is_dictionary(kind):
        return values
    coded = values.cast(kind.value_type).dictionary_encode()
    return pa.DictionaryArray.from_arrays(
        coded.indices.cast(kind.index_type), coded.dictionary, ordered=kind.ordered
    )
