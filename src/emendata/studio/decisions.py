"""Deciding, and taking back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from emendata.corrections import FOR_TWINS, Choice, Subject
from emendata.errors import InputError, UnknownName
from emendata.records import Decision, DecisionKind, Stream
from emendata.studio.context import OpenDesk, Person
from emendata.studio.desk import Desk
from emendata.studio.lines import RowLine, line_maker

__all__ = ["Changed", "Progress", "changed", "progress_of", "router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["decisions"])

_SENT_ROWS = 500


class DecisionIn(BaseModel):
    """A decision. Its ``id`` is made by the browser, so that one that is sent twice is made once.

    ``row_id`` is the id of the row as the browser knew it: if the data were audited anew since, the decision follows
    the row to where it stands now.

    ``twins`` are rows that are the same or nearly, for which it is made as well, unless somebody decided about them.
    """

    id: str = Field(pattern="^[0-9a-f]{32}$")
    row: int = Field(ge=0)
    row_id: str | None = Field(None, max_length=10_000)
    column: str | None
    kind: DecisionKind
    new: str | None = Field(None, max_length=100_000)
    reason: str = Field("", max_length=10_000)
    stream: Stream = "worst"
    twins: list[int] = []


class Changed(BaseModel):
    """What a change came to: the rows as they are now, and counts for the progress that is shown.

    ``at`` and ``by`` name it in the history, None where nothing changed.
    """

    at: str | None
    by: str | None
    lines: list[RowLine]
    n_events: int
    what: str
    progress: Progress


class Progress(BaseModel):
    """How far the review is: flagged rows that are open, decisions that stand, and labels that people found wrong."""

    n_flagged: int
    n_open: int
    n_decided: int
    n_found: int


class Since(BaseModel):
    """What others changed since: rows as they are now, and the ``cursor`` to ask with the next time."""

    cursor: int
    lines: list[RowLine]


@router.post("/decisions")
def decide(desk: OpenDesk, person: Person, decisions: list[DecisionIn]) -> Changed:
    """Append decisions; they are on the disk when the answer comes."""
    with desk.ready():
        log = desk.log(person)
        found = [_found(desk, one) for one in decisions[:1000]]
        made = [event for one in found for event in log.decide_each(_choices(desk, one))]
        rows = {one.row for one in found} | {event.row for event in made}
        return changed(desk, made, sorted(rows))


@router.post("/undo")
def undo(desk: OpenDesk, person: Person) -> Changed:
    """Take back what this person decided last."""
    with desk.ready():
        return changed(desk, desk.log(person).undo())


@router.post("/redo")
def redo(desk: OpenDesk, person: Person) -> Changed:
    """Make count again what this person took back last."""
    with desk.ready():
        answer = changed(desk, desk.log(person).redo())
        return answer.model_copy(update={"what": answer.what.replace("Taken back", "Done again")})


@router.get("/changes")
def changes(desk: OpenDesk, since: Annotated[int | None, Query(ge=0)] = None) -> Since:
    """Return the rows about which something else was decided since, by anybody; none if it is not said since when."""
    with desk.ready():
        table = desk.rows
        standing = table.log.standing
        numbers, cursor = standing.changed_since(since or 0)
        ids = [] if since is None else [standing.row_ids[number] for number in numbers[:_SENT_ROWS].tolist()]
        rows = [row for row_id in ids if (row := table.places.get(row_id)) is not None]
        return Since(cursor=cursor, lines=line_maker(desk).lines(rows))


@router.get("/progress")
def progress(desk: OpenDesk) -> Progress:
    """Return how far the review is."""
    with desk.ready():
        return progress_of(desk)


def changed(desk: Desk, events: Sequence[Decision], rows: list[int] | None = None) -> Changed:
    """Return the answer to a change: the rows that it is about, up to 500 of them."""
    table = desk.rows
    first = islice(events, _SENT_ROWS)
    about = rows or [row for event in first if (row := table.places.get(event.row_id)) is not None]
    return Changed(
        at=events[0].at if events else None,
        by=events[0].by if events else None,
        lines=line_maker(desk).lines(list(dict.fromkeys(about))[:_SENT_ROWS]),
        n_events=len(events),
        what=_in_words(events),
        progress=progress_of(desk),
    )


def _found(desk: Desk, one: DecisionIn) -> DecisionIn:
    """Return a decision with the place where its row stands now; twins of rows that moved are nobody's any more."""
    table = desk.audit.rows
    if one.row_id is None:
        if one.row >= table.n_rows:
            raise UnknownName(f"There is no row {one.row:,}. Load the page again.")
        return one
    if one.row < table.n_rows and table.row_ids[one.row] == one.row_id:
        return one
    if one.row_id not in table.places:
        raise UnknownName(
            f"The data were audited anew, and what was row {one.row:,} is not in them as it was. Load the page again."
        )
    return one.model_copy(update={"row": table.places[one.row_id], "twins": []})


def _choices(desk: Desk, one: DecisionIn) -> list[Choice]:
    dataset, ids = desk.audit.dataset, desk.audit.rows.row_ids
    if one.column is not None and one.column not in dataset.table.column_names:
        raise UnknownName.among("column", one.column, dataset.table.column_names)
    if one.kind == "relabel" and one.column != dataset.label:
        raise InputError("Only labels are relabelled; a cell is set.")
    choices = [Choice(one.kind, _subject(desk, one.row, one.column), one.new, one.reason, one.stream, one.id)]
    if one.column is None or one.kind not in FOR_TWINS:
        return choices
    standing = desk.rows.log.standing
    for number, row in enumerate(
        row for row in one.twins[:1000] if 0 <= row < dataset.n_rows and row != one.row
    ):
        if (ids[row], one.column) not in standing:
            twin = f"{(int(one.id, 16) + number + 1) % (1 << 128):032x}"
            choices.append(
                Choice(one.kind, _subject(desk, row, one.column), one.new, one.reason, "group", twin)
            )
    return choices


def _subject(desk: Desk, row: int, column: str | None) -> Subject:
    dataset, row_id = desk.audit.dataset, desk.audit.rows.row_ids[row]
    if column is None:
        return Subject(row, row_id)
    given = line_maker(desk).given(row) if column == dataset.label else dataset.text(row, column) or None
    return Subject(row, row_id, column, given)


def progress_of(desk: Desk) -> Progress:
    """Return how far the review of an open project is."""
    table, queue = desk.rows, desk.queue
    flagged = table.matching(["flagged=yes"])
    decided = table.states.is_decided()
    return Progress(
        n_flagged=int(flagged.sum()),
        n_open=int((flagged & ~decided).sum()),
        n_decided=int(decided.sum()),
        n_found=queue.n_found,
    )


def _in_words(events: Sequence[Decision]) -> str:
    if not events:
        return "Nothing changed."
    first = events[0]
    rows = f"row {first.row:,}" if len(events) == 1 else f"{len(events):,} rows"
    kind = first.kind.replace("_", " ")
    if first.row < 0:
        return f"{'Taken back: checkpoint' if first.action == 'undone' else 'Checkpoint'} {first.reason or kind}."
    if first.action == "undone":
        return f"Taken back: {kind}, {rows}."
    change = f" {first.old} to {first.new}" if first.new is not None and len(events) == 1 else ""
    return f"{kind.capitalize()}: {rows}{change}."
