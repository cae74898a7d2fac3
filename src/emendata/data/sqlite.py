"""SQLite databases: one table of a file, its reader and its rewriter."""

import datetime as dt
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.types as kinds

from emendata.data.infer import blank_to_missing, with_dates
from emendata.data.source import Dialect, Reading
from emendata.data.sql import no_answer, not_written, quoted, reading_from, refuse_leftovers, view_of
from emendata.data.sqlite_table import SqliteTable, described, opened
from emendata.data.stored_values import from_text, kept, new_values, row_from_text, table_of, to_text
from emendata.data.table_file import readable_row, refuse_names
from emendata.data.values import as_text
from emendata.errors import InputError
from emendata.files import write_atomically
from emendata.records import Correction

__all__ = ["SqliteSource"]

_BATCH = 10_000
_LOGS = ("-wal", "-shm", "-journal")
_Row = tuple[object, ...]


@dataclass(frozen=True)
class SqliteSource:
    """Tables of SQLite files. Rows stand in the order of rowid or primary key; all else in the file stays as it is."""

    name: str = "sqlite"
    title: str = "SQLite file"
    suffixes: tuple[str, ...] = (".sqlite", ".sqlite3", ".db")
    is_text: bool = False
    is_exact: bool = False

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table, or the answer to a query, read without writing anything."""
        with opened(path) as connection:
            if dialect.query is not None:
                table, kept = _answer(connection, path.name, dialect.query), Dialect(query=dialect.query)
            else:
                found = described(connection, path.name, dialect.table)
                table, kept = _typed(found, _rows(connection, found)), Dialect(table=found.name)
        return reading_from(path.name, table, kept)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that are not stored as they read, as JSON."""
        with opened(path) as connection:
            table = _correctable(connection, path, dialect)
            keys = _keys(connection, table)
            return [_filled(connection, table, keys[c.row], c) for c in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write a copy of the database in which the cells and rows of one table are corrected."""
        with _copied(path, target, dialect) as (copy, table):
            keys = _keys(copy, table)
            new = new_values(corrections, partial(_column, copy, table))
            for change in corrections:
                if change.column is None:
                    where, bound = _row(table, keys[change.row])
                    copy.execute(f"DELETE FROM {quoted(table.name)} WHERE {where}", bound)
                else:
                    _set(
                        copy, table, change.column, new[change.column, as_text(change.new)], keys[change.row]
                    )

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a copy of the corrected database in which the table is as it was, keys of rows included."""
        dropped = sorted(c.row for c in corrections if c.column is None)
        with _copied(corrected, target, dialect) as (copy, table):
            keys = _keys(copy, table)
            for change in corrections:
                if change.column is None:
                    _insert(copy, table, change)
                else:
                    old = change.old if change.raw is None else from_text(change.raw)
                    _set(copy, table, change.column, old, keys[change.row - bisect_left(dropped, change.row)])


def _answer(connection: sqlite3.Connection, place: str, query: str) -> pa.Table:
    cursor = connection.execute(query)
    if cursor.description is None:
        raise no_answer(place)
    names = [column[0] for column in cursor.description]
    refuse_names(f"The answer of {place} to the query", names)
    return _with_times(table_of(names, _batches(cursor)))


def _rows(connection: sqlite3.Connection, table: SqliteTable) -> Iterator[list[_Row]]:
    return _batches(connection.execute(table.select([quoted(name) for name in table.columns])))


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[_Row]]:
    while rows := cursor.fetchmany(_BATCH):
        yield [tuple(map(_legible, row)) for row in rows]


