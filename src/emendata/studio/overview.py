"""The overview: how much looks wrong, how sure that is, and where to begin."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from emendata.records import Summary
from emendata.reports import to_document
from emendata.reports.headline import besides, headline, how_sure
from emendata.studio.context import OpenDesk
from emendata.studio.decisions import Progress, progress_of
from emendata.studio.desk import Desk

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["overview"])

_SECONDS_A_ROW = 8
_EXAMPLES = 5
_MOST_FLOWS = 400


class Lead(BaseModel):
    """A place to begin: the rows that ``where`` chooses, some of which are shown; ``bulk``: fix many at once."""

    title: str
    text: str
    n: int
    where: list[str]
    rows: list[int]
    bulk: bool


class ClassOut(BaseModel):
    """A class: its rows, how many of them are flagged, and the mean of their scores, low = bad."""

    name: str
    n_rows: int
    n_flagged: int
    mean_score: float | None
    most_suggested: str | None


class FlowOut(BaseModel):
    """Flagged rows of one given label for which one other label is suggested."""

    given: str
    suggested: str
    n_rows: int


class CheckOut(BaseModel):
    """What became of a check."""

    code: str
    name: str
    title: str
    severity: str
    status: str
    n_flagged: int
    message: str
    remarks: list[str]


class EstimateOut(BaseModel):
    """How many labels are wrong, at least and at most; ``n_reviewed`` of them were looked at."""

    low: int
    high: int
    n_labeled: int
    n_reviewed: int


class ModelOut(BaseModel):
    """A model and how often it says what the label says."""

    title: str
    accuracy: float
    weight: float


class Overview(BaseModel):
    """Everything that the overview shows. ``seconds`` is how long a look at all open rows takes, at eight a row."""

    name: str
    n_rows: int
    n_labeled: int
    n_flagged: int
    label: str | None
    task: str
    headline: str
    besides: str
    how_sure: str
    estimate: EstimateOut | None
    seconds: int
    progress: Progress
    leads: list[Lead]
    classes: list[ClassOut]
    flows: list[FlowOut]
    checks: list[CheckOut]
    models: list[ModelOut]
    notes: list[str]


@router.get("/overview")
def overview(desk: OpenDesk) -> Overview:
    """Return what the audit found, in numbers."""
    with desk.ready():
        summary = desk.audit.summary
        progress = progress_of(desk)
        estimate = summary.estimate
        return Overview(
            name=summary.name,
            n_rows=summary.n_rows,
            n_labeled=summary.n_labeled,
            n_flagged=summary.n_flagged,
            label=summary.label,
            task=summary.task.value,
            headline=headline(summary),
            besides=besides(summary),
            how_sure=how_sure(summary),
            estimate=None
            if estimate is None
            else EstimateOut(
                low=estimate.low,
                high=estimate.high,
                n_labeled=estimate.n_labeled,
                n_reviewed=estimate.n_reviewed,
            ),
            seconds=progress.n_open * _SECONDS_A_ROW,
            progress=progress,
            leads=_leads(desk, summary),
            classes=[
                ClassOut(
                    name=one.name,
                    n_rows=one.n_rows,
                    n_flagged=one.n_flagged,
                    mean_score=one.mean_score,
                    most_suggested=one.most_suggested,
                )
                for one in summary.classes
            ],
            flows=[
                FlowOut(given=flow.given, suggested=flow.suggested, n_rows=flow.n_rows)
                for flow in summary.flows[:_MOST_FLOWS]
            ],
            checks=[
                CheckOut(
                    code=check.code,
                    name=check.name,
                    title=check.title.rstrip("."),
                    severity=check.severity,
                    status=check.status,
                    n_flagged=check.n_flagged,
                    message=check.message,
                    remarks=[remark.reason for remark in check.remarks[:20]],
                )
                for check in summary.checks
            ],
            models=[
                ModelOut(title=model.title, accuracy=model.accuracy, weight=model.weight)
                for model in summary.models
            ],
            notes=list(summary.notes),
        )


@router.get("/summary")
def summary(desk: OpenDesk) -> dict[str, Any]:
    """Return the audit's summary as ``summary.json`` has it."""
    with desk.ready():
        return to_document(desk.audit.summary)


def _leads(desk: Desk, summary: Summary) -> list[Lead]:
    """Return where to begin: the largest confusions, the worst class, and each kind of error."""
    made = [
        _lead(
            desk,
            f"{flow.given} → {flow.suggested}",
            "The confusion with most flagged rows.",
            [f"given={flow.given}", f"suggested={flow.suggested}", "check=wrong_label"],
            bulk=True,
        )
        for flow in summary.flows[:2]
    ]
    worst = max(summary.classes, key=lambda one: one.n_flagged / max(one.n_rows, 1), default=None)
    if worst is not None and worst.n_flagged:
        made.append(
            _lead(
                desk,
                f"Class {worst.name}",
                "The class of whose rows the largest part is flagged.",
                [f"given={worst.name}", "check=wrong_label"],
                bulk=True,
            )
        )
    made += [
        _lead(
            desk,
            check.title.rstrip("."),
            check.cards[0].reason if check.cards else "",
            [f"check={check.name}"],
        )
        for check in sorted(summary.checks, key=lambda check: -check.n_flagged)
        if check.status == "found" and check.severity == "issue" and check.n_flagged
    ]
    return [lead for lead in made if lead.n][:12]


def _lead(desk: Desk, title: str, text: str, where: list[str], *, bulk: bool = False) -> Lead:
    rows = desk.audit.rows.ordered(where)
    return Lead(title=title, text=text, n=len(rows), where=where, rows=rows[:_EXAMPLES].tolist(), bulk=bulk)
