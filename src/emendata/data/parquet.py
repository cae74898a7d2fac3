"""Parquet: the reader."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from emendata.data.normalise import normalised
from emendata.data.source import Dialect
from emendata.errors import InputError

__all__ = ["read_exactly", "read_parquet"]


def read_parquet(path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
    """Return the typed table of a Parquet file; ``dialect`` has no meaning here."""
    table = read_exactly(path)
    if not table.num_rows:
        raise InputError(f"{path.name} has columns but no rows. Give a file with at least one row.")
    return normalised(table), Dialect()


def read_exactly(path: Path) -> pa.Table:
    """Return the table of a Parquet file with its own types and metadata.

    Raises
    ------
    InputError
        If the file is empty, damaged or no Parquet file, or has no or twice-named columns.
    """
    if not path.stat().st_size:
        raise InputError(f"{path.name} is empty. Give a file with at least one row.")
    try:
        with pq.ParquetFile(path) as file:
            table = file.read()
    except (pa.ArrowException, OSError) as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(
            f"{path.name} is not a whole Parquet file ({why}). Write or download it again."
        ) from error
    names = table.column_names
    if not names:
        raise InputError(f"{path.name} has no columns. Give a file with at least one.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"{path.name} has several columns called {', '.join(map(repr, twice[:5]))}. Rename them."
        )
    return table