def _legible(value: object) -> object:
    """Return a stored value with a mark in place of bytes that are no UTF-8."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return value


def _typed(table: SqliteTable, rows: Iterator[list[_Row]]) -> pa.Table:
    return _with_times(table_of(table.columns, rows), table.truths)


def _with_times(table: pa.Table, truths: frozenset[str] = frozenset()) -> pa.Table:
    """Return the table with what SQLite has no types for: times are text there, and truth values 0 and 1."""
    columns = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        if kinds.is_string(column.type):
            column = with_dates(blank_to_missing(column))
        elif (
            name in truths
            and kinds.is_integer(column.type)
            and set(column.unique().to_pylist()) <= {0, 1, None}
        ):
            column = column.cast(pa.bool_())
        columns.append(column)
    return pa.table(columns, names=table.column_names)


def _correctable(connection: sqlite3.Connection, path: Path, dialect: Dialect) -> SqliteTable:
    table = described(connection, path.name, dialect.table)
    if not table.key:
        raise view_of(table.name, path.name)
    return table


def _keys(connection: sqlite3.Connection, table: SqliteTable) -> list[_Row]:
    return connection.execute(table.select(table.key)).fetchall()


def _filled(
    connection: sqlite3.Connection, table: SqliteTable, key: _Row, correction: Correction
) -> Correction:
    names = table.stored if correction.column is None else [correction.column]
    what = ", ".join(map(quoted, names))
    where, bound = _row(table, key)
    cells = connection.execute(f"SELECT {what} FROM {quoted(table.name)} WHERE {where}", bound).fetchone()
    if correction.column is None:
        old = readable_row(table_of(names, [[tuple(map(_legible, cells))]]))
        return replace(correction, old=correction.old or old, raw=to_text([key, cells]))
    return replace(correction, raw=kept(cells[0], correction.old))


def _column(
    connection: sqlite3.Connection, table: SqliteTable, name: str
) -> tuple[list[object], pa.ChunkedArray]:
    cells = [cell for (cell,) in connection.execute(table.select([quoted(name)]))]
    read = table_of([name], [[(_legible(cell),) for cell in cells]])
    return cells, _with_times(read, table.truths).column(0)


def _set(connection: sqlite3.Connection, table: SqliteTable, column: str, value: object, key: _Row) -> None:
    if column in (*table.computed, *table.ordering):
        why = "is computed from others" if column in table.computed else "says the order of its rows"
        raise InputError(
            f"Column {column!r} of {table.name!r} {why}, so it cannot be corrected. Leave it out."
        )
    slot, new = _bound(value)
    where, bound = _row(table, key)
    connection.execute(
        f"UPDATE {quoted(table.name)} SET {quoted(column)} = {slot} WHERE {where}", (new, *bound)
    )


def _insert(connection: sqlite3.Connection, table: SqliteTable, change: Correction) -> None:
    key, cells = row_from_text(change.raw, len(table.stored))
    names = list(map(quoted, table.stored))
    if table.key[0] not in names:  # a rowid, which need not be among the columns
        names, cells = [*table.key, *names], [*key, *cells]
    slots, bound = zip(*map(_bound, cells), strict=True)
    connection.execute(
        f"INSERT INTO {quoted(table.name)} ({', '.join(names)}) VALUES ({', '.join(slots)})",
        bound,
    )


def _row(table: SqliteTable, key: _Row) -> tuple[str, _Row]:
    """Return the condition that picks one row by its key, and its arguments."""
    slots, bound = zip(*map(_bound, key), strict=True)
    return " AND ".join(f"{part} = {slot}" for part, slot in zip(table.key, slots, strict=True)), bound


def _bound(value: object) -> tuple[str, object]:
    """Return the SQL and the argument for a value; text that is no UTF-8 goes in as its bytes, a time as text."""
    if isinstance(value, dt.datetime):
        value = as_text(value)
    if isinstance(value, str) and not value.isascii():
        data = value.encode("utf-8", "surrogateescape")
        if data.decode("utf-8", "replace") != value:
            return "CAST(? AS TEXT)", data
    return "?", value


@contextmanager
def _copied(path: Path, target: Path, dialect: Dialect) -> Iterator[tuple[sqlite3.Connection, SqliteTable]]:
    """Yield a copy of a database, in which no trigger of the table fires, and give it its name at the end."""
    refuse_leftovers(target, _LOGS)
    with opened(path) as source, write_atomically(target) as temporary:
        table = _correctable(source, path, dialect)
        with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # a copy that is not whole never gets its name
            source.backup(copy)
            copy.text_factory = source.text_factory
            try:
                copy.execute("PRAGMA foreign_keys = OFF")  # no row of another table goes with a dropped one
                copy.execute("BEGIN")
                triggers = _without_triggers(copy, table.name)
                yield copy, table
                for trigger in triggers:
                    copy.execute(trigger)
                copy.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                raise InputError(
                    f"{path.name} refuses a correction ({error}). Take it out of the patch. Nothing was written."
                ) from error
            except sqlite3.Error as error:
                raise not_written(target, str(error)) from error


def _without_triggers(connection: sqlite3.Connection, table: str) -> list[str]:
    """Drop the triggers of a table and return the SQL that makes them again."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?)", (table,)
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP TRIGGER {quoted(name)}")
    return [sql for _, sql in found]
