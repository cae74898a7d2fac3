"""What checks of cells say, put together as findings."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from emendata.checks.inputs import CellColumn
from emendata.records import Findings, FloatArray, Json, Remark

__all__ = ["CellIssue", "cell_findings", "listed", "numbers_by_row", "rows_by_code"]

_SHOWN = 5


class CellIssue(NamedTuple):
    """One suspicious cell; ``score`` is low where it is bad, ``alternatives`` are the next best suggestions."""

    row: int
    column: str
    score: float
    reason: str
    suggestion: str | None = None
    probability: float = math.nan
    alternatives: tuple[str, ...] = ()


def cell_findings(
    n_rows: int,
    issues: Iterable[CellIssue],
    facts: Mapping[str, Json] | None = None,
    remarks: Sequence[Remark] | None = None,
) -> Findings:
    """Return findings in which a row has the score of its worst cell, 1 where no cell is suspicious.

    Of several issues of one cell the worst stays.
    """
    worst: dict[tuple[int, str], CellIssue] = {}
    for issue in issues:
        place = (issue.row, issue.column)
        if place not in worst or issue.score < worst[place].score:
            worst[place] = issue
    ordered = sorted(worst.values(), key=lambda issue: (issue.row, issue.column))
    of_issues = np.array([issue.score for issue in ordered], np.float32)
    rows = np.array([issue.row for issue in ordered], np.int64)
    scores = np.ones(n_rows, np.float32)
    np.minimum.at(scores, rows, of_issues)
    counts: dict[str, int] = {}
    for issue in ordered:
        counts[issue.column] = counts.get(issue.column, 0) + 1
    return Findings.of(
        scores,
        rows,
        [issue.reason for issue in ordered],
        columns=[issue.column for issue in ordered],
        suggestions=[issue.suggestion for issue in ordered],
        probabilities=[issue.probability for issue in ordered],
        alternatives=[issue.alternatives for issue in ordered],
        issue_scores=of_issues,
        facts={"cells_per_column": counts, **(facts or {})},
        remarks=remarks,
    )


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
