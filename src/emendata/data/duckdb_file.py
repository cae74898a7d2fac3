"""DuckDB databases: one table of a file, its reader and its rewriter.

DuckDB moves a row to the end when a list in it, or a column with an index, is updated, and puts new rows there. So a
corrected table is written anew, in order, from a temporary copy of its rows.
"""

import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from emendata.data.choosing import chosen
from emendata.data.source import Dialect, Reading
from emendata.data.sql import no_answer, not_written, quoted, reading_from, refuse_leftovers, view_of
from emendata.data.stored_values import row_from_text, to_text
from emendata.data.table_edit import refuse_bytes
from emendata.data.table_file import readable_row, refuse_names
from emendata.data.values import as_text
from emendata.errors import InputError, UnknownName
from emendata.extras import require
from emendata.files import write_atomically
from emendata.records import Correction

__all__ = ["DuckdbSource", "is_duckdb"]

_ALONE = {"enable_external_access": False, "autoinstall_known_extensions": False}
_KEPT = '"rows of emendata"'
_LOG = ".wal"
_AT = '"row of emendata"'


class _Table(NamedTuple):
    """A table, how SQL names it, and the types of the columns that are stored."""

    name: str
    sql: str
    types: dict[str, str]
    computed: frozenset[str]
    is_view: bool


@dataclass(frozen=True)
class DuckdbSource:
    """Tables of DuckDB files, rows in the order in which they were inserted; all else in the file stays as it is."""

    name: str = "duckdb"
    title: str = "DuckDB file"
    suffixes: tuple[str, ...] = (".duckdb", ".ddb", ".db")
    is_text: bool = False
    is_exact: bool = False

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table, or the answer to a query, read without writing anything."""
        with _opened(path) as connection:
            if dialect.query is not None:
                kept, relation = Dialect(query=dialect.query), _asked(connection, path.name, dialect.query)
            else:
                found = _described(connection, path.name, dialect.table)
                kept, relation = Dialect(table=found.name), connection.sql(_all_rows(found))
            refuse_names(path.name, relation.columns)
            table = relation.to_arrow_table()
        return reading_from(path.name, table, kept)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that do not read as DuckDB writes them, as its text."""
        with _opened(path) as connection:
            table = _correctable(connection, path, dialect)
            texts = _texts(connection, table, [c.row for c in corrections])
            rows = connection.sql(_all_rows(table)).to_arrow_table()
        return [_filled(table, rows, texts, c) for c in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write a copy of the database in which the cells and rows of one table are corrected."""
        with _copied(path, target, dialect) as (copy, table):
            for c in corrections:
                if c.column is None:
                    copy.execute(f"DELETE FROM {_KEPT} WHERE {_AT} = ?", [_place(c.row)])
                else:
                    _refuse_bytes(copy, table, c)
                    _set(copy, table, c.column, None if c.new is None else as_text(c.new), _place(c.row))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a copy of the corrected database in which the table is as it was."""
        dropped = sorted(c.row for c in corrections if c.column is None)
        with _copied(corrected, target, dialect) as (copy, table):
            for c in sorted(corrections, key=lambda c: c.row):
                row = c.row - bisect_left(dropped, c.row)
                if c.column is None:
                    _insert(copy, table, c, _place(row) - 1)
                else:
                    old = None if c.old is None else as_text(c.old)
                    _set(copy, table, c.column, old if c.raw is None else c.raw, _place(row))


def is_duckdb(start: bytes) -> bool:
    """Tell by the first bytes of a file whether it is a DuckDB database."""
    return start[8:12] == b"DUCK"


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    duckdb = require("duckdb", "duckdb")
    with path.open("rb") as file:
        if not is_duckdb(file.read(12)):
            raise InputError(
                f"{path.name} is no DuckDB database, for it does not begin as one. Name it for what it is."
            )
    try:
        with closing(duckdb.connect(path, read_only=True, config=_ALONE)) as connection:
            yield connection
    except duckdb.Error as error:
        raise InputError(
            f"{path.name} cannot be read ({_why(error)}). Correct the query or the file, or save the table as Parquet."
        ) from error


def _described(connection: Any, place: str, wanted: str | None) -> _Table:
    found = connection.execute(
        "SELECT schema_name, table_name, false FROM duckdb_tables() WHERE NOT internal AND NOT temporary UNION ALL "
        "SELECT schema_name, view_name, true FROM duckdb_views() WHERE NOT internal AND NOT temporary ORDER BY ALL"
    ).fetchall()
    named = {
        name if schema == "main" else f"{schema}.{name}": (schema, name, view) for schema, name, view in found
    }
    tables = [name for name, (_, _, view) in named.items() if not view]
    name = chosen(place, wanted, tables, [name for name in named if name not in tables])
    schema, table, is_view = named[name]
    columns = connection.execute(
        "SELECT column_name, data_type, is_generated FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? AND NOT internal ORDER BY column_index",
        [schema, table],
    ).fetchall()
    return _Table(
        name,
        f"{quoted(schema)}.{quoted(table)}",
        {name: kind for name, kind, computed in columns if not computed},
        frozenset(name for name, _, computed in columns if computed),
        is_view,
    )


def _all_rows(table: _Table) -> str:
    return f"SELECT * FROM {table.sql}{'' if table.is_view else ' ORDER BY rowid'}"


def _asked(connection: Any, place: str, query: str) -> Any:
    relation = connection.sql(query)
    if relation is None:
        raise no_answer(place)
    return relation


def _correctable(connection: Any, path: Path, dialect: Dialect) -> _Table:
    table = _described(connection, path.name, dialect.table)
    if table.is_view:
        raise view_of(table.name, path.name)
    return table


def _numbered(table: _Table, columns: str) -> str:
    return f"SELECT row_number() OVER (ORDER BY rowid) - 1 AS {_AT}, {columns} FROM {table.sql}"


def _texts(connection: Any, table: _Table, rows: Sequence[int]) -> dict[int, tuple[str | None, ...]]:
    """Return some rows as DuckDB writes their cells, which it takes back exactly."""
    cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in table.types)
    query = f"SELECT * FROM ({_numbered(table, cells)}) WHERE list_contains(?, {_AT})"
    return {row: tuple(texts) for row, *texts in connection.execute(query, [list(rows)]).fetchall()}


