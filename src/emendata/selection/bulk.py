"""Changing many rows at once: what it would do, a fair sample to look at first, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from emendata.corrections import Choice, DecisionLog, Subject
from emendata.corrections.held_out import held_out_rows
from emendata.data import label_names
from emendata.errors import InputError, UnknownName
from emendata.kernels.proportion import proportion_interval
from emendata.records import Decision, IntArray, Json
from emendata.selection.table import RowTable

__all__ = ["BulkAction", "BulkPlan", "plan_bulk"]

BulkAction = Literal["accept", "relabel", "keep", "exclude"]
"""Take each row's suggested label, give all rows one label, say that their labels are right, or leave the rows out."""

_SAMPLE = 25


@dataclass(frozen=True, eq=False)
class BulkPlan:
    """What a change of many rows comes to; nothing is changed by it.

    Attributes
    ----------
    rows : int64 array of shape (m,)
        The rows that are changed, in the order in which they were chosen; of the others it is said how many are left
        out and why: somebody decided about them (``n_decided``), they measure models (``n_held_out``), or there is
        nothing to change (``n_without``), such as a row without a suggestion.
    """

    table: RowTable
    action: BulkAction
    value: str | None
    n_chosen: int
    rows: IntArray
    n_decided: int
    n_held_out: int
    n_without: int

    @cached_property
    def sample(self) -> IntArray:
        """Up to 25 of the rows, drawn at random; the same each time for the same rows."""
        if len(self.rows) <= _SAMPLE:
            return self.rows
        rng = np.random.default_rng(np.sort(self.rows)[:1000])
        return rng.permutation(rng.choice(self.rows, _SAMPLE, replace=False))

    @cached_property
    def before(self) -> Mapping[str, int]:
        """How many rows each class has among those that are changed."""
        return dict(Counter(self._labels[row] or "" for row in self.rows.tolist()).most_common())

    @cached_property
    def after(self) -> Mapping[str, int]:
        """How many each class has of these rows afterwards."""
        if self.action == "exclude":
            return {}
        return dict(Counter(self.new(row) or "" for row in self.rows.tolist()).most_common())

    def new(self, row: int) -> str | None:
        """Return the label that a row of the plan has afterwards."""
        if self.action == "accept":
            return suggestion(self.table, row)
        return self.value if self.action == "relabel" else self._labels[row]

    def likely_right(self, n_right: int, n_looked_at: int) -> tuple[float, float]:
        """Return between which parts of the rows the change is right, with 95 % confidence, by a look at some.

        Clopper and Pearson's exact interval (Biometrika, 1934).
        """
        return proportion_interval(n_right, n_looked_at, 0.95)

    def apply(self, log: DecisionLog, reason: str = "") -> list[Decision]:
        """Append the decisions, of one moment, so that they are taken back at once."""
        return log.decide_each([self._choice(row, reason) for row in self.rows.tolist()])

    def _choice(self, row: int, reason: str) -> Choice:
        table, label = self.table, self.table.dataset.label
        if self.action == "exclude":
            return Choice("exclude", Subject(row, table.row_ids[row]), None, reason, "bulk")
        old: Json = self._labels[row]
        subject = Subject(row, table.row_ids[row], label, old)
        if self.action == "keep":
            return Choice("keep", subject, None, reason, "bulk")
        return Choice("relabel", subject, self.new(row), reason, "bulk")

    @cached_property
    def _labels(self) -> Sequence[str | None]:
        dataset = self.table.dataset
        return label_names(dataset) if dataset.label is not None else [None] * dataset.n_rows


def plan_bulk(
    table: RowTable,
    rows: IntArray,
    action: BulkAction,
    value: str | None = None,
    *,
    include_test: bool = False,
) -> BulkPlan:
    """Work out what a change of many rows would do.

    Parameters
    ----------
    table : RowTable
    rows : int64 array of shape (n,)
        The rows that are meant, such as from `RowTable.ordered`; what a person decided is never changed.
    action : {"accept", "relabel", "keep", "exclude"}
    value : str, optional
        The label that all rows get, for ``"relabel"``.
    include_test : bool
        Whether rows of a test split are changed as well.

    Raises
    ------
    InputError
        If the action needs a label and there is none.
    UnknownName
        If there is no such action.
    """
    if action not in get_args(BulkAction):
        raise UnknownName.among("action", action, get_args(BulkAction))
    if action == "relabel" and not value:
        raise InputError("Which label do the rows get? Give one.")
    if action != "exclude" and table.dataset.label is None:
        raise InputError("This dataset has no label column, so rows can only be excluded.")
    chosen = np.asarray(rows, dtype=np.int64)
    decided = table.states.is_decided()[chosen]
    held_out = held_out_rows(table.dataset)[chosen] & ~decided & (not include_test)
    without = ~decided & ~held_out & _unchanged(table, chosen, action, value)
    return BulkPlan(
        table=table,
        action=action,
        value=value,
        n_chosen=len(chosen),
        rows=chosen[~decided & ~held_out & ~without],
        n_decided=int(decided.sum()),
        n_held_out=int(held_out.sum()),
        n_without=int(without.sum()),
    )


def suggestion(table: RowTable, row: int) -> str | None:
    """Return the label that is suggested for a row, None where none is."""
    items = table.items.get(row, ())
    return next((item.suggested for item in items if item.column == table.dataset.label), None)


def _unchanged(table: RowTable, rows: IntArray, action: BulkAction, value: str | None) -> np.ndarray:
    if action == "accept":
        return np.array([suggestion(table, row) is None for row in rows.tolist()], dtype=np.bool_)
    if action == "relabel":
        return table.matching([f"given={value}"])[rows]
    if action == "keep":
        return table.matching(["given="])[rows]
    return np.zeros(len(rows), dtype=np.bool_)
