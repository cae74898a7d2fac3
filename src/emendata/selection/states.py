"""What was decided about each row, as fields that follow the log of decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from emendata.corrections.stand import Standing
from emendata.records import Decision, IntArray
from emendata.selection.fields import ClassField

__all__ = ["STATES", "RowStates"]

STATES = ("open", "keep", "relabel", "set_cell", "exclude", "both_right", "neither_right", "needs_review")
"""What a row may be in: open, or what was decided; to drop it in any way is to exclude it."""

_EXCLUDED = ("exclude", "drop_duplicate", "exclude_outlier")


class RowStates:
    """The decisions that stand, by row.

    Parameters
    ----------
    row_ids : sequence of str
        The id of each row.
    places : mapping of str to int
        Where the row of each id stands.
    label : str, optional
        The label column: what was decided about it says more of a row than other cells do.
    standing : Standing
        The decisions that stand, as the log keeps them.
    """

    def __init__(
        self, row_ids: Sequence[str], places: Mapping[str, int], label: str | None, standing: Standing
    ) -> None:
        self.version = 0
        self._row_ids = row_ids
        self._places = places
        self._label = label
        self._standing = standing
        self._rows = np.zeros(0, dtype=np.int64)  # where the rows that the log knows stand here
        self._states = np.zeros(len(places), dtype=np.int32)
        self._people: list[str] = []
        self._by = np.full(len(places), -1, dtype=np.int32)

    def take_in(self, changed: IntArray) -> IntArray:
        """Follow the log: say what stands now for rows, by their numbers in it. Returns where they stand here."""
        unknown = self._standing.row_ids[len(self._rows) :]
        more = np.fromiter((self._places.get(row_id, -1) for row_id in unknown), np.int64, len(unknown))
        self._rows = np.append(self._rows, more)
        here = changed[self._rows[changed] >= 0]  # others are of another version of the data
        if not len(here):
            return here
        numbers = self._main_of(here)
        of_events, codes = np.unique(numbers, return_inverse=True)
        said = [self._said(number) for number in of_events.tolist()]
        rows = self._rows[here]
        self._states[rows], self._by[rows] = np.array(said, dtype=np.int32)[codes].T
        self.version += 1
        return np.sort(rows)

    def of_row(self, row: int) -> Mapping[str | None, Decision]:
        """Return the decisions on a row by column, None for the whole row."""
        return self._standing.of_row(self._row_ids[row])

    def main(self, row: int) -> Decision | None:
        """Return the decision that says most of a row: on the whole, on its label, else the last on a cell."""
        of_row = self.of_row(row)
        for column in (None, self._label):
            if column in of_row:
                return of_row[column]
        return max(of_row.values(), key=lambda decision: decision.at, default=None)

    def is_decided(self) -> np.ndarray:
        """Return which rows somebody decided about, shape (n,)."""
        return self._states > 0

    def fields(self) -> tuple[ClassField, ClassField]:
        """Return the state of each row, and who decided, as they are now."""
        return (
            ClassField("decision", "Decision", STATES, self._states.copy()),
            ClassField("by", "Decided by", tuple(self._people), self._by.copy()),
        )

    def _main_of(self, rows: IntArray) -> IntArray:
        """Return the number of the event that says most of each row, -1 for none; rows are numbered as in the log."""
        standing = self._standing
        numbers = np.full(len(rows), -1, dtype=np.int64)
        cells = [name for name in standing.columns if name not in (None, self._label)]
        for cell in cells:
            found = standing.numbers(cell, rows)
            for i in np.flatnonzero((found >= 0) & (numbers >= 0)).tolist():
                found[i] = max(found[i], numbers[i], key=lambda number: standing.events[number].at)
            numbers = np.where(found >= 0, found, numbers)
        for column in sorted(set(standing.columns) - {*cells}, key=lambda name: name is None):
            found = standing.numbers(column, rows)
            numbers = np.where(found >= 0, found, numbers)
        return numbers

    def _said(self, number: int) -> tuple[int, int]:
        """Return the codes of the state that an event leaves a row in, and of who decided."""
        if number < 0:
            return 0, -1
        event = self._standing.events[number]
        kind = "exclude" if event.kind in _EXCLUDED else event.kind
        if event.by not in self._people:
            self._people.append(event.by)
        return STATES.index(kind), self._people.index(event.by)
