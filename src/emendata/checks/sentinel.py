"""Values that stand for a missing one."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import cell_findings, rows_by_code
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.issues import Issue
from emendata.kernels.apart import Apart, standing_apart
from emendata.kernels.patterns import pattern
from emendata.kernels.stand_ins import is_also_an_answer, is_stand_in
from emendata.records import BoolArray, Findings, FloatArray, IntArray, Remark

__all__ = ["Sentinel"]

_ROUND = re.compile(r"-?(9{2,}|8{2,}|1|0|7{3,})")  # the digits that people choose
_EPOCHS = tuple(
    (dt.date.fromisoformat(day) - dt.date(1970, 1, 1)).days
    for day in ("1900-01-01", "1899-12-30", "1904-01-01", "1970-01-01", "1753-01-01", "0001-01-01", "9999-12-31",
                "2099-12-31", "1800-01-01")
)  # fmt: skip
_ALONE = 3.0  # times the spread of the others that a number which is there once must be away


@dataclass(frozen=True)
class Sentinel(Check):
    """Value that stands for a missing one.

    Words such as ``n/a``, ``unknown`` and ``?`` are flagged wherever they are no usual value of their column, numbers
    such as -1, 0, 999 and -999, and days such as 1900-01-01, where they lie apart from all others. The suggestion is a
    missing cell, written ``""``. A word that is in more than ``most`` of the cells is an answer of its own: it gives a
    remark on the column. The score is low where the value is far from the others.

    Cost: one look at the distinct values of every column.
    """

    code: ClassVar[str] = "EM409"
    name: ClassVar[str] = "sentinel"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    most: float = option(
        0.05, help="Part of the cells from which on a word is a usual value of its column.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells that hold a stand-in."""
        assert inputs.cells is not None
        issues: list[Issue] = []
        remarks: list[Remark] = []
        for name, column in inputs.cells.items():
            counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
            words = _words(column)
            often = {code for code in words if counts[code] > self.most * counts.sum()}
            remarks += [_remark(name, column.values[code], counts, code) for code in sorted(often)]
            issues += _of_words(name, column, counts, [code for code in words if code not in often])
            if column.numbers is not None and not column.is_name:
                issues += _of_numbers(name, column, counts)
        return cell_findings(inputs.n_rows, issues, remarks=remarks)


def _words(column: CellColumn) -> list[int]:
    if column.is_typed:
        return []
    found = [code for code, value in enumerate(column.values) if is_stand_in(value)]
    return [code for code in found if not _looks_like_others(column, code)]


def _looks_like_others(column: CellColumn, code: int) -> bool:
    """Tell whether a word may be a code like the others, as UNK is that of an airport and NA that of a country."""
    form = pattern(column.values[code])
    return form.isalpha() and sum(pattern(value) == form for value in column.values) > len(column.values) / 2


def _of_words(name: str, column: CellColumn, counts: IntArray, codes: list[int]) -> Iterator[Issue]:
    rows = rows_by_code(column, codes)
    n_cells = int(counts.sum())
    for code in codes:
        value, count = column.values[code], int(counts[code])
        sure = 0.9 if column.kind != "word" or not is_also_an_answer(value) else 0.6
        reason = (
            f"'{value}' says that nothing is known; {count:,} of {n_cells:,} cells of '{name}' hold it. "
            "The suggestion is an empty cell."
        )
        for row in rows[code]:
            yield Issue(row, name, 1 - sure, reason, "", sure)


def _of_numbers(name: str, column: CellColumn, counts: IntArray) -> Iterator[Issue]:
    for one in _apart(column, counts):
        sure = 1 - 0.5 / (1 + one.gap * one.n_cells)
        reason = (
            f"'{column.values[one.value]}' stands apart in '{name}': nearly all others end at {_end(column, one)}, and "
            f"{one.n_cells:,} of {int(counts.sum()):,} cells hold it. It probably stands for a missing value; the "
            "suggestion is an empty cell."
        )
        for row in rows_by_code(column, [one.value])[one.value]:
            yield Issue(row, name, 1 - sure, reason, "", sure)


def _apart(column: CellColumn, counts: IntArray) -> list[Apart]:
    """Return the numbers that stand for nothing: apart from the others, and in fewer cells than they."""
    assert column.numbers is not None
    chosen = _chosen(column.numbers, column.kind == "date")
    found = [*standing_apart(column.numbers, counts, chosen), *_below_zero(column, counts)]
    few = [one for one in found if 2 * one.n_cells < counts.sum() and (one.n_cells > 1 or one.gap >= _ALONE)]
    return list({one.value: one for one in few}.values())


def _chosen(numbers: FloatArray, are_dates: bool) -> BoolArray:
    """Tell values that people choose to stand for nothing from any others."""
    if are_dates:
        return np.isin(np.floor(numbers), _EPOCHS)
    whole = np.nan_to_num(numbers) % 1 == 0
    return np.array(
        [
            bool(is_whole and _ROUND.fullmatch(f"{number:.0f}"))
            for number, is_whole in zip(numbers, whole, strict=True)
        ],
        dtype=bool,
    )


def _below_zero(column: CellColumn, counts: IntArray) -> Iterator[Apart]:
    """Yield -1 where it is there several times, and hardly anything else below zero."""
    assert column.numbers is not None
    numbers = column.numbers
    for value in np.flatnonzero(numbers == -1) if column.kind == "number" else ():
        below = int(counts[(numbers < 0) & (numbers != -1)].sum())
        often = int(counts[value])
        if often > 1 and often > 2 * below and np.nanmax(numbers) > 1:
            yield Apart(int(value), often, 0.0, 1.0)


def _end(column: CellColumn, one: Apart) -> str:
    return str(np.datetime64(int(one.edge), "D")) if column.kind == "date" else f"{one.edge:g}"


def _remark(name: str, value: str, counts: IntArray, code: int) -> Remark:
    share = counts[code] / counts.sum()
    return Remark(
        name,
        0.4,
        f"{int(counts[code]):,} of {int(counts.sum()):,} cells of '{name}' are '{value}' ({100 * share:.0f} %): if it "
        "stands for a missing value, leave the cell empty.",
    )
