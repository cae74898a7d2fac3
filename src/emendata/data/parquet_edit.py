"""Parquet: the rewriter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from emendata.data.normalise import normalised
from emendata.data.parquet import read_exactly, read_parquet
from emendata.data.source import Dialect
from emendata.data.table_edit import (
    edit_cells,
    insert_rows,
    packed,
    position,
    remove_rows,
    to_scalar,
    unpacked,
)
from emendata.data.values import as_text
from emendata.errors import InputError
from emendata.files import write_atomically
from emendata.records import Correction, Json

__all__ = ["ParquetSource"]


@dataclass(frozen=True)
class ParquetSource:
    """Parquet files. Schema, metadata, column order and compression stay as they are."""

    name: str = "parquet"
    suffixes: tuple[str, ...] = (".parquet", ".pq")

    def read(self, path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
        """Return the typed table."""
        return read_parquet(path, dialect)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that no text gives back, as Arrow data."""
        table = read_exactly(path)
        return [_filled(table, correction) for correction in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected file with the schema of the original."""
        table = read_exactly(path)
        cells = [
            (c.row, c.column, to_scalar(c.new, table.schema.field(position(table, c.column)).type, c.column))
            for c in corrections
            if c.column is not None
        ]
        dropped = [c.row for c in corrections if c.column is None]
        _write(path, target, remove_rows(edit_cells(table, cells), dropped))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a file whose table equals that of the original."""
        table = read_exactly(corrected)
        rows = [(c.row, unpacked(c.raw)) for c in corrections if c.column is None]
        cells = [(c.row, c.column, _old(table, c.column, c)) for c in corrections if c.column is not None]
        _write(corrected, target, edit_cells(insert_rows(table, rows), cells))


def _filled(table: pa.Table, correction: Correction) -> Correction:
    row = table.slice(correction.row, 1)
    if correction.column is None:
        readable = {name: _json(value) for name, value in normalised(row).to_pylist()[0].items()}
        return replace(correction, old=correction.old or readable, raw=packed(row))
    i = position(table, correction.column)
    cell = row.select([i])
    return replace(correction, raw=None if _gives_back(cell, correction) else packed(cell))


def _gives_back(cell: pa.Table, correction: Correction) -> bool:
    kind = cell.schema.types[0]
    try:
        scalar = to_scalar(correction.old, kind, str(correction.column))
    except InputError:
        return False
    column = cell.column(0).cast(kind.value_type) if kinds.is_dictionary(kind) else cell.column(0)
    return bool(column[0].equals(scalar))


def _old(table: pa.Table, name: str, correction: Correction) -> pa.Scalar:
    if correction.raw is None:
        return to_scalar(correction.old, table.schema.field(position(table, name)).type, name)
    return unpacked(correction.raw).column(0)[0]


def _json(value: object) -> Json:
    return value if isinstance(value, str | int | float | bool | None) else as_text(value)


def _write(like: Path, target: Path, table: pa.Table) -> None:
    metadata = pq.read_metadata(like)
    codecs: dict[str, str] = {}
    n_largest = 1
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        n_largest = max(n_largest, group.num_rows)
        codecs |= {c.path_in_schema: c.compression for c in map(group.column, range(group.num_columns))}
    names = {path: "NONE" if codec == "UNCOMPRESSED" else codec for path, codec in codecs.items()}
    with write_atomically(target) as temporary:
        pq.write_table(table, temporary, compression=names, row_group_size=n_largest)
