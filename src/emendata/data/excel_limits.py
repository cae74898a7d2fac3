"""What hinders the correction of a workbook: parts that a copy would lose, and what would not follow moved rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from emendata.data.excel_sheet import Sheet
from emendata.errors import InputError

__all__ = ["refuse_ending", "refuse_formulas", "refuse_lost", "refuse_moves", "refuse_styled"]

_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/.*|docProps/.*|docMetadata/.*|customXml/.*|xl/_rels/.*|xl/vbaProject\.bin"
    r"|xl/(workbook|styles|sharedStrings|calcChain)\.xml|xl/worksheets/(_rels/.*|[^/]+\.xml)"
    r"|xl/(theme|tables|comments|externalLinks|printerSettings)/.*|xl/comments[^/]*\.xml|xl/drawings/.*vml.*"
)
"""The parts of a workbook that are the same in a copy, or that nobody misses."""

_OF_SEVERAL_SHEETS = re.compile(r":[^!:(),]*!")
_WAY_OUT = "Save the sheet as CSV, or as a workbook of its own, and audit that."


def refuse_ending(path: Path, target: Path) -> None:
    """Raise `InputError` if a copy would have another ending, for programs go by it."""
    if path.suffix.lower() != target.suffix.lower():
        raise InputError(
            f"{target.name} would hold a workbook like {path.name}. Give a name that ends in {path.suffix}."
        )


def refuse_lost(path: Path, parts: Iterable[str]) -> None:
    """Raise `InputError` if one of these parts would be missing in a copy."""
    lost = [part for part in parts if not _KEPT.fullmatch(part)]
    if lost:
        raise InputError(f"A corrected copy of {path.name} would lose a part of it ({lost[0]}). {_WAY_OUT}")


def refuse_formulas(path: Path, sheet: Any, table: Sheet) -> None:
    """Raise `InputError` if a cell of the table or its header is a formula."""
    for row in (table.header, *table.places):
        for column in table.columns:
            if (cell := sheet.cell(row, column)).data_type == "f":
                raise InputError(
                    f"Cell {cell.coordinate} of sheet {table.title!r} in {path.name} is a formula, and a "
                    f"corrected copy would not know what it comes to. {_WAY_OUT}"
                )


def refuse_styled(path: Path, cells: Sequence[Any]) -> None:
    """Raise `InputError` if one of these cells has text in several styles, which no patch gives back."""
    from openpyxl.cell.rich_text import CellRichText

    for cell in cells:
        if isinstance(cell.value, CellRichText):
            raise InputError(
                f"Cell {cell.coordinate} of sheet {cell.parent.title!r} in {path.name} has text in several styles, "
                "which no correction keeps. Leave its row out, or clear its formats."
            )


def refuse_moves(path: Path, workbook: Any, title: str) -> None:
    """Raise `InputError` if something in the workbook would not follow rows of a sheet that move up."""
    sheet = workbook[title]
    for what, found in (
        ("formulas", _formulas(workbook, title)),
        ("merged cells", sheet.merged_cells.ranges),
        ("links", (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink)),
        ("tables", sheet.tables),
        ("names of ranges", _names(workbook, title)),
        ("rules for cells", _rules(workbook, title)),
    ):
        if any(True for _ in found):
            raise InputError(
                f"No row can be dropped from sheet {title!r} of {path.name}, because {what} would not follow. "
                "Propose label changes only, or save the sheet as CSV and audit that."
            )


def _formulas(workbook: Any, title: str) -> Iterator[Any]:
    for sheet in workbook.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            text = getattr(cell.value, "text", cell.value)  # of an array formula
            if sheet.title == title or _mentions(text, title):
                yield cell


def _names(workbook: Any, title: str) -> Iterator[Any]:
    for place in (workbook, *workbook.worksheets):
        for name in place.defined_names.values():
            if _mentions(name.attr_text, title):
                yield name


def _rules(workbook: Any, title: str) -> Iterator[Any]:
    """Yield what says which values cells may hold and how they look: all of a sheet, and what mentions it elsewhere."""
    for sheet in workbook.worksheets:
        for rule in sheet.data_validations.dataValidation:
            if sheet.title == title or _mentions(f"{rule.formula1} {rule.formula2}", title):
                yield rule
        for rule in (rule for ranges in sheet.conditional_formatting for rule in ranges.rules):
            if sheet.title == title or _mentions(" ".join(rule.formula), title):
                yield rule


def _mentions(formula: object, title: str) -> bool:
    """Tell whether a formula may reach a sheet; one from a sheet to another may reach all between them."""
    text, name = str(formula).casefold(), title.casefold()
    return name in text or name.replace("'", "''") in text or bool(_OF_SEVERAL_SHEETS.search(text))
