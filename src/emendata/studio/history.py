"""What was done, moment by moment; taking any of it back; and names for moments."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from emendata.corrections import (
    Batch,
    checkpoints,
    compare_checkpoints,
    find_batch,
    find_checkpoint,
    go_back,
    later_decisions,
    set_checkpoint,
    undo_batch,
)
from emendata.corrections import history as batches_of
from emendata.corrections.checkpoints import is_checkpoint
from emendata.corrections.log_file import log_lines
from emendata.studio.code import Code, code_of_compare, code_of_log, code_of_undo
from emendata.studio.context import OpenDesk, Person
from emendata.studio.decisions import Changed, changed
from emendata.studio.desk import Desk
from emendata.studio.lines import RowLine, line_maker, value_text

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["history"])

_SHOWN_ROWS = 20
_SHOWN_LINES = 200


class BatchOut(BaseModel):
    """What was done at one moment by one person; some of the rows are named.

    ``is_undone`` says that none of it counts any more; ``checkpoint`` is the name that it gives its moment.
    """

    event_id: str
    at: str
    by: str
    action: str
    kind: str
    column: str | None
    old: str | None
    new: str | None
    reason: str
    source: Literal["by hand", "bulk", "note", "copy"]
    origin: str
    stream: str | None
    checkpoint: str | None
    n_events: int
    n_rows: int
    rows: list[int]
    is_undone: bool
    code: Code | None


class History(BaseModel):
    """Batches, the newest first, ``total`` in all; ``n_events`` in the log; and how it is taken elsewhere."""

    total: int
    n_events: int
    batches: list[BatchOut]
    code: Code


class Moment(BaseModel):
    """Which batch is meant."""

    at: str
    by: str


class UndoOrder(Moment):
    """Which batch is taken back, or which event of it; ``later`` are batches whose decisions on its rows go with it."""

    later: list[Moment] = []
    event_id: str | None = None


class CheckpointOut(BaseModel):
    """A moment that has a name."""

    name: str
    at: str
    by: str


class CheckpointIn(BaseModel):
    """The name of a checkpoint."""

    name: str = Field(max_length=200)


class DifferenceOut(BaseModel):
    """What two checkpoints differ in: rows, some of them as they are now, and how many each class has."""

    n_rows: int
    lines: list[RowLine]
    n_before: int
    n_after: int
    classes_before: dict[str, int]
    classes_after: dict[str, int]
    code: Code


@router.get("/history")
def history(
    desk: OpenDesk, offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> History:
    """Return what was done, moment by moment, the newest first."""
    with desk.ready():
        log = desk.rows.log
        batches = batches_of(log)
        return History(
            total=len(batches),
            n_events=len(log.events),
            batches=[_out(desk, batch) for batch in batches[offset : offset + limit]],
            code=code_of_log(desk.project),
        )


@router.get("/history/later")
def later(desk: OpenDesk, at: str, by: str) -> list[BatchOut]:
    """Return what was decided later about the same rows, which stays when this is taken back."""
    with desk.ready():
        log = desk.rows.log
        return [_out(desk, batch) for batch in later_decisions(log, find_batch(log, at, by))]


@router.post("/history/undo")
def undo_moment(desk: OpenDesk, person: Person, order: UndoOrder) -> Changed:
    """Take back what was done at one moment; later decisions on the same rows stay unless they are named."""
    with desk.ready():
        log = desk.log(person)
        batch = find_batch(log, order.at, order.by)
        if order.event_id is not None:
            one = [event for event in batch.events if event.event_id == order.event_id]
            return changed(desk, log.take_back(one))
        named = {(moment.at, moment.by) for moment in order.later}
        also = [one for one in later_decisions(log, batch) if (one.first.at, one.first.by) in named]
        return changed(desk, undo_batch(log, batch, also))


@router.get("/history/log", response_class=StreamingResponse)
def download(desk: OpenDesk) -> StreamingResponse:
    """Return the whole log as JSON lines, which `emendata decisions --merge` reads."""
    with desk.ready():
        records = desk.rows.log.records

    name = 'attachment; filename="decisions.jsonl"'
    return StreamingResponse(
        log_lines(records), media_type="application/x-ndjson", headers={"Content-Disposition": name}
    )


@router.get("/checkpoints")
def all_checkpoints(desk: OpenDesk) -> list[CheckpointOut]:
    """Return the moments that have a name, the oldest first."""
    with desk.ready():
        return [CheckpointOut(name=one.name, at=one.at, by=one.by) for one in checkpoints(desk.rows.log)]


@router.post("/checkpoints")
def new_checkpoint(desk: OpenDesk, person: Person, wanted: CheckpointIn) -> CheckpointOut:
    """Give the log as it is now a name."""
    with desk.ready():
        made = set_checkpoint(desk.log(person), wanted.name)
        return CheckpointOut(name=made.name, at=made.at, by=made.by)


@router.get("/checkpoints/compare")
def compare(desk: OpenDesk, before: str, after: str = "now") -> DifferenceOut:
    """Return what two checkpoints differ in; the one that is called now is now."""
    with desk.ready():
        log = desk.rows.log
        found = compare_checkpoints(
            desk.audit.dataset, log, find_checkpoint(log, before), find_checkpoint(log, after)
        )
        return DifferenceOut(
            n_rows=len(found.rows),
            lines=line_maker(desk).lines(found.rows[:_SHOWN_LINES]),
            n_before=found.n_before,
            n_after=found.n_after,
            classes_before=dict(found.classes_before),
            classes_after=dict(found.classes_after),
            code=code_of_compare(desk.project, before, after),
        )


@router.post("/checkpoints/back")
def back(desk: OpenDesk, person: Person, wanted: CheckpointIn) -> Changed:
    """Let stand what stood at a checkpoint; it is taken back as one."""
    with desk.ready():
        log = desk.log(person)
        return changed(desk, go_back(log, find_checkpoint(log, wanted.name)))


def _out(desk: Desk, batch: Batch) -> BatchOut:
    first, places, log = batch.first, desk.rows.places, desk.rows.log
    shown = [row for event in batch.events[:_SHOWN_ROWS] if (row := places.get(event.row_id)) is not None]
    old, new = (_shared(batch, name) for name in ("old", "new"))
    return BatchOut(
        event_id=batch.event_id,
        at=first.at,
        by=first.by,
        action=first.action,
        kind=first.kind,
        column=first.column,
        old=old,
        new=new,
        reason=first.reason,
        source=batch.source,
        origin=first.origin,
        stream=first.stream,
        checkpoint=first.reason if is_checkpoint(first) else None,
        n_events=len(batch.events),
        n_rows=0 if first.row < 0 else _n_rows(batch),
        rows=list(dict.fromkeys(shown)),
        is_undone=not batch.stands(log),
        code=code_of_undo(desk.project, batch.event_id) if batch.source != "copy" else None,
    )


def _n_rows(batch: Batch) -> int:
    if len(batch.events.records) == 1:  # of one event no row comes twice
        return len(batch.events)
    return len({event.row_id for event in batch.events})


def _shared(batch: Batch, name: Literal["old", "new"]) -> str | None:
    """Return the value that all events of a batch have, None where they differ."""
    values = {getattr(event, name) for event in batch.events[:1000]}
    value = values.pop()
    return None if values else value_text(value)
