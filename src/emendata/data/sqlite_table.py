"""SQLite files: opened without a trace, and one table of them described."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from emendata.data.choosing import chosen
from emendata.data.sql import quoted
from emendata.errors import InputError
from emendata.files import TemporaryFolder, explained

__all__ = ["SqliteTable", "described", "is_sqlite", "opened"]

_MARK = b"SQLite format 3\x00"
_ROWIDS = ("rowid", "_rowid_", "oid")


@dataclass(frozen=True)
class SqliteTable:
    """A table, and how its rows are told apart.

    ``key`` holds the SQL of what names a row and orders the rows: the rowid, or the primary key of a table without
    one; it is empty for a view. ``columns`` are all that can be read; ``truths`` are declared as truth values,
    ``computed`` are not stored, and ``ordering`` stand in the key.
    """

    name: str
    columns: tuple[str, ...]
    truths: frozenset[str]
    computed: frozenset[str]
    ordering: frozenset[str]
    key: tuple[str, ...]

    @property
    def stored(self) -> list[str]:
        """The columns that hold what was written into them."""
        return [name for name in self.columns if name not in self.computed]

    def select(self, what: Sequence[str]) -> str:
        """Return the query for all rows in order."""
        order = f" ORDER BY {', '.join(self.key)}" if self.key else ""
        return f"SELECT {', '.join(what)} FROM {quoted(self.name)}{order}"


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that reads one state of a file and writes nothing, not even beside it.

    Raises
    ------
    InputError
        If it is no SQLite file, or what SQLite says of it otherwise.
    """
    _refuse_others(path)
    address, _held = _address(path)  # until the connection is closed
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.isolation_level = None
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # a query could make a file of that name
        connection.text_factory = _text
        try:
            connection.execute("BEGIN")
            yield connection
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{path.name} cannot be read ({error}). Correct the query or the file, or save the table as CSV."
            ) from error


def described(connection: sqlite3.Connection, place: str, wanted: str | None) -> SqliteTable:
    """Return the table that was asked for, or the only one, or raise `InputError` that names them."""
    found = connection.execute(
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
    )
    kinds = {name: kind for name, kind in found if not name.lower().startswith("sqlite_")}
    tables = [name for name, kind in kinds.items() if kind == "table"]
    name = chosen(place, wanted, tables, [name for name in kinds if name not in tables])
    fields = [
        field for field in connection.execute(f"PRAGMA table_xinfo({quoted(name)})") if field[6] != 1
    ]  # 1: hidden columns of virtual tables
    columns = tuple(field[1] for field in fields)
    primary = [field for field in sorted(fields, key=lambda field: field[5]) if field[5]]
    key = _key(connection, name, columns, [field[1] for field in primary]) if kinds[name] == "table" else ()
    is_rowid = [field[2].upper() for field in primary] == ["INTEGER"]
    return SqliteTable(
        name,
        columns,
        truths=frozenset(field[1] for field in fields if field[2].upper() in ("BOOL", "BOOLEAN")),
        computed=frozenset(field[1] for field in fields if field[6]),
        ordering=frozenset(field[1] for field in primary if is_rowid or quoted(field[1]) in key),
        key=key,
    )


def is_sqlite(start: bytes) -> bool:
    """Tell by the first bytes of a file whether it is a SQLite database."""
    return start.startswith(_MARK)


def _key(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], primary: Sequence[str]
) -> tuple[str, ...]:
    taken = {name.lower() for name in columns}
    for rowid in _ROWIDS:
        if rowid not in taken:
            try:
                connection.execute(f"SELECT {rowid} FROM {quoted(table)} LIMIT 0")
            except sqlite3.OperationalError:  # a table without rowid has a primary key in its place
                break
            return (rowid,)
    return tuple(map(quoted, primary))


def _refuse_others(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(len(_MARK))
    if not start:
        raise InputError(f"{path.name} is empty. Give a database with at least one table.")
    if not is_sqlite(start):
        raise InputError(
            f"{path.name} is no SQLite database, for it does not begin as one; it may be encrypted. "
            "Name it for what it is, or export the table as CSV."
        )


def _address(path: Path) -> tuple[str, TemporaryFolder | None]:
    """Return the URI that opens a file without writing, and what it needs as long as it is open.

    In write-ahead mode SQLite makes files beside a database even to read it. Where nothing waits to be written into
    the database they are not needed; where something waits and nobody has the database open, a copy is read.
    """
    log = _beside(path, "-wal")
    is_ahead = log.is_file() and log.stat().st_size > 0
    held = None
    if is_ahead and not _beside(path, "-shm").exists():
        held = TemporaryFolder()
        with explained(copy := held.path / "copy"):
            shutil.copyfile(path, copy)
            shutil.copyfile(log, _beside(copy, "-wal"))
        path = copy
    with path.open("rb") as database:
        writes_ahead = database.read(20)[18:] == b"\x02\x02"
    settled = writes_ahead and not is_ahead
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if settled else ''}", held


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
