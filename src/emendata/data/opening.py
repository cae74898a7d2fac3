"""The front door for data: a path or a table in, a `Dataset` out."""

import os
from collections.abc import Mapping
from pathlib import Path

from emendata.data.arrow import ArrowSource
from emendata.data.csv_edit import CsvSource
from emendata.data.dataset import Dataset
from emendata.data.frame import read_frame
from emendata.data.json_array import JsonSource
from emendata.data.jsonl_edit import JsonlSource
from emendata.data.locate import existing_file
from emendata.data.packing import ending, format_ending, is_packed
from emendata.data.parquet import ParquetSource
from emendata.data.roles import infer_columns
from emendata.data.source import Dialect, Source
from emendata.errors import InputError
from emendata.registry import Registry

__all__ = ["open_dataset", "source_for", "sources"]

_UNPACK = "is packed. Unpack it first"
_AS_CSV = "is a spreadsheet. Save the sheet as CSV"
_AS_PARQUET = "is not supported. Save the table as Parquet or CSV"
_WAYS_OUT = (
    dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".tgz"), _UNPACK)
    | dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"), _AS_CSV)
    | dict.fromkeys((".orc", ".avro", ".pkl", ".pickle", ".h5"), _AS_PARQUET)
)

sources: Registry[Source] = Registry(
    "file format", [CsvSource(), JsonlSource(), JsonSource(), ParquetSource(), ArrowSource()]
)


def open_dataset(
    source: object,
    *,
    label: str | None = None,
    roles: Mapping[str, str] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Dataset:
    """Open a file or a table and find out what its columns are for.

    Parameters
    ----------
    source : path, dataframe, Arrow table, dict of columns or list of dicts
        A file ending in .csv, .tsv, .txt, .json, .jsonl or .ndjson, and these followed by .gz, .bz2, .xz or .zst; or in
        .parquet, .pq, .arrow, .feather, .ipc or .arrows; or a pandas, polars or Arrow table of shape
        (n_rows, n_columns); or a mapping of column names to sequences; or a list with a mapping for each row.
    label : str, optional
        Name of the label column.
    roles : mapping of str to str, optional
        Roles by column name, where the inferred ones are wrong.
    encoding, delimiter : str, optional
        How a text file is written, where it cannot be told from the file.

    Returns
    -------
    Dataset

    Raises
    ------
    InputError
        If the source cannot be read; the text says where the trouble is and what to do.
    UnknownName
        If a named column or role does not exist.

    Examples
    --------
    >>> data = open_dataset({"text": ["a good film", "a bad film"], "mood": ["up", "down"]}, label="mood")
    >>> data.label
    'mood'
    """
    if not isinstance(source, str | os.PathLike):
        table = read_frame(source)
        return Dataset("table", "frame", table, infer_columns(table, label=label, roles=roles))
    path = existing_file(source)
    kind = source_for(path)
    table, dialect = kind.read(path, Dialect(encoding, delimiter))
    columns = infer_columns(table, label=label, roles=roles)
    return Dataset(path.name, kind.name, table, columns, path, dialect)


def source_for(path: Path) -> Source:
    """Return the format that a file's name ends in, or raise `InputError` with what to do instead."""
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
