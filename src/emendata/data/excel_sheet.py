"""Sheets of Excel workbooks as rows of values."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from emendata.data.choosing import chosen
from emendata.data.packing import Budget
from emendata.data.table_file import refuse_names
from emendata.data.values import as_text
from emendata.errors import InputError
from emendata.extras import require

__all__ = ["Sheet", "load", "read_sheet"]

_ERRORS = frozenset(("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


class Sheet(NamedTuple):
    """A table in a sheet: the names of its columns, where they and its rows stand (from 1), and their values."""

    title: str
    header: int
    names: tuple[str, ...]
    columns: tuple[int, ...]
    places: tuple[int, ...]
    rows: list[tuple[object, ...]]


def read_sheet(path: Path, wanted: str | None) -> Sheet:
    """Return the sheet that was asked for, or the only one that holds anything.

    Its first row that is not empty holds the names of the columns; rows without any value are left out. Formulas
    are what they came to when the workbook was saved last.

    Raises
    ------
    InputError
        If there is no such sheet, several are and none was asked for, or a column has no name of its own.
    """
    workbook, _ = load(path, data_only=True, read_only=True)
    with closing(workbook):
        filled = {sheet.title: rows for sheet in workbook.worksheets if (rows := _filled_rows(path, sheet))}
        hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    shown = [title for title in filled if title not in hidden]
    title = chosen(path.name, wanted, shown, [title for title in filled if title in hidden], kind="sheet")
    return _table(path, title, filled[title])


def load(path: Path, **options: bool) -> tuple[Any, list[str]]:
    """Return a workbook, and what openpyxl says of the parts that it leaves out."""
    openpyxl = require("openpyxl", "excel")
    with path.open("rb") as file:
        start = file.read(len(_OLD_OR_LOCKED))
    if start == _OLD_OR_LOCKED:
        raise InputError(
            f"{path.name} has a password or is an old .xls file. Save it as .xlsx without a password."
        )
    _refuse_bomb(path)
    with warnings.catch_warnings(record=True) as said, _whole(path):
        warnings.simplefilter("always")
        workbook = openpyxl.load_workbook(path, **options)
    return workbook, [str(warning.message) for warning in said if "default style" not in str(warning.message)]


def _refuse_bomb(path: Path) -> None:
    with _whole(path), zipfile.ZipFile(path) as parts:
        sizes = [part.file_size for part in parts.infolist()]  # more than that is never unpacked
    Budget(path).spend(sum(sizes))


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # openpyxl meets damage with whatever it stumbles over
        why = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise InputError(
            f"{path.name} is not a whole Excel workbook ({why}). Save it again, or save the sheet as CSV."
        ) from error


def _filled_rows(path: Path, sheet: Any) -> list[tuple[int, tuple[object, ...]]]:
    """Return the rows that hold anything, with their places."""
    with _whole(path), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a date that is none, which is missing then
        sheet.reset_dimensions()  # which some programs write wrongly
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        filled = ((place, _cells(row)) for place, row in rows)
        return [(place, cells) for place, cells in filled if any(cell is not None for cell in cells)]


def _cells(row: Sequence[object]) -> tuple[object, ...]:
    return tuple(None if value in ("", *_ERRORS) else value for value in row)


def _table(path: Path, title: str, filled: Sequence[tuple[int, tuple[object, ...]]]) -> Sheet:
    from openpyxl.utils import get_column_letter

    (place, header), *body = filled
    where = f"Sheet {title!r} of {path.name}"
    if not body:
        raise InputError(f"{where} has names of columns but no rows. Give one with at least one row.")
    used = {i for _, row in body for i, value in enumerate(row) if value is not None}
    named = {i for i, value in enumerate(header) if value is not None}
    if nameless := sorted(used - named):
        raise InputError(
            f"Column {get_column_letter(nameless[0] + 1)} of {where[0].lower()}{where[1:]} has values but no name in "
            "the first row, or shares one with its neighbour. Give each column a name of its own."
        )
    columns = sorted(named)
    names = [as_text(header[i]) for i in columns]
    refuse_names(where, names)
    rows = [tuple(row[i] if i < len(row) else None for i in columns) for _, row in body]
    places = tuple(place for place, _ in body)
    return Sheet(title, place, tuple(names), tuple(i + 1 for i in columns), places, rows)
