"""Rows as the browser shows them: one line in a table, and all that is known of one row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel

from emendata.data.values import as_text
from emendata.records import Decision, Json, Role
from emendata.selection.bulk import suggestion
from emendata.selection.fields import FlagField, NumberField
from emendata.studio.desk import Desk

if TYPE_CHECKING:
    from emendata.selection import RowTable

__all__ = ["LONGEST_VALUE", "DecisionOut", "LineMaker", "RowLine", "clipped", "value_text"]

_LONGEST_CELL = 240
_MOST_CELLS = 40
LONGEST_VALUE = 10_000
"""Characters of what stands in a cell, or is to stand there; the cells of a detail have more."""


class DecisionOut(BaseModel):
    """A decision on a row, or on one of its cells where ``column`` names it."""

    event_id: str
    at: str
    by: str
    kind: str
    column: str | None
    old: str | None
    new: str | None
    reason: str


class RowLine(BaseModel):
    """A row as one line: its cells are clipped, in the order of the page's columns; a low score is bad."""

    row: int
    id: str
    cells: list[str]
    given: str | None
    suggested: str | None
    probability: float | None
    score: float | None
    checks: list[str]
    decision: DecisionOut | None


class LineMaker:
    """Makes lines of rows."""

    def __init__(self, table: RowTable) -> None:
        self._table = table

    @cached_property
    def columns(self) -> list[str]:
        """The columns that a line shows, texts first; the label has its own place, and embeddings none."""
        from emendata.pipeline.excerpts import shown_columns

        dataset = self._table.dataset
        hidden = {dataset.label, *dataset.names(Role.PROBABILITY), *dataset.names(Role.EMBEDDING)}
        return [name for name in shown_columns(dataset) if name not in hidden][:_MOST_CELLS]

    def lines(self, rows: Iterable[int]) -> list[RowLine]:
        """Return some rows as lines."""
        chosen, table = list(rows), self._table.dataset.table
        columns = [
            table[name] for name in self.columns
        ]  # once: to find a column takes as long as to read a cell
        cells = [
            [clipped(as_text(column[row].as_py()), _LONGEST_CELL) for column in columns] for row in chosen
        ]
        return [self._line(row, texts) for row, texts in zip(chosen, cells, strict=True)]

    def _line(self, row: int, cells: list[str]) -> RowLine:
        table = self._table
        decision = table.states.main(row)
        checks = table.fields["check"]
        assert isinstance(checks, FlagField)
        return RowLine(
            row=row,
            id=table.row_ids[row],
            cells=cells,
            given=self.given(row),
            suggested=suggestion(table, row),
            probability=_number(table, "probability", row),
            score=_number(table, "score", row),
            checks=checks.of_row(row),
            decision=None if decision is None else decision_out(decision),
        )

    def given(self, row: int) -> str | None:
        """Return the label of a row as text."""
        return self._table.labels[row]


def line_maker(desk: Desk) -> LineMaker:
    """Return what makes lines of a desk's rows; its columns and labels are found once."""
    made = vars(desk.audit).get("_lines")
    if not isinstance(made, LineMaker):
        made = vars(desk.audit)["_lines"] = LineMaker(desk.audit.rows)
    return made


def decision_out(decision: Decision) -> DecisionOut:
    """Return a decision as the browser is told of it."""
    return DecisionOut(
        event_id=decision.event_id,
        at=decision.at,
        by=decision.by,
        kind=decision.kind,
        column=decision.column,
        old=value_text(decision.old),
        new=value_text(decision.new),
        reason=decision.reason,
    )


def value_text(value: Json) -> str | None:
    """Return a value of a decision as text, cut where it is long."""
    return None if value is None else clipped(str(value), LONGEST_VALUE)


def clipped(text: str, longest: int = LONGEST_VALUE) -> str:
    """Return a text, or its beginning where it is longer."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _number(table: RowTable, name: str, row: int) -> float | None:
    if name not in table.fields:
        return None
    field = table.fields[name]
    assert isinstance(field, NumberField)
    value = float(field.values[row])
    return float(f"{value:.4g}") if np.isfinite(value) else None  # scores of sure models are tiny
