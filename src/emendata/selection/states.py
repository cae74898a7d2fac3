"""What was decided about each row, as fields that follow the log of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from emendata.corrections.standing import Place
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
    places : mapping of str to int
        Where the row of each id stands.
    label : str, optional
        The label column: what was decided about it says more of a row than other cells do.
    """

    def __init__(self, places: Mapping[str, int], label: str | None) -> None:
        self.version = 0
        self._places = places
        self._label = label
        self._decisions: dict[int, dict[str | None, Decision]] = {}
        self._states = np.zeros(len(places), dtype=np.int32)
        self._people: list[str] = []
        self._by = np.full(len(places), -1, dtype=np.int32)

    def take_in(self, changed: Iterable[Place], standing: Mapping[Place, Decision]) -> IntArray:
        """Follow the log: say what stands now where something changed. Returns the rows."""
        rows: set[int] = set()
        for place in changed:
            row = self._places.get(place[0])
            if row is None:  # a row of another version of the data
                continue
            of_row = self._decisions.setdefault(row, {})
            if (decision := standing.get(place)) is None:
                of_row.pop(place[1], None)
            else:
                of_row[place[1]] = decision
            rows.add(row)
        for row in rows:
            self._settle(row)
        self.version += bool(rows)
        return np.array(sorted(rows), dtype=np.int64)

    def of_row(self, row: int) -> Mapping[str | None, Decision]:
        """Return the decisions on a row by column, None for the whole row."""
        return self._decisions.get(row, {})

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

    def _settle(self, row: int) -> None:
        decision = self.main(row)
        if decision is None:
            self._states[row], self._by[row] = 0, -1
            return
        kind = "exclude" if decision.kind in _EXCLUDED else decision.kind
        self._states[row] = STATES.index(kind)
        if decision.by not in self._people:
            self._people.append(decision.by)
        self._by[row] = self._people.index(decision.by)
