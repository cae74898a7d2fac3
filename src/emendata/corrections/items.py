"""What there is to be looked at: each row and column that a check flags, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from emendata.data import Dataset
from emendata.records import Findings, IntArray

if TYPE_CHECKING:
    from emendata.checks import Check
    from emendata.pipeline import Outcome

__all__ = ["Item", "find_items", "twins_of"]

_COPIES = (
    "exact_duplicate",
    "near_duplicate",
    "near_duplicate_text",
    "perceptual_duplicate",
    "duplicate_recording",
)


@dataclass(frozen=True)
class Item:
    """A row and a column, None for the whole row, and what checks say of it, the worst first.

    ``reasons`` are pairs of a check's title and its sentence; ``suggested`` is the first suggestion there is.
    """

    row: int
    column: str | None
    score: float
    check: str
    reasons: tuple[tuple[str, str], ...]
    suggested: str | None
    alternatives: tuple[str, ...]


def find_items(dataset: Dataset, outcomes: Sequence[Outcome]) -> list[Item]:
    """Return everything that checks of errors flag, labels first, then by score.

    Of identical rows the first is left alone, since something must stay.
    """
    found: dict[tuple[int, str | None], list[Item]] = {}
    for outcome in outcomes:
        if outcome.findings is not None and outcome.check.severity == "issue":
            for item in _items(outcome.check, outcome.findings):
                found.setdefault((item.row, item.column), []).append(item)
    label = dataset.label
    return sorted(
        map(_joined, found.values()),
        key=lambda item: (item.column != label, item.score, item.row, item.column or ""),
    )


def _items(check: Check, findings: Findings) -> Iterator[Item]:
    title, scores = check.title, findings.issue_scores.tolist()
    for i, row in enumerate(findings.rows.tolist()):
        if check.name == "exact_duplicate" and not any(other < row for other in findings.related[i]):
            continue  # the first of them
        yield Item(
            row=row,
            column=findings.columns[i],
            score=scores[i],
            check=check.name,
            reasons=((title, findings.reasons[i]),),
            suggested=findings.suggestions[i],
            alternatives=findings.alternatives[i],
        )


def _joined(items: list[Item]) -> Item:
    """Return what several checks say of one place as one item."""
    if len(items) == 1:
        return items[0]
    said = sorted(items, key=lambda item: (item.score, item.check))
    best = next((item for item in said if item.suggested is not None), said[0])
    return replace(
        said[0],
        reasons=tuple(reason for item in said for reason in item.reasons),
        suggested=best.suggested,
        alternatives=best.alternatives,
    )


def twins_of(outcomes: Sequence[Outcome], codes: IntArray | None) -> dict[int, tuple[int, ...]]:
    """Return for each row those that are the same or nearly so and carry the same label, which one answer settles."""
    twins: dict[int, set[int]] = {}
    for outcome in outcomes:
        if outcome.findings is None or outcome.check.name not in _COPIES:
            continue
        for row, related in zip(outcome.findings.rows.tolist(), outcome.findings.related, strict=True):
            same = {other for other in related if codes is None or codes[other] == codes[row]}
            twins.setdefault(row, set()).update(same - {row})
    return {row: tuple(sorted(others)) for row, others in twins.items() if others}
