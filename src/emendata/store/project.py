"""A project folder: ``catalog.sqlite`` beside ``arrays/``, safe to kill at any moment."""

import shutil
import sqlite3
import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, create_engine, delete, event, func, insert, literal_column, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateColumn

from emendata.errors import ProjectError
from emendata.files import explained, make_folder
from emendata.records import Event, Json
from emendata.store.artifacts import Arrays, Artifact
from emendata.store.events import as_event, as_line
from emendata.store.schema import ADDED_SINCE, SCHEMA_VERSION, artifacts, decisions, metadata, runs

__all__ = ["Project"]

_CATALOG = "catalog.sqlite"
_COUNT = select(func.count()).select_from(decisions)


class Project:
    """What is known about one dataset, on disk.

    Parameters
    ----------
    folder : path
        Created when ``create`` is true; otherwise it must hold a project already.

    Raises
    ------
    ProjectError
        If there is no project in the folder, or one that is damaged or newer than this program.
    OutputError
        If the folder cannot be written.
    """

    def __init__(self, folder: str | Path, *, create: bool = True) -> None:
        self.folder = Path(folder)
        if not create and not self.exists(self.folder):
            raise ProjectError(
                f"There is no emendata project in {self.folder}. Make one with: emendata audit FILE --label COLUMN"
            )
        make_folder(self.folder / "arrays")
        self._engine = _connect(self.folder / _CATALOG)
        self._prepare_catalog()

    @staticmethod
    def exists(folder: str | Path) -> bool:
        """Tell whether a folder holds a project."""
        return (Path(folder) / _CATALOG).is_file()

    def close(self) -> None:
        """Let go of the catalog file."""
        self._engine.dispose()

    # -- artifacts ------------------------------------------------------------------------------------

    def recall(self, key: str) -> Artifact | None:
        """Return what was kept under ``key``, memory-mapped, or None."""
        with self._transaction() as connection:
            row = connection.execute(select(artifacts).where(artifacts.c.key == key)).one_or_none()
        if row is None:
            return None
        try:
            arrays = {name: self._map(key, name) for name in row.arrays}
        except (OSError, ValueError, EOFError):  # removed or cut short by somebody: compute it anew
            return None
        return Artifact(arrays, row.facts)

    def recall_kind(self, kind: str) -> Iterator[Artifact]:
        """Yield everything that was kept as ``kind``, oldest first."""
        wanted = select(artifacts.c.key).where(artifacts.c.kind == kind).order_by(literal_column("rowid"))
        with self._transaction() as connection:
            keys = connection.execute(wanted).scalars().all()
        return (found for found in map(self.recall, keys) if found is not None)

    def keep(self, key: str, kind: str, arrays: Arrays, facts: Mapping[str, Json]) -> Artifact:
        """Keep arrays and facts under ``key``: files first, then the catalog line that makes them real."""
        home = self.folder / "arrays" / key
        with explained(home):
            temporary = Path(tempfile.mkdtemp(dir=home.parent, prefix=".tmp-"))
            try:
                for name, array in arrays.items():
                    np.save(temporary / f"{name}.npy", np.asarray(array), allow_pickle=False)
                shutil.rmtree(home, ignore_errors=True)
                _move(temporary, home)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
        with self._transaction() as connection:
            connection.execute(delete(artifacts).where(artifacts.c.key == key))
            connection.execute(
                insert(artifacts).values(key=key, kind=kind, arrays=sorted(arrays), facts=dict(facts))
            )
        # Nothing is recalled if another process is just putting the same in its place.
        return self.recall(key) or Artifact(
            {name: np.asarray(array) for name, array in arrays.items()}, facts
        )

    def forget(self, key: str) -> None:
        """Let go of what was kept under ``key``: the catalog line first, so that nothing is named that is not there."""
        with self._transaction() as connection:
            connection.execute(delete(artifacts).where(artifacts.c.key == key))
        shutil.rmtree(self.folder / "arrays" / key, ignore_errors=True)

    def _map(self, key: str, name: str) -> np.ndarray:
        path = self.folder / "arrays" / key / f"{name}.npy"
        mapped: np.ndarray
        try:
            mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        except ValueError:  # an empty array cannot be mapped
            mapped = np.load(path, allow_pickle=False)
        return mapped

    # -- runs -----------------------------------------------------------------------------------------

    def record_run(self, document: Mapping[str, Json]) -> None:
        """Remember what was asked of an audit, so that later commands can pick it up."""
        with self._transaction() as connection:
            connection.execute(insert(runs).values(at=_now(), document=dict(document)))

    def last_run(self) -> Mapping[str, Json] | None:
        """Return the document of the newest run, or None."""
        with self._transaction() as connection:
            found = connection.execute(
                select(runs.c.document).order_by(runs.c.number.desc()).limit(1)
            ).first()
        return None if found is None else found.document

    # -- decisions ------------------------------------------------------------------------------------

    def log(self, events: Iterable[Event], *, skip_known: bool = False) -> int:
        """Append events to the decision log, all of them or none, and return how many are new.

        An event that the log has already is an error, or left out where it may come twice, as from another log.
        """
        lines = [as_line(event) for event in events]
        if not lines:
            return 0
        wanted = insert(decisions).prefix_with("OR IGNORE") if skip_known else insert(decisions)
        with self._transaction() as connection:
            before = connection.execute(_COUNT).scalar_one()
            connection.execute(wanted, lines)
            added: int = connection.execute(_COUNT).scalar_one() - before
        return added

    def events_after(self, number: int, but: Container[str] = ()) -> tuple[list[Event], int]:
        """Return the events behind the first ``number`` lines of the log, oldest first, and the number of its last.

        Those whose ids are in ``but`` are left out, so that who wrote them need not read them again.
        """
        wanted = select(decisions).where(decisions.c.number > number).order_by(decisions.c.number)
        with self._transaction() as connection:
            found = connection.execute(wanted).mappings().all()
        events = [as_event(dict(line)) for line in found if line["event_id"] not in but]
        return events, found[-1]["number"] if found else number

    # -- catalog --------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise ProjectError(
                f"The catalog of project {self.folder} cannot be used ({_first_line(error)}). {_way_out(error)}"
            ) from error

    def _prepare_catalog(self) -> None:
        with self._transaction() as connection:
            if self._version(connection) < SCHEMA_VERSION:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # so that of two that start together one waits
                if (version := self._version(connection)) < SCHEMA_VERSION:
                    metadata.create_all(connection)
                    for column in ADDED_SINCE.get(version, ()):
                        words = CreateColumn(column).compile(dialect=connection.dialect)
                        connection.exec_driver_sql(f"ALTER TABLE decisions ADD COLUMN {words}")
                    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION:d}")

    def _version(self, connection: Connection) -> int:
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if version > SCHEMA_VERSION:
            raise ProjectError(
                f"Project {self.folder} was made by a newer emendata (catalog version {version}, this "
                f"program knows {SCHEMA_VERSION}). Update emendata or choose another --project folder."
            )
        return version


def _move(folder: Path, home: Path) -> None:
    try:
        folder.rename(home)
    except OSError:
        if not home.is_dir():
            raise
        # Another process kept the same at the same moment; equal keys mean equal content.


def _connect(path: Path) -> Engine:
    # No pool: a connection is closed after each transaction, so nothing is left open when a program ends.
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30}, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _configure(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        with suppress(sqlite3.OperationalError):  # some network file systems cannot
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    return engine


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _way_out(error: DatabaseError) -> str:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return "The disk is full, or fails: free some space and try again. What was decided before is kept."
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return "It is damaged: put back a copy of the folder, or take it away and audit again."
    return "Check the permissions of the folder, and that no other program holds it."


def _first_line(error: DatabaseError) -> str:
    return str(error.orig).splitlines()[0]
