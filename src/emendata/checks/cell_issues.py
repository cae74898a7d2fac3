"""What checks of cells share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from emendata.checks.inputs import CellColumn
from emendata.checks.issues import Issue, findings_of_issues
from emendata.records import Findings, FloatArray, Json, Remark

__all__ = ["cell_findings", "listed", "numbers_by_row", "rows_by_code"]

_SHOWN = 5


def cell_findings(
    n_rows: int,
    issues: Iterable[Issue],
    facts: Mapping[str, Json] | None = None,
    remarks: Sequence[Remark] | None = None,
) -> Findings:
    """Return findings in which a row has the score of its worst cell, 1 where no cell is suspicious."""
    found = findings_of_issues(np.ones(n_rows), issues, remarks=remarks)
    return replace(found, facts={"cells_per_column": dict(Counter(found.columns)), **(facts or {})})


def rows_by_code(column: CellColumn, codes: Sequence[int]) -> Mapping[int, list[int]]:
    """Return the rows that have each of some codes."""
    rows = np.flatnonzero(np.isin(column.codes, codes))
    found: dict[int, list[int]] = defaultdict(list)
    for row, code in zip(rows.tolist(), column.codes[rows].tolist(), strict=True):
        found[code].append(row)
    return found


def numbers_by_row(column: CellColumn) -> FloatArray:
    """Return the number in each row of a column, NaN where there is none."""
    if column.numbers is None:
        return np.full(len(column.codes), np.nan)
    found: FloatArray = np.append(column.numbers, np.nan)[column.codes]
    return found


def listed(names: Sequence[str]) -> str:
    """Return names in quotes, the first five of them.

    Examples
    --------
    >>> listed(["city", "zip"])
    "'city' and 'zip'"
    """
    shown = [f"'{name}'" for name in names[:_SHOWN]]
    if len(names) > _SHOWN:
        return f"{', '.join(shown)} and {len(names) - _SHOWN} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
