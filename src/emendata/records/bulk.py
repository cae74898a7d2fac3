"""One event about many rows at once, which takes the place of one event for each of them."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, overload

import numpy as np

from emendata.records.decisions import Decision
from emendata.records.words import DecisionKind, Int32Array, IntArray, Json, Stream

__all__ = ["BulkDecision", "Coded", "Event", "bulk_id", "new_bulk_id"]

_DIGITS = 8  # the last hexadecimal digits of an id, which number the rows of a bulk decision


@dataclass(frozen=True, eq=False)
class Coded:
    """A value for each row, as ``codes`` of shape (n_rows,) into ``values``.

    Examples
    --------
    >>> Coded.of(["cat", "dog", "cat"])[2]
    'cat'
    """

    values: tuple[Json, ...]
    codes: Int32Array

    @classmethod
    def of(cls, cells: Iterable[str | None]) -> Self:
        """Return texts as codes, those without one included."""
        places: dict[str | None, int] = {}
        codes = [places.setdefault(cell, len(places)) for cell in cells]
        return cls(tuple(places), np.array(codes, dtype=np.int32))

    @classmethod
    def same(cls, value: Json, n_rows: int) -> Self:
        """Return one value for all rows."""
        return cls((value,), np.zeros(n_rows, dtype=np.int32))

    def __getitem__(self, i: int) -> Json:
        return self.values[self.codes[i]]

    def take(self, places: IntArray) -> "Coded":
        """Return the values of some of the rows."""
        return Coded(self.values, self.codes[places])


@dataclass(frozen=True, eq=False)
class BulkDecision(Sequence[Decision]):
    """What somebody decided about many rows at one moment, or took back at once: one event, one line of the log.

    It stands for a `Decision` about each of its rows, no row twice, and is the sequence of these: the ``i``-th has the
    id ``event_id`` + ``i``, where the id of the whole ends in eight zeros. All fields but the following are shared.

    Attributes
    ----------
    rows, row_ids : int64 array and sequence of str, of shape (n_rows,)
    old, new : Coded of shape (n_rows,)
    undoes : str, optional
        The id of another bulk decision, which is taken back for these rows.
    undone_at : int64 array of shape (n_rows,), optional
        Which decision of the other each takes back; without it the ``i``-th takes back the ``i``-th.
    """

    event_id: str
    at: str
    by: str
    action: Literal["decided", "undone", "applied", "reverted"]
    kind: DecisionKind
    rows: IntArray
    row_ids: Sequence[str]
    column: str | None
    old: Coded
    new: Coded
    reason: str
    origin: str = "command line"
    stream: Stream | None = None
    undoes: str | None = None
    undone_at: IntArray | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, i: int) -> Decision: ...
    @overload
    def __getitem__(self, i: slice) -> list[Decision]: ...
    def __getitem__(self, i: int | slice) -> Decision | list[Decision]:
        if isinstance(i, slice):
            return [self._at(place) for place in range(*i.indices(len(self)))]
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        return self._at(i % len(self))

    def __iter__(self) -> Iterator[Decision]:
        return map(self._at, range(len(self)))

    def _at(self, i: int) -> Decision:
        undone = i if self.undone_at is None else int(self.undone_at[i])
        return Decision(
            event_id=_id_of(self.event_id, i),
            at=self.at,
            by=self.by,
            action=self.action,
            kind=self.kind,
            row=int(self.rows[i]),
            row_id=self.row_ids[i],
            column=self.column,
            old=self.old[i],
            new=self.new[i],
            reason=self.reason,
            origin=self.origin,
            stream=self.stream,
            undoes=None if self.undoes is None else _id_of(self.undoes, undone),
        )

    def place_of(self, event_id: str) -> int | None:
        """Return which of its decisions has an id, None if none has."""
        if bulk_id(event_id) != self.event_id:
            return None
        place = int(event_id[-_DIGITS:], 16)
        return place if place < len(self) else None

    def part(self, places: IntArray) -> Self:
        """Return what it says of some of its rows; ``undone_at`` says which, as for an event that takes them back."""
        if len(places) == len(self):
            return replace(self, undone_at=None)
        return replace(
            self,
            rows=self.rows[places],
            row_ids=[self.row_ids[place] for place in places.tolist()],
            old=self.old.take(places),
            new=self.new.take(places),
            undone_at=places,
        )

    def scope(self) -> dict[str, Json]:
        """Return the rows and what is said of each, as a document."""
        return {
            "rows": self.rows.tolist(),
            "row_ids": list(self.row_ids),
            "old": _document(self.old),
            "new": _document(self.new),
            "undone_at": None if self.undone_at is None else self.undone_at.tolist(),
        }

    @classmethod
    def of(cls, shared: Mapping[str, Any], scope: Mapping[str, Any]) -> Self:
        """Return the event with the fields that all its decisions share, and the document of its rows."""
        at = scope["undone_at"]
        return cls(
            **shared,
            rows=np.array(scope["rows"], dtype=np.int64),
            row_ids=scope["row_ids"],
            old=_coded(scope["old"]),
            new=_coded(scope["new"]),
            undone_at=None if at is None else np.array(at, dtype=np.int64),
        )


def new_bulk_id() -> str:
    """Return an id that no bulk decision has."""
    return bulk_id(uuid.uuid4().hex)


Event = Decision | BulkDecision
"""A line of the log."""


def bulk_id(event_id: str) -> str:
    """Return the id of the bulk decision that an event of this id would be part of.

    Examples
    --------
    >>> bulk_id("0123456789abcdef0123456700000005")
    '0123456789abcdef0123456700000000'
    """
    return event_id[:-_DIGITS] + "0" * _DIGITS


def _id_of(bulk: str, place: int) -> str:
    return f"{bulk[:-_DIGITS]}{place:0{_DIGITS}x}"


def _document(coded: Coded) -> dict[str, Json]:
    return {"values": list(coded.values), "codes": coded.codes.tolist()}


def _coded(document: object) -> Coded:
    if not isinstance(document, Mapping):
        raise TypeError(document)
    return Coded(tuple(document["values"]), np.array(document["codes"], dtype=np.int32))