def _filled(
    table: _Table, rows: pa.Table, texts: dict[int, tuple[str | None, ...]], correction: Correction
) -> Correction:
    cells = texts[correction.row]
    if correction.column is None:
        old = readable_row(rows.slice(correction.row, 1))
        return replace(correction, old=correction.old or old, raw=to_text([None, cells]))
    _refuse_computed(table, correction.column)
    cell = cells[list(table.types).index(correction.column)]
    same = cell == (None if correction.old is None else as_text(correction.old))
    return replace(correction, raw=None if same else cell)


@contextmanager
def _copied(path: Path, target: Path, dialect: Dialect) -> Iterator[tuple[Any, _Table]]:
    """Yield a copy of a database with the rows of a table set apart, put them in order, and give it its name."""
    refuse_leftovers(target, [_LOG])
    with _opened(path) as source:
        table = _correctable(source, path, dialect)
    names = ", ".join(map(quoted, table.types))
    with write_atomically(target) as temporary, _copy(path, target, temporary) as copy:
        copy.execute(f"CREATE TEMP TABLE {_KEPT} AS {_numbered(table, names)}")
        copy.execute(f"UPDATE {_KEPT} SET {_AT} = 2 * {_AT} + 1")
        yield copy, table
        _empty(copy, path, table)
        copy.execute(f"INSERT INTO {table.sql} ({names}) SELECT {names} FROM {_KEPT} ORDER BY {_AT}, rowid")
        copy.execute("CHECKPOINT")


@contextmanager
def _copy(path: Path, target: Path, temporary: Path) -> Iterator[Any]:
    """Yield a connection to a copy of a database, whose log goes in any case."""
    duckdb = require("duckdb", "duckdb")
    try:
        for end in ("", _LOG):  # what waits to be written into the database comes along
            if (file := path.with_name(path.name + end)).is_file():
                shutil.copyfile(file, f"{temporary}{end}")
        with closing(duckdb.connect(temporary, config=_ALONE)) as copy:
            yield copy
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        raise InputError(
            f"{path.name} refuses a correction ({_why(error)}). Take it out of the patch. Nothing was written."
        ) from error
    except duckdb.Error as error:
        raise not_written(target, _why(error)) from error
    finally:
        Path(f"{temporary}{_LOG}").unlink(missing_ok=True)


def _empty(copy: Any, path: Path, table: _Table) -> None:
    duckdb = require("duckdb", "duckdb")
    try:
        copy.execute(f"DELETE FROM {table.sql}")
    except duckdb.ConstraintException as error:
        raise InputError(
            f"A foreign key points to table {table.name!r} of {path.name}, so DuckDB does not let it be written anew. "
            "Save the table as Parquet and audit that, or take the corrected table from audit.fix()."
        ) from error


def _place(row: int) -> int:
    """Return where a row stands among those set apart: odd, so that dropped ones find room between them."""
    return 2 * row + 1


def _set(copy: Any, table: _Table, column: str, text: str | None, place: int) -> None:
    _refuse_computed(table, column)
    copy.execute(
        f"UPDATE {_KEPT} SET {quoted(column)} = CAST(? AS {table.types[column]}) WHERE {_AT} = ?",
        [text, place],
    )


def _insert(copy: Any, table: _Table, change: Correction, place: int) -> None:
    _, cells = row_from_text(change.raw, len(table.types))
    slots = ", ".join(f"CAST(? AS {kind})" for kind in table.types.values())
    names = ", ".join(map(quoted, table.types))
    copy.execute(f"INSERT INTO {_KEPT} ({_AT}, {names}) VALUES (?, {slots})", [place, *cells])


def _refuse_bytes(copy: Any, table: _Table, change: Correction) -> None:
    if change.new is not None and change.column in table.types:
        row = copy.sql(f"SELECT {quoted(change.column)} FROM {table.sql} LIMIT 1").to_arrow_table()
        refuse_bytes(row.schema.types[0], change.column)


def _refuse_computed(table: _Table, column: str) -> None:
    if column in table.computed:
        raise InputError(
            f"Column {column!r} of {table.name!r} is computed from others, so it cannot be corrected. Leave it out."
        )
    if column not in table.types:
        raise UnknownName.among("column", column, table.types)


def _why(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")
