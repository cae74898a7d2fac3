"""What a check finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from emendata.records.words import Float32Array, IntArray, Json

__all__ = [
    "PER_ISSUE",
    "Findings",
    "Remark",
]

PER_ISSUE = (
    "reasons",
    "columns",
    "suggestions",
    "probabilities",
    "related",
    "issue_scores",
    "alternatives",
)
"""The fields of `Findings` that are parallel to its rows."""


@dataclass(frozen=True)
class Remark:
    """Something to be said of a whole column, or of the dataset where ``column`` is None; a low score is bad."""

    column: str | None
    score: float
    reason: str


@dataclass(frozen=True)
class Findings:
    """What one check found: a score for every row and the details of the flagged ones.

    ``rows`` is ascending; what `PER_ISSUE` names is parallel to it. A row may stand there more than once, with another
    column each time; its score is then that of its worst issue. ``columns`` names the column that an issue is about,
    None for the whole row. ``alternatives`` are further values beside the suggestion, the best first. ``related`` lists
    other rows that belong to the finding, such as the twins of a duplicate. ``remarks`` are about no single row.
    """

    scores: Float32Array
    rows: IntArray
    reasons: tuple[str, ...]
    columns: tuple[str | None, ...]
    suggestions: tuple[str | None, ...]
    probabilities: Float32Array
    related: tuple[tuple[int, ...], ...]
    issue_scores: Float32Array
    alternatives: tuple[tuple[str, ...], ...]
    facts: Mapping[str, Json] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def of(
        cls,
        scores: npt.ArrayLike,
        rows: npt.ArrayLike,
        reasons: list[str],
        *,
        column: str | None = None,
        columns: Sequence[str | None] | None = None,
        suggestions: Sequence[str | None] | None = None,
        probabilities: npt.ArrayLike | None = None,
        related: Sequence[tuple[int, ...]] | None = None,
        issue_scores: npt.ArrayLike | None = None,
        alternatives: Sequence[tuple[str, ...]] | None = None,
        facts: Mapping[str, Json] | None = None,
        remarks: Sequence[Remark] | None = None,
    ) -> "Findings":
        """Fill in what a check left out: ``column`` stands for all issues, an issue's score is that of its row."""
        flagged = np.asarray(rows, dtype=np.int64)
        of_rows = np.asarray(scores, dtype=np.float32)
        n = len(flagged)
        return cls(
            scores=of_rows,
            rows=flagged,
            reasons=tuple(reasons),
            columns=tuple(columns) if columns is not None else (column,) * n,
            suggestions=tuple(suggestions) if suggestions is not None else (None,) * n,
            probabilities=np.full(n, np.nan, np.float32)
            if probabilities is None
            else np.asarray(probabilities, dtype=np.float32),
            related=tuple(related) if related is not None else ((),) * n,
            issue_scores=of_rows[flagged]
            if issue_scores is None
            else np.asarray(issue_scores, dtype=np.float32),
            alternatives=tuple(alternatives) if alternatives is not None else ((),) * n,
            facts=facts or {},
            remarks=tuple(remarks or ()),
        )
