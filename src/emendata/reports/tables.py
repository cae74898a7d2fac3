"""A table of data as a file: CSV, Parquet, JSON lines, a workbook, Arrow."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.errors import InputError, UnknownName
from emendata.extras import require
from emendata.files import write_atomically

__all__ = ["TABLE_FORMATS", "is_formula", "write_table"]

_STEP = 10_000
_MOST_LINES, _LONGEST_CELL = 1_048_576, 32_767  # of a sheet
_NO_SHEET_HOLDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(
    table: pa.Table, path: str | os.PathLike[str], file_format: str = "csv", *, neutralise: bool = False
) -> None:
    """Write a table in one of `TABLE_FORMATS`.

    Parameters
    ----------
    table : pyarrow.Table
        Lists and other nested cells become JSON where the format has none.
    path : path
    file_format : str
        ``"csv"``, ``"jsonl"``, ``"parquet"``, ``"xlsx"`` or ``"arrow"``.
    neutralise : bool
        Write a quote before texts that a spreadsheet would take for formulas, in CSV; a workbook never has any.

    Raises
    ------
    UnknownName
        If there is no such format.
    InputError
        If a sheet cannot hold the table.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "notes.csv"
    >>> write_table(pa.table({"n": [1, 2], "note": ["=1+1", None]}), target, neutralise=True)
    >>> print(target.read_text())
    "n","note"
    1,"'=1+1"
    2,
    <BLANKLINE>
    """
    if file_format not in TABLE_FORMATS:
        raise UnknownName.among("format", file_format, list(TABLE_FORMATS))
    with write_atomically(path) as temporary:
        if file_format == "csv":
            _write_csv(table, temporary, neutralise=neutralise)
        else:
            _WRITERS[file_format](table, temporary)


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula."""
    return text.startswith(_FORMULA)


def _write_csv(table: pa.Table, path: Path, *, neutralise: bool) -> None:
    from pyarrow import csv

    flat = _flat(table)
    if neutralise:
        for place, name in enumerate(flat.column_names):
            if kinds.is_string(flat.column(place).type) or kinds.is_large_string(flat.column(place).type):
                flat = flat.set_column(place, name, _disarmed(flat.column(place)))
        flat = flat.rename_columns([f"'{name}" if is_formula(name) else name for name in flat.column_names])
    csv.write_csv(flat, path)


def _disarmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(
        pc.fill_null(pc.match_substring_regex(column, r"^[=+\-@\t\r]"), False),
        pc.binary_join_element_wise("'", column, ""),
        column,
    )


def _write_jsonl(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(table):
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _write_parquet(table: pa.Table, path: Path) -> None:
    from pyarrow import parquet

    parquet.write_table(table, path, compression="zstd")


def _write_arrow(table: pa.Table, path: Path) -> None:
    from pyarrow import feather

    feather.write_feather(table, path)


def _write_xlsx(table: pa.Table, path: Path) -> None:
    openpyxl = require("openpyxl", "excel")
    from openpyxl.cell import WriteOnlyCell

    if table.num_rows >= _MOST_LINES:
        raise InputError(
            f"A sheet holds {_MOST_LINES - 1:,} rows, and there are {table.num_rows:,}. Choose Parquet or CSV."
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")

    def cell_of(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(sheet, value=_NO_SHEET_HOLDS.sub("", value)[:_LONGEST_CELL])
        cell.data_type = "s"  # a text stays a text, also where it looks like a formula
        return cell

    sheet.append([cell_of(name) for name in table.column_names])
    for row in _rows(_flat(table)):
        sheet.append([cell_of(value) for value in row.values()])
    book.save(path)


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=_STEP):
        yield from batch.to_pylist()


def _flat(table: pa.Table) -> pa.Table:
    """Return the table with JSON in the place of nested cells, and labels of dictionaries written out."""
    for place, field in enumerate(table.schema):
        if kinds.is_dictionary(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(field.type.value_type))
        elif kinds.is_nested(field.type):
            cells = [
                None if cell is None else json.dumps(cell, default=str)
                for cell in table.column(place).to_pylist()
            ]
            table = table.set_column(place, field.name, pa.array(cells, pa.string()))
    return table


_WRITERS: Mapping[str, Callable[[pa.Table, Path], None]] = {
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
    "xlsx": _write_xlsx,
    "arrow": _write_arrow,
}
TABLE_FORMATS: Mapping[str, str] = {
    "csv": "CSV",
    "parquet": "Parquet",
    "jsonl": "JSON lines",
    "xlsx": "Excel workbook",
    "arrow": "Arrow (Feather)",
}
"""The formats that a table can be written in, which are endings too, and what people call them."""
