"""All that is known of one row."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import BaseModel

from emendata.corrections import Question
from emendata.errors import UnknownName
from emendata.records import Role, Stream
from emendata.studio.desk import Desk
from emendata.studio.lines import DecisionOut, RowLine, decision_out, line_maker

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RowDetail", "detail_of", "guided_detail"]

_LONGEST = 100_000  # characters of a cell
_EVENTS = 50


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
    """Something to decide about a row, or about the cell in ``column``: the worst first."""

    column: str | None
    stream: Stream
    given: str | None
    suggested: str | None
    reasons: list[ReasonOut]
    choices: list[ChoiceOut]
    twins: list[int]


class RowDetail(BaseModel):
    """A row in full. ``findings`` has one entry at least: the label, or the row as a whole, if nothing is flagged."""

    line: RowLine
    cells: list[CellOut]
    findings: list[FindingOut]
    nearest: list[NearOut]
    decisions: list[DecisionOut]


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
        findings=[_finding(question) for question in questions],
        nearest=[
            NearOut(row=near.row, label=near.label, distance=round(near.distance, 4), excerpt=near.excerpt)
            for near in desk.queue.nearest(questions[0])
        ],
        decisions=[decision_out(decision) for decision in decisions[:_EVENTS]],
    )


def _finding(question: Question) -> FindingOut:
    return FindingOut(
        column=question.subject.column,
        stream=question.stream,
        given=question.given,
        suggested=question.suggested,
        reasons=[ReasonOut(title=title, text=text) for title, text in question.reasons],
        choices=[
            ChoiceOut(value=value, probability=None if math.isnan(probability) else round(probability, 6))
            for value, probability in question.choices
        ],
        twins=list(question.twins),
    )
