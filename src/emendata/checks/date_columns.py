"""A column of dates, and which of them something contradicts: the calendar, the rows around or another column."""

from collections.abc import Iterator, Mapping

import numpy as np

from emendata.checks.cell_issues import numbers_by_row
from emendata.checks.inputs import CellColumn
from emendata.checks.issues import Issue
from emendata.kernels.dates import date_parts, order_of, swapped_days, swapped_text
from emendata.kernels.order import around, usual_distance
from emendata.kernels.patterns import pattern
from emendata.records import IntArray

__all__ = ["FEWEST_DATES", "DateColumn", "months_in"]

FEWEST_DATES = 20
"""Dates that tell what is usual."""

_ORDERED = 0.05  # of the spread of all dates: so near to the rows around it must a date usually be
_FAR, _FITS = 10.0, 3.0  # times the usual distance: what is away by so much, and what is where it should be
_A_FEW_DAYS = 3.0
_ALWAYS = 0.9  # part of the dates that a regularity must hold for
_WIDE = 1.0  # times the range of nine tenths of the dates, or a year, beyond its ends
_A_YEAR = 365.0


class DateColumn:
    """A column of dates by rows, with what each would be with day and month swapped."""

    def __init__(self, name: str, column: CellColumn) -> None:
        assert column.numbers is not None
        self.name, self.column = name, column
        self.days = numbers_by_row(column)
        self.swapped = swapped_days(self.days)
        self.order = "ymd" if column.is_typed else order_of(column.values, column.numbers)

    def impossible(self) -> Iterator[Issue]:
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
        written_alike = [code for code in unread.tolist() if pattern(self.column.values[code]) in shapes]
        suggested = {code: self.turned(code) for code in written_alike}
        told = [code for code, text in suggested.items() if text]
        for row in np.flatnonzero(np.isin(self.column.codes, told)).tolist():
            code = int(self.column.codes[row])
            reason = f"There is no day '{self.column.values[code]}'; with day and month swapped there is."
            yield Issue(row, self.name, 0.02, reason, suggested[code], 0.97)

    def misplaced(self) -> Iterator[Issue]:
        """Yield the dates that lie among others in their order once they are swapped."""
        near = around(self.days)
        usual = max(usual_distance(self.days, near, 0.9), 0.5)
        low, high = np.nanquantile(self.days, [0.1, 0.9])
        if usual > _ORDERED * (high - low):
            return
        away = np.abs(self.days - near) > _FAR * usual + _A_FEW_DAYS
        for row in np.flatnonzero(away & (np.abs(self.swapped - near) <= _FITS * usual)):
            yield self.issue(row, 0.95, "the rows around it are of the days around '{}'")

    def irregular(self) -> Iterator[Issue]:
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

    def off_months(self, months: dict[str, IntArray]) -> Iterator[Issue]:
        """Yield the dates of another month than a column says, which is that of the swapped date."""
        _, month, day = date_parts(self.days)
        for name, said in months.items():
            both = (month > 0) & (said > 0)
            if both.sum() < FEWEST_DATES or np.mean((month == said)[both]) < _ALWAYS:
                continue
            other = both & (month != said)
            told = other & (day == said) & ~np.isnan(self.swapped)
            if 2 * told.sum() <= other.sum():
                continue  # in another time zone a day may be in another month
            for row in np.flatnonzero(told):
                yield self.issue(row, 0.97, f"'{name}' says {said[row]}, which is the month of '{{}}'")

    def far(self) -> Iterator[Issue]:
        """Yield the dates far outside the range of nearly all."""
        low, high = np.nanquantile(self.days, [0.05, 0.95])
        width = max(high - low, _A_YEAR)
        outside = (self.days < low - _WIDE * width) | (self.days > high + _WIDE * width)
        if np.mean(outside) > 1 - _ALWAYS:
            return
        for row in np.flatnonzero(outside):
            text = self.text(row)
            span = f"{_day(low)} to {_day(high)}"
            reason = f"'{text}' in '{self.name}' is far from all others: nine of ten are from {span}."
            yield Issue(int(row), self.name, 0.2, reason)

    def issue(self, row: np.integer, sure: float, why: str) -> Issue:
        """Return an issue whose suggestion is the date with day and month swapped."""
        turned = self.turned(int(self.column.codes[row]))
        shown = turned or _day(float(self.swapped[row]))
        reason = (
            f"'{self.text(row)}' in '{self.name}' probably has day and month swapped: {why.format(shown)}."
        )
        return Issue(int(row), self.name, 1 - sure, reason, turned, sure if turned else np.nan)

    def text(self, row: np.integer) -> str:
        """Return a cell as it stands there."""
        return self.column.values[int(self.column.codes[row])]

    def turned(self, code: int) -> str | None:
        """Return a value with day and month swapped."""
        return swapped_text(self.column.values[code], self.order) if self.order else None


def months_in(cells: Mapping[str, CellColumn]) -> dict[str, IntArray]:
    """Return the columns of whole numbers from 1 to 12, 0 where a cell is missing."""
    found = {}
    for name, column in cells.items():
        if column.kind == "number" and column.numbers is not None:
            numbers = numbers_by_row(column)
            there = numbers[~np.isnan(numbers)]
            if len(there) and there.max() == 12 and there.min() == 1 and np.all(there % 1 == 0):
                found[name] = np.nan_to_num(numbers).astype(np.int64)
    return found


def _day(days: float) -> str:
    return str(np.datetime64(int(days), "D"))
