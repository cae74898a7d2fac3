"""What stands for each place of a log: a mapping that makes the decision when somebody asks for it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from emendata.corrections.column import DecidedColumn
from emendata.corrections.gone import Gone
from emendata.corrections.standing import Place
from emendata.records import BulkDecision, Decision, Event, IntArray, Json

__all__ = ["Standing"]


class Standing(Mapping[Place, Decision]):
    """The decision that stands for each place.

    Attributes
    ----------
    row_ids : list of str
        All rows that decisions were ever about; they are numbered by their place here, which stays.
    events : list of Event
        What was decided, in the order in which it came.
    """

    def __init__(self, gone: Gone) -> None:
        self.row_ids: list[str] = []
        self.events: list[Event] = []
        self._gone = gone
        self._rows: dict[str, int] = {}
        self._columns: dict[str | None, DecidedColumn] = {}
        self._rows_of: dict[str, IntArray] = {}
        self._changed: list[int | IntArray] = []

    def __getitem__(self, place: Place) -> Decision:
        row, column = self._rows.get(place[0]), self._columns.get(place[1])
        found = None if row is None or column is None else self._decision(column, row)
        if found is None:
            raise KeyError(place)
        return found

    def __contains__(self, place: object) -> bool:
        """Tell whether something stands for a place, without making the decision."""
        row_id, name = cast(Place, place)
        row, column = self._rows.get(row_id), self._columns.get(name)
        return row is not None and column is not None and column.at(row)[0] >= 0

    def __iter__(self) -> Iterator[Place]:
        for name, column in self._columns.items():
            for row in np.flatnonzero(column.numbers >= 0).tolist():
                yield self.row_ids[row], name

    def __len__(self) -> int:
        return sum(column.n_standing for column in self._columns.values())

    @property
    def columns(self) -> Sequence[str | None]:
        """The columns that decisions were about, None standing for whole rows."""
        return list(self._columns)

    @property
    def n_rows(self) -> int:
        """How many rows something stands for, in whichever columns."""
        every = np.arange(len(self.row_ids))
        of_columns = [self.numbers(name, every) >= 0 for name in self._columns]
        return int(np.logical_or.reduce(of_columns).sum()) if of_columns else 0

    def of_row(self, row_id: str) -> dict[str | None, Decision]:
        """Return what stands for a row, by column."""
        row = self._rows.get(row_id)
        if row is None:
            return {}
        found = {name: self._decision(column, row) for name, column in self._columns.items()}
        return {name: decision for name, decision in found.items() if decision is not None}

    def numbers(self, column: str | None, rows: IntArray) -> IntArray:
        """Return which of ``events`` stands for some rows, by their numbers, -1 where none does, shape (n_rows,)."""
        return self._columns[column].numbers_at(rows).astype(np.int64)

    def tally(self, *fields: str) -> Counter[tuple[Json, ...]]:
        """Count the decisions that stand by fields that all of a bulk decision share, such as ``kind``."""
        found: Counter[tuple[Json, ...]] = Counter()
        for column in self._columns.values():
            known = column.numbers[column.numbers >= 0]
            for number, n in zip(*(a.tolist() for a in np.unique(known, return_counts=True)), strict=True):
                found[tuple(getattr(self.events[number], field) for field in fields)] += n
        return found

    def changed_since(self, n: int) -> tuple[IntArray, int]:
        """Return for which rows something else stands since ``n`` changes, by number, and how many there are now."""
        single = np.array([c for c in self._changed[n:] if isinstance(c, int)], dtype=np.int64)
        many = [c for c in self._changed[n:] if not isinstance(c, int)]
        return np.unique(np.concatenate([single, *many])), len(self._changed)

    def enter(self, event: Event) -> None:
        """Take in a decision, which does not stand before it is chosen."""
        column = self._columns.setdefault(event.column, DecidedColumn(self._gone))
        self.events.append(event)
        if isinstance(event, BulkDecision):
            rows = self._numbered(event.row_ids)
            self._rows_of[event.event_id] = rows
            column.enter_rows(event, len(self.events) - 1, rows)
        else:
            column.enter(event, len(self.events) - 1, int(self._numbered([event.row_id])[0]))

    def choose(self, event: Decision) -> None:
        """Let the last decision that counts stand for the place of a decision."""
        row = self._rows[event.row_id]
        if self._columns[event.column].choose(row):
            self._changed.append(row)

    def choose_rows(self, event: BulkDecision, places: IntArray | None) -> None:
        """Let the last decisions that count stand for some rows of a bulk decision, or for all of them."""
        rows = self._rows_of[event.event_id]
        changed = self._columns[event.column].choose_rows(rows if places is None else rows[places])
        if len(changed):
            self._changed.append(changed)

    def _numbered(self, row_ids: Sequence[str]) -> IntArray:
        """Return the numbers of rows, which those that are new are given."""
        new = [row_id for row_id in row_ids if row_id not in self._rows]
        self._rows.update(zip(new, range(len(self.row_ids), len(self.row_ids) + len(new)), strict=True))
        self.row_ids += new
        return np.fromiter(map(self._rows.__getitem__, row_ids), dtype=np.int64, count=len(row_ids))

    def _decision(self, column: DecidedColumn, row: int) -> Decision | None:
        number, part = column.at(row)
        if number < 0:
            return None
        event = self.events[number]
        return event if isinstance(event, Decision) else event[part]
