"""Which formats there are, and which one a file or folder is of."""

from pathlib import Path

from emendata.data.archive import ArchiveSource
from emendata.data.arrow import ArrowSource
from emendata.data.csv_edit import CsvSource
from emendata.data.duckdb_file import DuckdbSource, is_duckdb
from emendata.data.excel import ExcelSource
from emendata.data.folder import ClassFolderSource
from emendata.data.hub_folder import HubFolderSource
from emendata.data.json_array import JsonSource
from emendata.data.jsonl_edit import JsonlSource
from emendata.data.npz import NpzSource
from emendata.data.packing import PACKED_ENDINGS, ending, format_ending, is_packed
from emendata.data.parquet import ParquetSource
from emendata.data.source import FolderSource, Source
from emendata.data.sqlite import SqliteSource
from emendata.data.sqlite_table import is_sqlite
from emendata.data.table_folder import TableFolderSource
from emendata.errors import InputError
from emendata.registry import Registry

__all__ = ["is_named_as", "source_for", "sources"]

_UNPACK = "is packed in a way that is not supported. Unpack it, and give the folder or the table in it"
_AS_CSV = "is a spreadsheet of another kind. Save it as .xlsx, or the sheet as CSV"
_AS_PARQUET = "is not supported. Save the table as Parquet or CSV"
_WAYS_OUT = (
    dict.fromkeys((".7z", ".rar"), _UNPACK)
    | dict.fromkeys((".xlsb", ".xls", ".ods", ".numbers"), _AS_CSV)
    | dict.fromkeys((".orc", ".avro", ".pkl", ".pickle", ".h5"), _AS_PARQUET)
)


def source_for(path: Path) -> Source:
    """Return the format of what is at a path: of a folder by what is in it, of a file by the end of its name.

    A database is known by its first bytes, whatever its name.

    Raises
    ------
    InputError
        If there is none; the text says what to do instead.
    """
    return _folder_source(path) if path.is_dir() else _file_source(path)


def is_named_as(source: Source, path: Path) -> bool:
    """Tell whether a file's name ends as those of a format do."""
    return ending(path).lower() in source.suffixes or (
        source.is_text and format_ending(path) in source.suffixes
    )


def _folder_source(folder: Path) -> Source:
    return next(source for source in _FOLDERS if source.recognizes(folder))


def _file_source(path: Path) -> Source:
    if (database := _database(path)) is not None:
        return database
    for source in sources:
        if is_named_as(source, path):
            return source
    if is_packed(path):
        raise InputError(
            f"{path.name} is packed, and {ending(path)} does not say that text is in it. Unpack it first, or name it "
            f"like table.csv{path.suffix}."
        )
    suffix = format_ending(path)
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


_FILES: tuple[Source, ...] = (
    CsvSource(),
    JsonlSource(),
    JsonSource(),
    ParquetSource(),
    ArrowSource(),
    ExcelSource(),
)
_TABLE_ENDINGS = tuple(
    suffix + packed
    for source in _FILES
    for suffix in source.suffixes
    for packed in ("", *(PACKED_ENDINGS if source.is_text else ()))
    if suffix != ".txt"  # which are texts, where they lie in a folder
)
_FOLDERS: tuple[FolderSource, ...] = (  # the first that recognizes a folder reads it; the last takes any
    HubFolderSource(),
    TableFolderSource(_TABLE_ENDINGS, _file_source),
    ClassFolderSource(_TABLE_ENDINGS),
)
_OTHERS: tuple[Source, ...] = (SqliteSource(), DuckdbSource(), NpzSource())
sources: Registry[Source] = Registry(
    "file format", [*_FILES, *_OTHERS, ArchiveSource(_folder_source), *_FOLDERS]
)
