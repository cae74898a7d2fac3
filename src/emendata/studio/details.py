"""All that is known of one row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import BaseModel

from emendata.corrections import Question
from emendata.errors import UnknownName
from emendata.records import Decision, NearRow, Role, Stream
from emendata.studio.desk import Desk
from emendata.studio.lines import LONGEST_VALUE, DecisionOut, RowLine, clipped, decision_out, line_maker

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RowDetail", "asked_detail", "detail_of", "guided_detail"]

_LONGEST = 100_000  # characters of a cell
_EVENTS = 50
_BEST = 2000  # rows of a class among which prototypes are searched
_PROTOTYPES = 4  # of each class


class CellOut(BaseModel):
    """A cell in full, up to 100,000 characters of the ``n_characters`` that it has."""

    name: str
    role: str
    text: str
    n_characters: int


class ReasonOut(BaseModel):
    """What a check says, in a sentence."""

    title: str
    text: str


class ChoiceOut(BaseModel):
    """A value that a cell may have, and how probable it is."""

    value: str
    probability: float | None


class NearOut(BaseModel):
    """A row that lies close."""

    row: int
    label: str | None
    distance: float
    excerpt: str


class FindingOut(BaseModel):
    """Something to decide about a row, or about the cell in ``column``: the worst first.

    What stands there is cut after 10,000 characters, and no longer value is suggested, for half of one would be wrong.
    ``prototypes`` are rows like it that have the given or the suggested label, in all likelihood rightly.
    """

    column: str | None
    stream: Stream
    given: str | None
    suggested: str | None
    reasons: list[ReasonOut]
    choices: list[ChoiceOut]
    twins: list[int]
    prototypes: list[NearOut]


class RowDetail(BaseModel):
    """A row in full. ``findings`` has one entry at least: the label, or the row as a whole, if nothing is flagged."""

    line: RowLine
    cells: list[CellOut]
    findings: list[FindingOut]
    nearest: list[NearOut]
    decisions: list[DecisionOut]
    comments: list[DecisionOut]


def detail_of(desk: Desk, row: int) -> RowDetail:
    """Return all that is known of a row.

    Raises
    ------
    UnknownName
        If there is no such row.
    """
    if not 0 <= row < desk.rows.n_rows:
        raise UnknownName(f"There is no row {row:,}: rows run from 0 to {desk.rows.n_rows - 1:,}.")
    return _detail(desk, row, desk.queue.questions(row))


def guided_detail(desk: Desk, streams: tuple[Stream, ...]) -> RowDetail | None:
    """Return the row of the question that is most worth asking, that question first, None when nothing is left."""
    question = desk.queue.next(streams)
    if question is None:
        return None
    row = question.subject.row
    others = [one for one in desk.queue.questions(row) if one.subject.column != question.subject.column]
    return _detail(desk, row, [question, *others])


def asked_detail(desk: Desk, question: Question) -> RowDetail:
    """Return the row of a question with nothing else to decide; a question that comes again hides the first answer."""
    detail = _detail(desk, question.subject.row, [question])
    if question.stream != "repeat":
        return detail
    line = detail.line.model_copy(update={"decision": None})
    return detail.model_copy(update={"line": line, "decisions": [], "comments": []})


def _detail(desk: Desk, row: int, questions: Sequence[Question]) -> RowDetail:
    dataset, states = desk.audit.dataset, desk.rows.states
    decisions = sorted(states.of_row(row).values(), key=lambda decision: decision.at, reverse=True)
    return RowDetail(
        line=line_maker(desk).lines([row])[0],
        cells=[
            CellOut(name=column.name, role=column.role.value, text=text[:_LONGEST], n_characters=len(text))
            for column in dataset.columns
            if column.role not in (Role.EMBEDDING, Role.PROBABILITY)
            and (text := dataset.text(row, column.name)) is not None
        ],
        findings=[_finding(desk, question) for question in questions],
        nearest=[_near(near) for near in desk.queue.nearest(questions[0])],
        decisions=[decision_out(decision) for decision in decisions[:_EVENTS]],
        comments=[decision_out(comment) for comment in _comments(desk, row)],
    )


def _comments(desk: Desk, row: int) -> list[Decision]:
    """Return what was said of a row, the newest first; the log of what decides it has no place for that."""
    log, row_id = desk.audit.decisions, desk.rows.row_ids[row]
    said = [
        event
        for event in log.answers
        if event.kind == "comment" and event.row_id == row_id and event.event_id not in log.gone
    ]
    return [event for event in said[::-1] if event.action == "decided"][:_EVENTS]


def _prototypes(desk: Desk, question: Question) -> list[NearOut]:
    subject, table = question.subject, desk.rows
    if subject.column is None or subject.column != desk.audit.dataset.label:
        return []
    found: list[NearOut] = []
    for label in dict.fromkeys((question.given, question.suggested)):
        if label is not None:
            good = table.ordered([f"given={label}", "flagged=no"], "-score")[:_BEST]
            found += map(_near, desk.queue.nearest_of(subject.row, good, _PROTOTYPES))
    return found


def _near(near: NearRow) -> NearOut:
    return NearOut(
        row=near.row, label=near.label, distance=float(f"{near.distance:.4g}"), excerpt=near.excerpt
    )


def _finding(desk: Desk, question: Question) -> FindingOut:
    suggested = question.suggested
    return FindingOut(
        column=question.subject.column,
        stream=question.stream,
        given=None if question.given is None else clipped(question.given),
        suggested=suggested if suggested is not None and len(suggested) <= LONGEST_VALUE else None,
        reasons=[ReasonOut(title=title, text=clipped(text)) for title, text in question.reasons],
        choices=[
            ChoiceOut(value=value, probability=None if math.isnan(probability) else round(probability, 6))
            for value, probability in question.choices
            if len(value) <= LONGEST_VALUE
        ],
        twins=list(question.twins),
        prototypes=_prototypes(desk, question),
    )
