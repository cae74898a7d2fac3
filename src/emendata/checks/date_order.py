"""Dates that cannot be, or that their row, its neighbours or the column contradict."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import cell_findings
from emendata.checks.check import Check, option
from emendata.checks.date_columns import FEWEST_DATES, DateColumn, months_in
from emendata.checks.inputs import Inputs
from emendata.checks.issues import Issue
from emendata.records import Findings, IntArray

__all__ = ["DateOrder"]


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
            name: DateColumn(name, column)
            for name, column in inputs.cells.items()
            if column.kind == "date" and column.numbers is not None
        }
        issues: list[Issue] = []
        orders: list[dict[str, str]] = []
        months = months_in(inputs.cells)
        for found in dates.values():
            issues += found.impossible()
            if np.count_nonzero(~np.isnan(found.days)) >= FEWEST_DATES:
                issues += [*found.misplaced(), *found.irregular(), *found.off_months(months), *found.far()]
        for one, other in combinations(dates.values(), 2):
            for first, second in ((one, other), (other, one)):
                if broken := self._rule(first, second):
                    orders.append({"before": first.name, "after": second.name})
                    issues += _after(first, second, broken[0], broken[1])
        return cell_findings(inputs.n_rows, issues, {"orders": orders})

    def _rule(self, first: "DateColumn", second: "DateColumn") -> tuple[IntArray, int] | None:
        """Return the rows in which one date comes after another, and of how many, if that is hardly ever so."""
        both = ~np.isnan(first.days) & ~np.isnan(second.days)
        later = both & (first.days > second.days)
        n, n_before = int(both.sum()), int((both & (first.days < second.days)).sum())
        is_rule = n >= FEWEST_DATES and later.sum() <= (1 - self.ordered) * n and n_before >= n / 2
        return (np.flatnonzero(later), n) if is_rule and later.any() else None


def _after(first: DateColumn, second: DateColumn, rows: IntArray, n: int) -> Iterator[Issue]:
    """Yield the rows in which dates stand the wrong way round, in the column that swapping puts right, if one is."""
    gaps = second.days - first.days
    usual = np.nanquantile(gaps[gaps >= 0], 0.99)
    for row in rows:
        said = (
            f"'{first.name}' is '{first.text(row)}' and '{second.name}' is '{second.text(row)}': it comes first in all "
            f"but {len(rows):,} of {n:,} rows"
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
            yield Issue(int(row), fixed[0].name, 0.05, reason, turned, 0.9)
        else:
            yield Issue(int(row), second.name, 0.3, f"{said}.")
