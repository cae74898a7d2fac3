"""Changing many rows at once: what it would do, a fair sample to look at first, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from emendata.corrections import DecisionLog, Subjects
from emendata.corrections.held_out import held_out_rows
from emendata.errors import InputError, UnknownName
from emendata.kernels.proportion import proportion_interval
from emendata.records import Coded, Decision, IntArray
from emendata.selection.fields import ClassField, NumberField
from emendata.selection.table import RowTable

__all__ = ["BulkAction", "BulkPlan", "likely_right", "plan_bulk", "suggestion"]

BulkAction = Literal["accept", "relabel", "keep", "exclude"]
"""Take each row's suggested label, give all rows one label, say that their labels are right, or leave the rows out."""

_SAMPLE = 30


@dataclass(frozen=True, eq=False)
class BulkPlan:
    """What a change of many rows comes to; nothing is changed by it.

    Attributes
    ----------
    rows : int64 array of shape (m,)
        The rows that are changed, in the order in which they were chosen.
    decided, held_out, without, unsure : int64 arrays
        The chosen rows that are left out, by why: somebody decided about them, they measure models, there is nothing to
        change, such as in a row without a suggestion, or they are not among those that the change was confined to.
    """

    table: RowTable
    action: BulkAction
    value: str | None
    n_chosen: int
    rows: IntArray
    decided: IntArray
    held_out: IntArray
    without: IntArray
    unsure: IntArray

    @cached_property
    def sample(self) -> IntArray:
        """Up to 30 of the rows, drawn at random; the same each time for the same rows."""
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

    @cached_property
    def conflicts(self) -> IntArray:
        """The rows about which somebody decided otherwise than this change would; they stay as they are."""
        return np.array([row for row in self.decided.tolist() if self._differs(row)], dtype=np.int64)

    @cached_property
    def splits(self) -> Mapping[str, tuple[int, int]]:
        """How many of the chosen rows each split has, and how many of them are changed; empty where none are known."""
        field = self.table.fields.get("split")
        if not isinstance(field, ClassField):
            return {}
        everything = np.concatenate((self.rows, self.decided, self.held_out, self.without, self.unsure))
        chosen, changed = (
            np.bincount(field.codes[rows] + 1, minlength=len(field.values) + 1).tolist()
            for rows in (everything, self.rows)
        )
        names = ["", *map(str, field.values)]
        return {names[i]: (chosen[i], changed[i]) for i in range(len(names)) if chosen[i]}

    @cached_property
    def expected(self) -> float | None:
        """What part of the suggestions is right as the models see it, None where they do not say."""
        field = self.table.fields.get("probability")
        if self.action != "accept" or not isinstance(field, NumberField):
            return None
        said = field.values[self.rows]
        return float(said.mean()) if len(said) and not np.isnan(said).any() else None

    def apply(self, log: DecisionLog, reason: str = "", *, wrong: Collection[int] = ()) -> Sequence[Decision]:
        """Append the decisions as one event, so that they are taken back at once.

        Parameters
        ----------
        log : DecisionLog
        reason : str
        wrong : collection of int
            Rows that were looked at and for which the change is wrong: they are left as they are.
        """
        rows = np.setdiff1d(self.rows, list(wrong))
        row_ids = [self.table.row_ids[row] for row in rows.tolist()]
        if self.action == "exclude":
            nothing = Coded.same(None, len(rows))
            return log.decide_rows("exclude", Subjects(rows, row_ids, None, nothing), None, reason, "bulk")
        old = Coded.of(self._labels[row] for row in rows.tolist())
        subjects = Subjects(rows, row_ids, self.table.dataset.label, old)
        if self.action == "keep":
            return log.decide_rows("keep", subjects, None, reason, "bulk")
        new = Coded.of(map(self.new, rows.tolist()))
        return log.decide_rows("relabel", subjects, new, reason, "bulk")

    def _differs(self, row: int) -> bool:
        stands = self.table.states.main(row)
        assert stands is not None
        if self.action == "exclude":
            return stands.column is not None or stands.kind == "needs_review"
        says = stands.old if stands.kind == "keep" else stands.new
        return stands.kind not in ("keep", "relabel", "set_cell") or says != self.new(row)

    @property
    def _labels(self) -> Sequence[str | None]:
        return self.table.labels


def plan_bulk(
    table: RowTable,
    rows: IntArray,
    action: BulkAction,
    value: str | None = None,
    *,
    include_test: bool = False,
    only: IntArray | None = None,
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
    only : int64 array, optional
        The rows that the change is confined to, such as those of a certificate: ``audit.certify().rows``.

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
    free = ~decided & ~held_out & ~without
    sure = free if only is None else free & np.isin(chosen, only)
    return BulkPlan(
        table=table,
        action=action,
        value=value,
        n_chosen=len(chosen),
        rows=chosen[sure],
        decided=chosen[decided],
        held_out=chosen[held_out],
        without=chosen[without],
        unsure=chosen[free & ~sure],
    )


def likely_right(n_right: int, n_looked_at: int) -> tuple[float, float]:
    """Return between which parts of all rows a change is right, with 95 % confidence, by a look at a fair sample.

    Clopper and Pearson's exact interval (Biometrika, 1934).

    Examples
    --------
    >>> low, high = likely_right(28, 30)
    >>> f"{low:.0%} to {high:.0%}"
    '78% to 99%'
    """
    return proportion_interval(n_right, n_looked_at, 0.95)


def suggestion(table: RowTable, row: int) -> str | None:
    """Return the label that is suggested for a row, None where none is."""
    field = table.fields.get("suggested")
    if not isinstance(field, ClassField) or field.codes[row] < 0:
        return None
    return str(field.values[field.codes[row]])


def _unchanged(table: RowTable, rows: IntArray, action: BulkAction, value: str | None) -> np.ndarray:
    if action == "accept":
        return table.matching(["suggested="])[rows]
    if action == "relabel":
        return table.matching([f"given={value}"])[rows]
    if action == "keep":
        return table.matching(["given="])[rows]
    return np.zeros(len(rows), dtype=np.bool_)
