"""Cells of another type than their column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import cell_findings, rows_by_code
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.issues import Issue
from emendata.kernels.dates import in_order, order_of
from emendata.kernels.numerals import Numeral, as_numeral
from emendata.kernels.stand_ins import is_stand_in
from emendata.records import Findings, IntArray

__all__ = ["MixedTypes"]

_PLAIN = re.compile(r"\s*[+-]?\d+([.,]\d+)?\s*")
_WHAT = {"number": "numbers", "date": "dates", "word": "words"}


@dataclass(frozen=True)
class MixedTypes(Check):
    """Cell of another type than its column.

    A column of texts in which nearly all cells are numbers, or nearly all dates, has the others flagged; so has a
    column of words that come again the few cells that are plain numbers. Where a cell can only be one number, such as
    ``12 kg``, ``1,234.5``, ``3,5`` or ``l2``, that is the suggestion. Words that stand for a missing value are left to
    another check. The score is the part of the cells that are of the cell's type.

    Cost: one look at the distinct values of every column of texts.
    """

    code: ClassVar[str] = "EM403"
    name: ClassVar[str] = "mixed_types"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    most: float = option(
        0.1,
        help="Part of the cells that may be of another type; if more are, the column is of none.",
        ge=0.0,
        le=0.5,
    )

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells that are not of the type of nearly all others in their column."""
        assert inputs.cells is not None
        issues: list[Issue] = []
        for name, column in inputs.cells.items():
            if not column.is_typed:
                counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
                codes = _strangers(column, counts)
                if 0 < counts[codes].sum() <= self.most * counts.sum():
                    issues += _issues(name, column, counts, codes)
        return cell_findings(inputs.n_rows, issues)


def _strangers(column: CellColumn, counts: IntArray) -> list[int]:
    if column.numbers is not None:
        others = np.flatnonzero(np.isnan(column.numbers)).tolist()
        return [code for code in others if not is_stand_in(column.values[code])]
    plain = [code for code, value in enumerate(column.values) if _PLAIN.fullmatch(value)]
    repeats = counts.sum() >= 5 * len(column.values)
    with_digits = sum(any(letter.isdigit() for letter in value) for value in column.values)
    return plain if repeats and with_digits == len(plain) else []


def _meant(value: str, column: CellColumn, known: set[float], order: str | None) -> Numeral | None:
    if column.kind == "number":
        return as_numeral(value, known)
    if order is None:
        return None
    assert column.numbers is not None
    like = column.values[int(np.flatnonzero(~np.isnan(column.numbers))[0])]
    text = in_order(value, order, like)
    return None if text is None else Numeral(text, 0.95, "the same day, written as the others are")


def _issues(name: str, column: CellColumn, counts: IntArray, codes: list[int]) -> Iterator[Issue]:
    rows = rows_by_code(column, codes)
    n_cells, n_strange = int(counts.sum()), int(counts[codes].sum())
    share = n_strange / n_cells
    order = (
        order_of(column.values, column.numbers)
        if column.kind == "date" and column.numbers is not None
        else None
    )
    known = set(column.numbers[~np.isnan(column.numbers)].tolist()) if column.numbers is not None else set()
    for code in codes:
        value = column.values[code]
        meant = _meant(value, column, known, order)
        kind = f"no {_WHAT[column.kind][:-1]}" if column.kind != "word" else "a number"
        reason = (
            f"'{value}' is {kind}; {n_cells - n_strange:,} of {n_cells:,} cells of '{name}' are "
            f"{_WHAT[column.kind]}."
        )
        if meant is not None:
            reason += f" It reads as {meant.text}: {meant.why}."
        for row in rows[code]:
            yield Issue(
                row,
                name,
                share,
                reason,
                None if meant is None else meant.text,
                np.nan if meant is None else meant.probability,
            )
