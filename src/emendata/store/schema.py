"""The tables of a project's catalog. ``decisions`` only ever grows."""

from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, String, Table

__all__ = ["ADDED_SINCE", "SCHEMA_VERSION", "artifacts", "decisions", "metadata", "runs"]

SCHEMA_VERSION = 3

metadata = MetaData()

artifacts = Table(
    "artifacts",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("kind", String, nullable=False),
    Column("arrays", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("document", JSON, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(32), unique=True, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("row", Integer, nullable=False),
    Column("row_id", String, nullable=False),
    Column("column", String),
    Column("old", JSON(none_as_null=True)),
    Column("new", JSON(none_as_null=True)),
    Column("reason", String, nullable=False),
    Column("origin", String, nullable=False, server_default="command line"),
    Column("stream", String),
    Column("undoes", String(32)),
    Column("bulk", LargeBinary),
)

ADDED_SINCE = {
    1: (decisions.c.origin, decisions.c.stream, decisions.c.undoes, decisions.c.bulk),
    2: (decisions.c.bulk,),
}
"""The columns that catalogs of older versions lack."""
