"""Which formats there are, and which one a path is of."""

from pathlib import Path

from emendata.data.arrow import ArrowSource
from emendata.data.csv_edit import CsvSource
from emendata.data.duckdb_file import DuckdbSource, is_duckdb
from emendata.data.excel import ExcelSource
from emendata.data.json_array import JsonSource
from emendata.data.jsonl_edit import JsonlSource
from emendata.data.packing import ending, format_ending, is_packed
from emendata.data.parquet import ParquetSource
from emendata.data.source import Source
from emendata.data.sqlite import SqliteSource
from emendata.data.sqlite_table import is_sqlite
from emendata.errors import InputError
from emendata.registry import Registry

__all__ = ["source_for", "sources"]

_UNPACK = "is packed. Unpack it first"
_AS_CSV = "is a spreadsheet of another kind. Save it as .xlsx, or the sheet as CSV"
_AS_PARQUET = "is not supported. Save the table as Parquet or CSV"
_WAYS_OUT = (
    dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".tgz"), _UNPACK)
    | dict.fromkeys((".xlsb", ".xls", ".ods", ".numbers"), _AS_CSV)
    | dict.fromkeys((".orc", ".avro", ".pkl", ".pickle", ".h5"), _AS_PARQUET)
)

sources: Registry[Source] = Registry(
    "file format",
    [
        CsvSource(),
        JsonlSource(),
        JsonSource(),
        ParquetSource(),
        ArrowSource(),
        SqliteSource(),
        DuckdbSource(),
        ExcelSource(),
    ],
)


def source_for(path: Path) -> Source:
    """Return the format that a file's name ends in, or raise `InputError` with what to do instead.

    A database is known by its first bytes, whatever its name.
    """
    if (database := _database(path)) is not None:
        return database
    suffix = format_ending(path)
    for source in sources:
        if suffix in source.suffixes and (source.is_text or not is_packed(path)):
            return source
    if is_packed(path):
        raise InputError(
            f"{path.name} is packed, and {ending(path)} does not say that text is in it. Unpack it first, or name it "
            f"like table.csv{path.suffix}."
        )
    if suffix in _WAYS_OUT:
        raise InputError(f"{path.name} {_WAYS_OUT[suffix]}.")
    known = ", ".join(ending for source in sources for ending in source.suffixes)
    raise InputError(
        f"{path.name} ends in {suffix or 'no extension'}, which is not supported. "
        f"Rename or save it to end in one of {known}."
    )


def _database(path: Path) -> Source | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        start = file.read(16)
    return sources["sqlite"] if is_sqlite(start) else sources["duckdb"] if is_duckdb(start) else None
