"""Dates that cannot be, or that their row, its neighbours or the column contradict."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import CellIssue, cell_findings, numbers_by_row
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.kernels.dates import date_parts, order_of, swapped_days, swapped_text
from emendata.kernels.order import around, usual_distance
from emendata.kernels.patterns import pattern
from emendata.records import Findings, IntArray

__all__ = ["DateOrder"]

_FEWEST = 20  # dates that tell what is usual
_ORDERED = 0.05  # of the spread of all dates: so near to the rows around it must a date usually be
_FAR, _FITS = 10.0, 3.0  # times the usual distance: what is away by so much, and what is where it should be
_A_FEW_DAYS = 3.0
_ALWAYS = 0.9  # part of the dates that a regularity must hold for
_WIDE = 1.0  # times the range of nine tenths of the dates, or a year, beyond its ends
_A_YEAR = 365.0


@dataclass(frozen=True)
class DateOrder(Check):
    """Date that cannot be right.

    Flagged are dates that the calendar does not have; dates with day and month in each other's place, where the rows
    around, another column of dates, a column of months, or a day of the month that all others share tell so; rows in
    which one date comes after another that it nearly always comes before; and dates far from all others. The suggestion
    is the date with day and month swapped, where that puts it right. The score is low where several of these agree.

    Cost: linear in the rows for each column of dates and each two of them.
    """

    code: ClassVar[str] = "EM407"
    name: ClassVar[str] = "date_order"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    ordered: float = option(
        0.97,
        help="Part of the rows in which one date must come before another for that to be a rule.",
        ge=0.5,
        le=1.0,
    )

    def find(self, inputs: Inputs) -> Findings:
        """Flag the dates that something contradicts."""
        assert inputs.cells is not None
        dates = {
            name: _Dates(name, column)
            for name, column in inputs.cells.items()
            if column.kind == "date" and column.numbers is not None
        }
        issues: list[CellIssue] = []
        rules: list[str] = []
        months = _months(inputs.cells)
        for found in dates.values():
            issues += found.impossible()
            if np.count_nonzero(~np.isnan(found.days)) >= _FEWEST:
                issues += [*found.misplaced(), *found.irregular(), *found.off_months(months), *found.far()]
        for one, other in combinations(dates.values(), 2):
            for first, second in ((one, other), (other, one)):
                if broken := self._rule(first, second):
                    rules.append(f"'{first.name}' before '{second.name}'")
                    issues += _after(first, second, broken[0], broken[1])
        return cell_findings(inputs.n_rows, issues, {"rules": rules})

    def _rule(self, first: "_Dates", second: "_Dates") -> tuple[IntArray, int] | None:
        """Return the rows in which one date comes after another, and of how many, if that is hardly ever so."""
        both = ~np.isnan(first.days) & ~np.isnan(second.days)
        later = both & (first.days > second.days)
        n, n_before = int(both.sum()), int((both & (first.days < second.days)).sum())
        is_rule = n >= _FEWEST and later.sum() <= (1 - self.ordered) * n and n_before >= n / 2
        return (np.flatnonzero(later), n) if is_rule and later.any() else None


class _Dates:
    """A column of dates by rows, with what each would be with day and month swapped."""

    def __init__(self, name: str, column: CellColumn) -> None:
        assert column.numbers is not None
        self.name, self.column = name, column
        self.days = numbers_by_row(column)
        self.swapped = swapped_days(self.days)
        self.order = "ymd" if column.is_typed else order_of(column.values, column.numbers)

    def impossible(self) -> Iterator[CellIssue]:
        """Yield the cells that would be dates if the calendar had them."""
        if self.order is None or self.column.is_typed:
            return
        assert self.column.numbers is not None
        unread = np.flatnonzero(np.isnan(self.column.numbers))
        shapes = {
            pattern(text)
            for text, day in zip(self.column.values, self.column.numbers, strict=True)
            if day == day
        }
        written_alike = [int(code) for code in unread if pattern(self.column.values[code]) in shapes]
        suggested = {code: self.turned(code) for code in written_alike}
        for row in np.flatnonzero(np.isin(self.column.codes, [c for c, text in suggested.items() if text])):
            code = int(self.column.codes[row])
            reason = f"There is no day '{self.column.values[code]}'; with day and month swapped there is."
            yield CellIssue(int(row), self.name, 0.02, reason, suggested[code], 0.97)

    def misplaced(self) -> Iterator[CellIssue]:
        """Yield the dates that lie among others in their order once they are swapped."""
        near = around(self.days)
        usual = max(usual_distance(self.days, near, 0.9), 0.5)
        low, high = np.nanquantile(self.days, [0.1, 0.9])
        if usual > _ORDERED * (high - low):
            return
        away = np.abs(self.days - near) > _FAR * usual + _A_FEW_DAYS
        for row in np.flatnonzero(away & (np.abs(self.swapped - near) <= _FITS * usual)):
            yield self.issue(row, 0.95, "the rows around it are of the days around '{}'")

    def irregular(self) -> Iterator[CellIssue]:
        """Yield the dates that fall on the day of the month on which all others do once they are swapped."""
        _, month, day = date_parts(self.days)
        counts = np.bincount(day, minlength=32)[1:]
        usual = int(counts.argmax()) + 1
        share = counts[usual - 1] / counts.sum()
        if share < _ALWAYS:
            return
        for row in np.flatnonzero((day != usual) & (day > 0) & (month == usual) & ~np.isnan(self.swapped)):
            yield self.issue(
                row, share, f"{100 * share:.0f} % of the dates are of day {usual} of a month, as '{{}}' is"
            )

    def off_months(self, months: dict[str, IntArray]) -> Iterator[CellIssue]:
        """Yield the dates of another month than a column says, which is that of the swapped date."""
        _, month, day = date_parts(self.days)
        for name, said in months.items():
            both = (month > 0) & (said > 0)
            if both.sum() < _FEWEST or np.mean((month == said)[both]) < _ALWAYS:
                continue
            other = both & (month != said)
            told = other & (day == said) & ~np.isnan(self.swapped)
            if 2 * told.sum() <= other.sum():
                continue  # in another time zone a day may be in another month
            for row in np.flatnonzero(told):
                yield self.issue(row, 0.97, f"'{name}' says {said[row]}, which is the month of '{{}}'")

    def far(self) -> Iterator[CellIssue]:
        """Yield the dates far outside the range of nearly all."""
        low, high = np.nanquantile(self.days, [0.05, 0.95])
        width = max(high - low, _A_YEAR)
        outside = (self.days < low - _WIDE * width) | (self.days > high + _WIDE * width)
        if np.mean(outside) > 1 - _ALWAYS:
            return
        for row in np.flatnonzero(outside):
            text = self.text(row)
            reason = f"'{text}' in '{self.name}' is far from all others: nine of ten are from {_day(low)} to {_day(high)}."
            yield CellIssue(int(row), self.name, 0.2, reason)

    def issue(self, row: np.integer, sure: float, why: str) -> CellIssue:
        """Return an issue whose suggestion is the date with day and month swapped."""
        turned = self.turned(int(self.column.codes[row]))
        shown = turned or _day(float(self.swapped[row]))
        reason = (
            f"'{self.text(row)}' in '{self.name}' probably has day and month swapped: {why.format(shown)}."
        )
        return CellIssue(int(row), self.name, 1 - sure, reason, turned, sure if turned else np.nan)

    def text(self, row: np.integer) -> str:
        """Return a cell as it stands there."""
        return self.column.values[int(self.column.codes[row])]

    def turned(self, code: int) -> str | None:
        """Return a value with day and month swapped."""
        return swapped_text(self.column.values[code], self.order) if self.order else None


def _months(cells: dict[str, CellColumn]) -> dict[str, IntArray]:
    """Return the columns of whole numbers from 1 to 12, 0 where a cell is missing."""
    found = {}
    for name, column in cells.items():
        if column.kind == "number" and column.numbers is not None:
            numbers = numbers_by_row(column)
            there = numbers[~np.isnan(numbers)]
            if len(there) and there.max() == 12 and there.min() == 1 and np.all(there % 1 == 0):
                found[name] = np.nan_to_num(numbers).astype(np.int64)
    return found


def _after(first: _Dates, second: _Dates, rows: IntArray, n: int) -> Iterator[CellIssue]:
    """Yield the rows in which dates stand the wrong way round, in the column that swapping puts right, if one is."""
    gaps = second.days - first.days
    usual = np.nanquantile(gaps[gaps >= 0], 0.99)
    for row in rows:
        said = (
            f"'{first.name}' is '{first.text(row)}' and '{second.name}' is '{second.text(row)}': it comes first in all but "
            f"{len(rows):,} of {n:,} rows"
        )
        fixed = [
            dates
            for dates, gap in (
                (first, second.days[row] - first.swapped[row]),
                (second, second.swapped[row] - first.days[row]),
            )
            if 0 <= gap <= usual and dates.turned(int(dates.column.codes[row]))
        ]
        if len(fixed) == 1:
            turned = fixed[0].turned(int(fixed[0].column.codes[row]))
            reason = f"{said}. With day and month of '{fixed[0].name}' swapped it does here."
            yield CellIssue(int(row), fixed[0].name, 0.05, reason, turned, 0.9)
        else:
            yield CellIssue(int(row), second.name, 0.3, f"{said}.")


def _day(days: float) -> str:
    return str(np.datetime64(int(days), "D"))
