"""Tables and queries of database servers, through SQLAlchemy: read, never written."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from emendata.data.choosing import chosen
from emendata.data.remote import SECONDS
from emendata.data.secrets import Address, address_of_server
from emendata.data.source import Dialect, Reading
from emendata.data.sql import no_answer, reading_from
from emendata.data.stored_values import table_of
from emendata.data.table_file import refuse_names
from emendata.errors import InputError
from emendata.extras import MissingPackage

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine, Executable

__all__ = ["read_server"]

_BATCH = 10_000
_DRIVERS = {
    "postgresql": ("psycopg", "psycopg2", "pg8000"),
    "mysql": ("pymysql", "mysqldb", "mysqlconnector"),
    "mariadb": ("pymysql", "mysqldb", "mariadbconnector"),
}
"""What reaches a server where the URL names no driver: the first one installed."""

_PIP = {
    "psycopg": "'psycopg[binary]'",
    "psycopg2": "psycopg2-binary",
    "MySQLdb": "mysqlclient",
    "mysql": "mysql-connector-python",
}
_TIMEOUTS = dict.fromkeys(("psycopg", "psycopg2", "pymysql", "mysqldb"), "connect_timeout") | {
    "pg8000": "timeout"
}
_READ_ONLY = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
_LIKE = "Write it like postgresql://user:password@host/database."


class _Served(NamedTuple):
    """What a server gave: ``name`` is ``DATABASE/TABLE``, and ``url`` says where it lies, without any secret."""

    name: str
    url: str
    reading: Reading


def read_server(address: str, dialect: Dialect, *, timeout: int = SECONDS) -> _Served:
    """Return a table of a server, in the order of its primary key, or the answer to a query.

    The transaction is read-only where the server knows such, and it is rolled back.

    Raises
    ------
    InputError
        If the server, the table or the answer cannot be had, in the database's own words.
    MissingPackage
        If what reaches this kind of server is not installed.
    """
    url = _url(address)
    found = address_of_server(url)
    shown = found.shown
    with _connected(url, found, timeout) as connection:
        if dialect.query is not None:
            name, kept = "query", Dialect(query=dialect.query)
            rows = connection.exec_driver_sql(dialect.query, execution_options={"no_parameters": True})
        else:
            name, statement = _table(connection, shown, dialect.table)
            kept, rows = Dialect(table=name), connection.execute(statement)
        if not rows.returns_rows:
            raise no_answer(shown)
        with closing(rows):
            names = list(rows.keys())
            refuse_names(f"The answer of {shown}", names)
            table = table_of(names, map(_plain, rows.partitions(_BATCH)))
    return _Served(f"{url.database or url.host}/{name}", shown, reading_from(shown, table, kept))


def _url(address: str) -> "URL":
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:  # which may hold the password, so the address is not shown
        raise InputError(f"The address of the database cannot be read. {_LIKE}") from error
    return url.set(drivername="postgresql") if url.drivername == "postgres" else url


@contextmanager
def _connected(url: "URL", address: Address, timeout: int) -> "Iterator[Connection]":
    from sqlalchemy.exc import SQLAlchemyError

    def why(error: SQLAlchemyError) -> str:
        return address.said(getattr(error, "orig", None) or error)

    shown = address.shown
    engine = _engine(url, shown, timeout)
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        raise InputError(
            f"Cannot connect to {shown} ({why(error)}). Check host, port, name and password, and that it runs."
        ) from error
    try:
        with closing(connection):  # which rolls back
            if engine.dialect.name in _READ_ONLY:
                connection.exec_driver_sql(_READ_ONLY[engine.dialect.name])
            yield connection.execution_options(stream_results=True, max_row_buffer=_BATCH)
    except SQLAlchemyError as error:
        raise InputError(
            f"{shown} does not give the rows ({why(error)}). Correct the query or name another table."
        ) from error


def _engine(url: "URL", shown: str, timeout: int) -> "Engine":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    missing = []
    for named in _with_drivers(url):
        option = _TIMEOUTS.get(named.drivername.partition("+")[2])
        try:
            return create_engine(named, poolclass=NullPool, connect_args={option: timeout} if option else {})
        except ImportError as error:
            missing.append(error)
    package = missing[0].name or str(missing[0])
    raise MissingPackage(
        f"Reading {shown} needs {package}. Install it: pip install {_PIP.get(package, package)}"
    ) from missing[0]


def _with_drivers(url: "URL") -> "list[URL]":
    if url.drivername not in _DRIVERS:
        return [url]
    return [url.set(drivername=f"{url.drivername}+{driver}") for driver in _DRIVERS[url.drivername]]


def _table(connection: "Connection", shown: str, wanted: str | None) -> "tuple[str, Executable]":
    """Return the name of the table that is meant, and the statement that reads it in order."""
    from sqlalchemy import column, inspect, quoted_name, select, table, text

    inspector = inspect(connection)
    tables, views = sorted(inspector.get_table_names()), inspector.get_view_names()
    schema = None
    if wanted is not None and wanted not in (*tables, *views) and "." in wanted:
        schema = wanted.partition(".")[0]
        tables = [f"{schema}.{name}" for name in inspector.get_table_names(schema)]
        views = [f"{schema}.{name}" for name in inspector.get_view_names(schema)]
    name = chosen(shown, wanted, tables, views)
    bare = name.removeprefix(f"{schema}.")
    key = inspector.get_pk_constraint(bare, schema)["constrained_columns"] if name in tables else []
    place = table(quoted_name(bare, quote=True), schema=schema and quoted_name(schema, quote=True))
    return name, select(text("*")).select_from(place).order_by(
        *(column(quoted_name(c, quote=True)) for c in key)
    )


def _plain(rows: "Sequence[Sequence[Any]]") -> list[tuple[object, ...]]:
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]
