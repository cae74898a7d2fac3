"""What there is to be looked at: each row and column that a check flags, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emendata.data import Dataset
from emendata.records import Findings, IntArray

if TYPE_CHECKING:
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
    found: dict[tuple[int, str | None], list[tuple[float, str, str, str, str | None, tuple[str, ...]]]] = {}
    for outcome in outcomes:
        if outcome.findings is None or outcome.check.severity != "issue":
            continue
        check, findings = outcome.check, outcome.findings
        for i in _places(check.name, findings):
            place = (int(findings.rows[i]), findings.columns[i])
            found.setdefault(place, []).append(
                (
                    float(findings.issue_scores[i]),
                    check.name,
                    check.title,
                    findings.reasons[i],
                    findings.suggestions[i],
                    findings.alternatives[i],
                )
            )
    items = [_item(row, column, sorted(said)) for (row, column), said in found.items()]
    return sorted(
        items, key=lambda item: (item.column != dataset.label, item.score, item.row, item.column or "")
    )


def _places(check: str, findings: Findings) -> Iterator[int]:
    for i, row in enumerate(findings.rows.tolist()):
        if check != "exact_duplicate" or any(other < row for other in findings.related[i]):
            yield i


def _item(
    row: int, column: str | None, said: list[tuple[float, str, str, str, str | None, tuple[str, ...]]]
) -> Item:
    best = next((one for one in said if one[4] is not None), None)
    return Item(
        row=row,
        column=column,
        score=said[0][0],
        check=said[0][1],
        reasons=tuple((title, reason) for _, _, title, reason, _, _ in said),
        suggested=None if best is None else best[4],
        alternatives=() if best is None else best[5],
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
