"""What a check says of single columns of rows, put together as findings."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.records import Findings, Json, Remark

__all__ = ["Issue", "findings_of_issues"]


class Issue(NamedTuple):
    """One suspicious cell or item; ``score`` is low where it is bad, ``alternatives`` are the next best suggestions."""

    row: int
    column: str
    score: float
    reason: str
    suggestion: str | None = None
    probability: float = math.nan
    alternatives: tuple[str, ...] = ()
    related: tuple[int, ...] = ()


def findings_of_issues(
    scores: npt.ArrayLike,
    issues: Iterable[Issue],
    *,
    facts: Mapping[str, Json] | None = None,
    remarks: Sequence[Remark] | None = None,
) -> Findings:
    """Return findings in which a row has the score of its worst issue.

    Parameters
    ----------
    scores : array of shape (n,)
        Of the rows but for their issues; NaN where there was nothing to judge.
    issues : iterable of Issue
        In any order. Of several of one row and column the worst stays.
    """
    worst: dict[tuple[int, str], Issue] = {}
    for issue in issues:
        place = (issue.row, issue.column)
        if place not in worst or issue.score < worst[place].score:
            worst[place] = issue
    ordered = [worst[place] for place in sorted(worst)]
    rows = np.array([issue.row for issue in ordered], np.int64)
    of_issues = np.array([issue.score for issue in ordered], np.float32)
    of_rows = np.array(scores, dtype=np.float32)
    np.fmin.at(of_rows, rows, of_issues)
    return Findings.of(
        of_rows,
        rows,
        [issue.reason for issue in ordered],
        columns=[issue.column for issue in ordered],
        suggestions=[issue.suggestion for issue in ordered],
        probabilities=[issue.probability for issue in ordered],
        alternatives=[issue.alternatives for issue in ordered],
        related=[issue.related for issue in ordered],
        issue_scores=of_issues,
        facts=facts,
        remarks=remarks,
    )
