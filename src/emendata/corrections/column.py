"""The decisions about one column, or about whole rows, and which of them stands for each row."""

from bisect import insort
from functools import cached_property

import numpy as np

from emendata.corrections.gone import Gone, put, when
from emendata.records import BoolArray, BulkDecision, Decision, Int32Array, IntArray

__all__ = ["DecidedColumn"]

_NONE = -1


class DecidedColumn:
    """What stands for each row: the number of an event and, of a bulk decision, which part of it.

    Rows are places in a list of ids that only grows. ``numbers`` are -1 where nothing stands.
    """

    def __init__(self, gone: Gone) -> None:
        self.n_standing = 0
        self._gone = gone
        self._numbers = np.full(16, _NONE, dtype=np.int32)
        self._parts = np.zeros(16, dtype=np.int32)
        self._singles: dict[int, list[Decision]] = {}
        self._number_of: dict[str, int] = {}
        self._bulks: list[_Bulk] = []

    @property
    def numbers(self) -> Int32Array:
        """The number of the event that stands for each row, shape (n,); rows behind it have none."""
        return self._numbers

    def at(self, row: int) -> tuple[int, int]:
        """Return the number of the event that stands for a row, -1 for none, and which part of it."""
        if row >= len(self._numbers):
            return _NONE, 0
        return int(self._numbers[row]), int(self._parts[row])

    def numbers_at(self, rows: IntArray) -> Int32Array:
        """Return the numbers of the events that stand for some rows, shape (n_rows,)."""
        self._grow(int(rows.max(initial=-1)) + 1)
        return np.asarray(self._numbers[rows], dtype=np.int32)

    def enter(self, event: Decision, number: int, row: int) -> None:
        """Take in a decision about a row."""
        self._grow(row + 1)
        self._number_of[event.event_id] = number
        put(self._singles.setdefault(row, []), event)

    def enter_rows(self, event: BulkDecision, number: int, rows: IntArray) -> None:
        """Take in a bulk decision about rows of shape (n_rows,)."""
        self._grow(int(rows.max()) + 1)
        insort(self._bulks, _Bulk(event, number, rows), key=lambda bulk: when(bulk.event))

    def choose(self, row: int) -> bool:
        """Let the last decision about a row that counts stand, and tell whether that is another than before."""
        number, part = self._last_of(row)
        if (number, part) == self.at(row):
            return False
        self.n_standing += (number >= 0) - (int(self._numbers[row]) >= 0)
        self._numbers[row], self._parts[row] = number, part
        return True

    def choose_rows(self, rows: IntArray) -> IntArray:
        """Let the last decisions about some rows that count stand, and return where these are others than before."""
        numbers, parts = np.full(len(rows), _NONE, dtype=np.int32), np.zeros(len(rows), dtype=np.int32)
        left = np.arange(len(rows))
        for bulk in reversed(self._bulks):
            if not len(left):
                break
            place = bulk.places(rows[left])
            there = place >= 0
            there[there] = ~self._gone.mask(bulk.event)[place[there]]
            numbers[left[there]], parts[left[there]] = bulk.number, place[there]
            left = left[~there]
        if self._singles:
            for i in np.flatnonzero(self._is_single(rows)).tolist():
                numbers[i], parts[i] = self._last_of(int(rows[i]))
        other = (numbers != self._numbers[rows]) | (parts != self._parts[rows])
        self.n_standing += int((numbers >= 0).sum()) - int((self._numbers[rows] >= 0).sum())
        self._numbers[rows], self._parts[rows] = numbers, parts
        return np.asarray(rows[other], dtype=np.int64)

    def _last_of(self, row: int) -> tuple[int, int]:
        single = next((s for s in reversed(self._singles.get(row, ())) if not self._gone.has(s)), None)
        for bulk in reversed(self._bulks):
            if single is not None and when(bulk.event) < when(single):
                break
            place = bulk.place(row)
            if place >= 0 and not self._gone.mask(bulk.event)[place]:
                return bulk.number, place
        return (_NONE, 0) if single is None else (self._number_of[single.event_id], 0)

    def _is_single(self, rows: IntArray) -> BoolArray:
        marked = np.zeros(len(self._numbers), dtype=np.bool_)
        marked[np.fromiter(self._singles, dtype=np.int64, count=len(self._singles))] = True
        return np.asarray(marked[rows], dtype=np.bool_)

    def _grow(self, n_rows: int) -> None:
        if n_rows > len(self._numbers):
            more = max(n_rows, 2 * len(self._numbers)) - len(self._numbers)
            self._numbers = np.append(self._numbers, np.full(more, _NONE, dtype=np.int32))
            self._parts = np.append(self._parts, np.zeros(more, dtype=np.int32))


class _Bulk:
    """A bulk decision and where its rows are."""

    def __init__(self, event: BulkDecision, number: int, rows: IntArray) -> None:
        self.event = event
        self.number = number
        self._rows = rows

    def places(self, rows: IntArray) -> IntArray:
        """Return which part is about each of some rows, -1 where none is, shape (n,)."""
        order, ascending = self._sorted
        found = np.minimum(np.searchsorted(ascending, rows), len(ascending) - 1)
        return np.asarray(np.where(ascending[found] == rows, order[found], -1), dtype=np.int64)

    def place(self, row: int) -> int:
        """Return which part is about a row, -1 if none is."""
        order, ascending = self._sorted
        found = int(np.searchsorted(ascending, row))
        return int(order[found]) if found < len(ascending) and ascending[found] == row else -1

    @cached_property
    def _sorted(self) -> tuple[IntArray, IntArray]:
        order = np.argsort(self._rows, kind="stable")
        return order, self._rows[order]
