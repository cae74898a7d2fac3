"""Rows of a sheet in a workbook: taken out, and room made for them again."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

__all__ = ["move_down", "move_up"]


def move_up(sheet: Any, places: Sequence[int]) -> None:
    """Take rows out of a sheet of openpyxl: what is below moves up, with its styles and heights."""
    last, width = sheet.max_row, sheet.max_column  # which openpyxl counts anew each time
    for n_before, (first, stop) in enumerate(_runs(places, last), 1):
        _move(sheet, width, first, stop, -n_before)
    if places:
        sheet.delete_rows(last - len(places) + 1, len(places))


def move_down(sheet: Any, places: Sequence[int]) -> None:
    """Make room in a sheet for rows that will stand at these places, counted from 1."""
    width = sheet.max_column
    runs = list(_runs(places, sheet.max_row + len(places)))
    for n_before, (first, stop) in reversed(list(enumerate(runs, 1))):
        _move(sheet, width, first - n_before, stop - n_before, n_before)


def _runs(places: Sequence[int], last: int) -> Iterator[tuple[int, int]]:
    """Yield the first row of each run behind a place, and where the run stops."""
    for place, following in pairwise([*sorted(places), last + 1]):
        yield place + 1, following


def _move(sheet: Any, width: int, first: int, stop: int, by: int) -> None:
    from openpyxl.worksheet.cell_range import CellRange

    if first >= stop:
        return
    block = CellRange(min_row=first, max_row=stop - 1, min_col=1, max_col=width)
    sheet.move_range(block, rows=by)
    heights = sheet.row_dimensions
    for row in range(first, stop) if by < 0 else range(stop - 1, first - 1, -1):
        heights.pop(row + by, None)
        if row in heights:
            heights[row + by] = heights.pop(row)
            heights[row + by].index = row + by
