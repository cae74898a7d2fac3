"""The overview: how much looks wrong, how sure that is, where to begin, and what became of it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from emendata.reports.headline import besides, headline, how_sure
from emendata.studio.code import Code, code_of_overview
from emendata.studio.context import OpenDesk
from emendata.studio.decisions import Progress, progress_of
from emendata.studio.groups import GroupTable, group_tables, open_by_class
from emendata.studio.leads import Lead, find_leads
from emendata.studio.reckoning import Reckoning, reckon

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["overview"])

_SECONDS_A_ROW = 8
_MOST_FLOWS = 400


class ClassOut(BaseModel):
    """A class: its rows, how many are flagged, how many of these are open, and the mean score, low = bad."""

    name: str
    n_rows: int
    n_flagged: int
    n_open: int
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


class ModelOut(BaseModel):
    """A model and how often it says what the label says."""

    title: str
    accuracy: float
    weight: float


class Overview(BaseModel):
    """Everything that the overview shows.

    ``seconds`` is how long a look at all open rows takes, at eight a row; ``n_flows`` counts all confusions, of which
    ``flows`` holds those with most rows; ``reckoning`` is there where labels were judged.
    """

    name: str
    n_rows: int
    n_labeled: int
    n_flagged: int
    label: str | None
    task: str
    headline: str
    besides: str
    how_sure: str
    reckoning: Reckoning | None
    seconds: int
    progress: Progress
    leads: list[Lead]
    classes: list[ClassOut]
    flows: list[FlowOut]
    n_flows: int
    groups: list[GroupTable]
    checks: list[CheckOut]
    models: list[ModelOut]
    notes: list[str]
    code: Code


@router.get("/overview")
def overview(desk: OpenDesk) -> Overview:
    """Return what the audit found, in numbers."""
    with desk.ready():
        summary, reckoning = reckon(desk, desk.queue.evidence)
        progress = progress_of(desk)
        still_open = open_by_class(desk.rows)
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
            reckoning=reckoning,
            seconds=progress.n_open * _SECONDS_A_ROW,
            progress=progress,
            leads=find_leads(desk, summary),
            classes=[
                ClassOut(
                    name=one.name,
                    n_rows=one.n_rows,
                    n_flagged=one.n_flagged,
                    n_open=still_open.get(one.name, 0),
                    mean_score=one.mean_score,
                    most_suggested=one.most_suggested,
                )
                for one in summary.classes
            ],
            flows=[
                FlowOut(given=flow.given, suggested=flow.suggested, n_rows=flow.n_rows)
                for flow in summary.flows[:_MOST_FLOWS]
            ],
            n_flows=len(summary.flows),
            groups=group_tables(desk.rows),
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
            code=code_of_overview(desk.project),
        )
