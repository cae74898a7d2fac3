"""Which events do not count, since they were taken back: of a bulk decision a mask says for which of its rows."""

from bisect import insort
from collections.abc import Iterator, Set
from typing import TypeVar

import numpy as np

from emendata.records import BoolArray, BulkDecision, Decision, Event, bulk_id

__all__ = ["Gone", "put", "when"]

_AnyEvent = TypeVar("_AnyEvent", bound=Event)


class Gone(Set[str]):
    """The ids of the events that do not count, as a set."""

    def __init__(self) -> None:
        self._single: set[str] = set()
        self._bulk: dict[str, tuple[BulkDecision, BoolArray]] = {}

    def __contains__(self, event_id: object) -> bool:
        if event_id in self._single:
            return True
        bulk, gone = self._bulk.get(bulk_id(str(event_id)), (None, None))
        place = None if bulk is None else bulk.place_of(str(event_id))
        return place is not None and gone is not None and bool(gone[place])

    def __iter__(self) -> Iterator[str]:
        yield from self._single
        for bulk, gone in self._bulk.values():
            for place in np.flatnonzero(gone).tolist():
                yield bulk[place].event_id

    def __len__(self) -> int:
        return len(self._single) + sum(int(gone.sum()) for _, gone in self._bulk.values())

    def has(self, event: Decision) -> bool:
        """Tell whether an event of one row, that is a line of its own, does not count."""
        return event.event_id in self._single

    def mask(self, bulk: BulkDecision) -> BoolArray:
        """Return which decisions of a bulk decision do not count, shape (n_rows,)."""
        found = self.known_mask(bulk)
        return np.zeros(len(bulk), dtype=np.bool_) if found is None else found

    def known_mask(self, bulk: BulkDecision) -> BoolArray | None:
        """Return the same, None where nothing was said yet."""
        return self._bulk.get(bulk.event_id, (None, None))[1]

    def n_counting(self, event: Event) -> int:
        """Return how many decisions of an event count."""
        if isinstance(event, Decision):
            return int(event.event_id not in self)
        return len(event) - int(np.count_nonzero(self.mask(event)))

    def say(self, event: Decision, *, is_gone: bool) -> None:
        """Say whether an event of one row counts."""
        (self._single.add if is_gone else self._single.discard)(event.event_id)

    def say_of_rows(self, bulk: BulkDecision, gone: BoolArray) -> None:
        """Say of which rows of a bulk decision nothing counts, shape (n_rows,)."""
        self._bulk[bulk.event_id] = (bulk, gone)


def when(event: Event) -> tuple[str, str]:
    """Return what events are ordered by: their time, and of one moment their ids."""
    return event.at, event.event_id


def put(events: list[_AnyEvent], event: _AnyEvent) -> None:
    """Put an event where it belongs in others; most are the last."""
    if not events or when(events[-1]) < when(event):
        events.append(event)
    else:
        insort(events, event, key=when)
