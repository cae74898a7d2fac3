"""The rows of an audit as a person goes through them: filtered, sorted, counted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections import DecisionLog
from emendata.corrections.items import Items
from emendata.data import Dataset, label_names
from emendata.errors import UnknownName
from emendata.records import BoolArray, Int32Array, IntArray
from emendata.selection.conditions import Condition, parse_conditions
from emendata.selection.facets import Facet, facet_of
from emendata.selection.fields import BatchField, ClassField, NumberField
from emendata.selection.findings import finding_fields
from emendata.selection.masks import fulfilled
from emendata.selection.states import RowStates

if TYPE_CHECKING:
    from emendata.pipeline import Outcome, Preparation

__all__ = ["WORST_FIRST", "RowTable"]

WORST_FIRST = "worst"
"""The usual order: what is flagged, labels first, the lowest score in front; then all other rows by their score."""

_KEPT_MASKS = 48
_LIVE = ("decision", "by", "batch")


class RowTable:
    """All rows of an audited dataset, with what checks say of them and what people decided.

    Parameters
    ----------
    dataset, preparation, outcomes
        What was audited and found.
    items : Items
        What of it is flagged.
    log : DecisionLog
        The decisions; what others append to it is taken in by `refresh`.

    Notes
    -----
    Filtering and sorting n rows costs O(n) for a condition that is new, O(n log n) for an order that is new; both are
    kept. Memory is a few arrays of n numbers for each field that was asked for.
    """

    def __init__(
        self,
        dataset: Dataset,
        preparation: Preparation,
        outcomes: Sequence[Outcome],
        items: Items,
        log: DecisionLog,
    ) -> None:
        self.dataset = dataset
        self.log = log
        self.row_ids = dataset.row_ids()
        self.places = {row_id: row for row, row_id in enumerate(self.row_ids)}
        self.states = RowStates(self.row_ids, self.places, dataset.label, log.standing)
        self.items = items
        self.fields = finding_fields(dataset, preparation, outcomes, items)
        self.fields.put(BatchField("batch", "Done at", log, self.places))
        self._masks: OrderedDict[tuple[Condition, ...], BoolArray] = OrderedDict()
        self._orders: dict[str, Int32Array] = {}
        self._n_changes = 0
        self.refresh()

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return self.dataset.n_rows

    @cached_property
    def labels(self) -> Sequence[str | None]:
        """The label of each row as text, None where there is none, as in a dataset without labels."""
        dataset = self.dataset
        return label_names(dataset) if dataset.label is not None else [None] * dataset.n_rows

    def refresh(self) -> IntArray:
        """Take in what was decided since, by anybody, and return the rows about which."""
        self.log.refresh()
        changed, self._n_changes = self.log.standing.changed_since(self._n_changes)
        rows = self.states.take_in(changed)
        if len(rows) or "decision" not in self.fields:
            for field in self.states.fields():
                self.fields.put(field)
            for key in [key for key in self._masks if key[0].field in _LIVE]:
                del self._masks[key]
            for name in _LIVE:
                self._orders.pop(name, None)
                self._orders.pop(f"-{name}", None)
        return rows

    def conditions(self, written: Iterable[str]) -> list[Condition]:
        """Read conditions, such as ``given=cat`` and ``score<0.2``; see `emendata.selection.parse_condition`."""
        return parse_conditions(written, self.fields)

    def matching(self, written: Iterable[str] = ()) -> BoolArray:
        """Return which rows fulfil conditions, shape (n,).

        Raises
        ------
        UnknownName, InputError
            If a condition names no field, or cannot be understood.
        """
        return self._all_of(self._grouped(self.conditions(written)))

    def ordered(self, written: Iterable[str] = (), sort: str = WORST_FIRST) -> IntArray:
        """Return the rows that fulfil conditions in an order.

        Parameters
        ----------
        written : iterable of str
        sort : str
            ``"worst"``, or a field, with ``-`` in front for the highest first. Rows without a value come last.
        """
        order = self._order(sort)
        groups = self._grouped(self.conditions(written))
        chosen = order if not groups else order[self._all_of(groups)[order]]
        return chosen.astype(np.int64, copy=False)

    def facets(self, written: Iterable[str], names: Iterable[str]) -> list[Facet]:
        """Return how many rows have each value of some fields, among those that fulfil all other conditions.

        Raises
        ------
        UnknownName, InputError
            If a condition or a name is of no field, or a condition cannot be understood.
        """
        groups = self._grouped(self.conditions(written))
        names = list(names)
        if unknown := [name for name in names if name not in self.fields]:
            raise UnknownName.among("field", unknown[0], self.fields)
        return [
            facet_of(
                self.fields[name],
                self._all_of({field: key for field, key in groups.items() if field != name})
                if set(groups) - {name}
                else None,
            )
            for name in names
        ]

    # -- inside ---------------------------------------------------------------------------------------

    def _grouped(self, conditions: Sequence[Condition]) -> dict[str, tuple[Condition, ...]]:
        """Return conditions by their field."""
        groups: dict[str, list[Condition]] = {}
        for condition in conditions:
            groups.setdefault(condition.field, []).append(condition)
        return {field: tuple(sorted(set(group), key=str)) for field, group in groups.items()}

    def _all_of(self, groups: Mapping[str, tuple[Condition, ...]]) -> BoolArray:
        if not groups:
            return np.ones(self.n_rows, dtype=np.bool_)
        masks = [self._mask(group) for group in groups.values()]
        return masks[0] if len(masks) == 1 else np.logical_and.reduce(masks)

    def _mask(self, group: tuple[Condition, ...]) -> BoolArray:
        if group not in self._masks:
            self._masks[group] = fulfilled(self.fields[group[0].field], group, self.dataset.table)
            if len(self._masks) > _KEPT_MASKS:
                self._masks.popitem(last=False)
        self._masks.move_to_end(group)
        return self._masks[group]

    def _order(self, sort: str) -> Int32Array:
        if sort not in self._orders:
            self._orders[sort] = self._sorted(sort)
        return self._orders[sort]

    def _sorted(self, sort: str) -> Int32Array:
        if sort == WORST_FIRST:
            return self._worst_first()
        name = sort.removeprefix("-")
        if name == "row":
            order = np.arange(self.n_rows, dtype=np.int32)
            return order[::-1].copy() if sort != name else order
        field = self.fields.get(name) or self.fields.get(f"column:{name}")
        if not isinstance(field, ClassField | NumberField):
            known = [WORST_FIRST, "row", *(n for n in self.fields if not n.startswith("text"))]
            raise UnknownName.among("order", name, known)
        return field.order(descending=sort != name)

    def _worst_first(self) -> Int32Array:
        first = np.sort(np.unique(self.items.rows, return_index=True)[1])
        flagged = self.items.rows[first].astype(np.int32)
        rest = np.ones(self.n_rows, dtype=np.bool_)
        rest[flagged] = False
        score = self.fields["score"]
        assert isinstance(score, NumberField)
        others = score.order()
        return np.concatenate((flagged, others[rest[others]]))
