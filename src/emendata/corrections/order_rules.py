"""Which dates come before a corrected one, or after it, without an exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.infer import with_dates

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["dates_before"]


def dates_before(
    column: str, table: pa.Table, behind: Mapping[str, set[str]], outcomes: Sequence[Outcome]
) -> list[str]:
    """Return the columns of dates that never come after those of a column, as an audit found but for some rows.

    Parameters
    ----------
    column : str
    table : pyarrow.Table
        The corrected rows.
    behind : mapping of str to set of str
        For each column the checks that asked for the changes in it: one of the two columns must have had its dates
        mended.
    outcomes : sequence of Outcome
    """
    orders = [
        one["before"]
        for outcome in outcomes
        if outcome.check.name == "date_order" and outcome.findings is not None
        for one in outcome.findings.facts.get("orders", ())
        if one["after"] == column
    ]
    mended = {name for name, checks in behind.items() if "date_order" in checks}
    return [before for before in orders if mended & {before, column} and _is_ordered(table, before, column)]


def _is_ordered(table: pa.Table, before: str, after: str) -> bool:
    """Tell whether both are dates that all tools read alike, and no row has them the wrong way round."""
    if not {before, after} <= set(table.column_names):
        return False
    first, second = (_as_times(table[name]) for name in (before, after))
    if first is None or second is None:
        return False
    return bool(pc.all(pc.less_equal(first, second), min_count=1).as_py())


def _as_times(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    read = with_dates(values) if kinds.is_string(values.type) else values
    if not (kinds.is_timestamp(read.type) or kinds.is_date(read.type)):
        return None
    return pc.cast(read, pa.timestamp("us"), safe=False)
