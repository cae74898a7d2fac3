"""What several checks say of the same cell, made into one decision."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from emendata.kernels.candidates import Candidate, ranked
from emendata.pipeline.run import Outcome
from emendata.records import Findings

__all__ = ["CELL_CHECKS", "CellError", "cell_errors"]

CELL_CHECKS = (
    "mixed_types",
    "rare_pattern",
    "typo",
    "broken_dependency",
    "date_order",
    "unit_error",
    "sentinel",
    "unlikely_cell",
)
"""Checks whose suggestions are values of cells, "" for a missing one."""


class CellError(NamedTuple):
    """One suspicious cell: what it should be, how probable that is, and which checks say so, the surest first."""

    row: int
    column: str
    score: float
    suggestion: str | None
    probability: float
    alternatives: tuple[str, ...]
    checks: tuple[str, ...]
    reason: str


def cell_errors(outcomes: Sequence[Outcome]) -> list[CellError]:
    """Return one decision a cell that any check flagged, by rows.

    Suggestions on which checks agree gain by it; all others are alternatives, the most probable first.
    """
    found: dict[tuple[int, str], list[tuple[str, Findings, int]]] = {}
    by_name = {o.check.name: o.findings for o in outcomes if o.findings is not None}
    for name in CELL_CHECKS:
        if (findings := by_name.get(name)) is not None:
            for i, (row, column) in enumerate(zip(findings.rows.tolist(), findings.columns, strict=True)):
                if column is not None:
                    found.setdefault((row, column), []).append((name, findings, i))
    return [_decided(place, said) for place, said in sorted(found.items(), key=lambda item: item[0])]


def _decided(place: tuple[int, str], said: Sequence[tuple[str, Findings, int]]) -> CellError:
    said = sorted(said, key=lambda one: float(one[1].issue_scores[one[2]]))
    order = ranked(
        [
            candidate
            for _, findings, i in said
            for candidate in _candidates(
                findings.suggestions[i], float(findings.probabilities[i]), findings.alternatives[i]
            )
        ]
    )
    best = order[0] if order else Candidate(None, math.nan)
    of_best = [one for one in said if one[1].suggestions[one[2]] == best.value] or said
    return CellError(
        *place,
        score=min(float(findings.issue_scores[i]) for _, findings, i in said),
        suggestion=best.value,
        probability=best.probability,
        alternatives=tuple(one.value for one in order[1:] if one.value is not None),
        checks=tuple(name for name, _, _ in said),
        reason=of_best[0][1].reasons[of_best[0][2]],
    )


def _candidates(suggestion: str | None, probability: float, others: Sequence[str]) -> list[Candidate]:
    if suggestion is None:
        return []
    known = 0.5 if math.isnan(probability) else probability
    return [
        Candidate(suggestion, known),
        *(Candidate(o, (1 - known) / (2 + i)) for i, o in enumerate(others)),
    ]
