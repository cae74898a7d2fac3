"""Excel workbooks: one sheet of a file, its reader and its rewriter."""

import zipfile
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from emendata.data.excel_limits import (
    refuse_ending,
    refuse_formulas,
    refuse_lost,
    refuse_moves,
    refuse_styled,
)
from emendata.data.excel_rows import move_down, move_up
from emendata.data.excel_sheet import Sheet, load, read_sheet
from emendata.data.source import Dialect, Reading
from emendata.data.stored_values import from_text, kept, new_values, row_from_text, table_of, to_text
from emendata.data.table_file import readable_row, reading_of
from emendata.data.values import as_text
from emendata.errors import InputError, UnknownName
from emendata.files import write_atomically
from emendata.records import Correction

__all__ = ["ExcelSource"]


@dataclass(frozen=True)
class ExcelSource:
    """Sheets of .xlsx and .xlsm files. Other sheets, styles and formulas stay; what would be lost is refused."""

    name: str = "excel"
    title: str = "Excel workbook"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")
    is_text: bool = False
    is_exact: bool = False

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table of a sheet."""
        sheet = read_sheet(path, dialect.table)
        return replace(reading_of(table_of(sheet.names, [sheet.rows])), dialect=Dialect(table=sheet.title))

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with dropped rows, and cells that are not stored as they read, as JSON."""
        page = _Page.of(path, dialect, corrections)
        refuse_styled(path, page.touched(corrections))
        return [_filled(page, c) for c in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write a copy of the workbook in which the cells and rows of one sheet are corrected."""
        refuse_ending(path, target)
        page = _Page.of(path, dialect, corrections)
        refuse_styled(path, page.touched(corrections))
        new = new_values(corrections, page.column)
        for c in corrections:
            if c.column is not None:
                _put(page.cell(c.row, c.column), new[c.column, as_text(c.new)], c.column)
        move_up(page.sheet, [page.table.places[c.row] for c in corrections if c.column is None])
        _save(page, target)

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write a copy of the corrected workbook in which the sheet holds what it held."""
        refuse_ending(corrected, target)
        page = _Page.of(corrected, dialect, corrections)
        dropped = sorted(c.row for c in corrections if c.column is None)
        for c in corrections:
            if c.column is not None:
                old = c.old if c.raw is None else from_text(c.raw)
                _put(page.cell(c.row - bisect_left(dropped, c.row), c.column), old, c.column)
        rows = [row_from_text(c.raw, len(page.table.names)) for c in corrections if c.column is None]
        move_down(page.sheet, [place for place, _ in rows])
        for place, cells in rows:
            for column, name, (value, shape) in zip(page.table.columns, page.table.names, cells, strict=True):
                cell = page.sheet.cell(place, column)
                _put(cell, value, name)
                cell.number_format = shape
        _save(page, target)


class _Page(NamedTuple):
    """A sheet that may be edited, and the table in it."""

    workbook: Any
    sheet: Any
    table: Sheet

    @classmethod
    def of(cls, path: Path, dialect: Dialect, corrections: Sequence[Correction]) -> "_Page":
        table = read_sheet(path, dialect.table)
        with zipfile.ZipFile(path) as parts:
            refuse_lost(path, parts.namelist())
        workbook, left_out = load(path, keep_vba=path.suffix.lower() == ".xlsm", rich_text=True)
        refuse_lost(path, left_out)
        page = cls(workbook, workbook[table.title], table)
        refuse_formulas(path, page.sheet, table)
        if any(c.column is None for c in corrections):
            refuse_moves(path, workbook, table.title)
        return page

    def cell(self, row: int, name: str) -> Any:
        if name not in self.table.names:
            raise UnknownName.among("column", name, self.table.names)
        return self.sheet.cell(self.table.places[row], self.table.columns[self.table.names.index(name)])

    def touched(self, corrections: Sequence[Correction]) -> list[Any]:
        """Return the cells that corrections change or drop."""
        return [
            self.cell(c.row, name)
            for c in corrections
            for name in (self.table.names if c.column is None else [c.column])
        ]

    def column(self, name: str) -> tuple[list[object], pa.ChunkedArray]:
        cells = [_unstyled(self.cell(row, name).value) for row in range(len(self.table.places))]
        return cells, table_of([name], [[(cell,) for cell in cells]]).column(0)


def _filled(page: _Page, correction: Correction) -> Correction:
    row = correction.row
    if correction.column is None:
        cells = [page.cell(row, name) for name in page.table.names]
        old = readable_row(table_of(page.table.names, [[page.table.rows[row]]]))
        raw = to_text([page.table.places[row], [[cell.value, cell.number_format] for cell in cells]])
        return replace(correction, old=correction.old or old, raw=raw)
    return replace(correction, raw=kept(page.cell(row, correction.column).value, correction.old))


def _unstyled(value: object) -> object:
    return str(value) if isinstance(value, list) else value  # text in several styles is a list


def _put(cell: Any, value: object, name: str) -> None:
    from openpyxl.utils.exceptions import IllegalCharacterError

    try:
        cell.value = value
    except IllegalCharacterError as error:
        raise InputError(
            f"{value!r} does not fit column {name!r}: a workbook has no place for one of its letters. Leave it out."
        ) from error
    if isinstance(value, str) and value.startswith("="):
        cell.data_type = "s"  # text that looks like a formula


def _save(page: _Page, target: Path) -> None:
    with write_atomically(target) as temporary:
        page.workbook.save(temporary)
