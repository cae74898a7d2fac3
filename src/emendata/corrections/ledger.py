"""A log of decisions kept up to date as events come: which of them count, and which stand."""

from collections.abc import Iterable

import numpy as np

from emendata.corrections.gone import Gone, put, when
from emendata.corrections.stand import Standing
from emendata.records import BulkDecision, Decision, Event, bulk_id

__all__ = ["Ledger"]


class Ledger:
    """Events and what stands of them: what `emendata.corrections.standing` says of the decisions in all of them.

    ``records`` are in the order of time, a bulk decision being one; ``gone`` holds the ids of the decisions that do not
    count.

    Notes
    -----
    An event that is later than all others costs O(1) for each of its rows, however many there are; one that comes
    late, as from another log, O(n). Taking back part of a bulk decision costs O(n) for its n rows, in numpy.
    """

    def __init__(self) -> None:
        self.records: list[Event] = []
        self.gone = Gone()
        self.standing = Standing(self.gone)
        self._known: dict[str, Event] = {}
        self._undoing: dict[str, list[Event]] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Take in events, each once."""
        for event in sorted(events, key=when):
            if event.event_id not in self._known:
                self._add(event)

    def record(self, event_id: str | None) -> Event | None:
        """Return an event by its id; by that of one decision of a bulk decision the whole."""
        if event_id is None:
            return None
        found = self._known.get(event_id)
        if found is None:
            whole = self._known.get(bulk_id(event_id))
            if isinstance(whole, BulkDecision) and whole.place_of(event_id) is not None:
                return whole
        return found

    def _add(self, event: Event) -> None:
        self._known[event.event_id] = event
        put(self.records, event)
        if event.undoes is not None:
            of_one = isinstance(self._known.get(event.undoes), Decision)
            for key in {event.undoes} if of_one else {event.undoes, bulk_id(event.undoes)}:
                put(self._undoing.setdefault(key, []), event)
        if _is_decided(event):
            self.standing.enter(event)
        self._settle(event)

    def _settle(self, event: Event) -> None:
        """Say anew whether an event counts, then the one that it takes back, and so on."""
        while True:
            if isinstance(event, Decision):
                self._judge(event)
            else:
                self._judge_rows(event)
            undone = self.record(event.undoes)
            if undone is None or when(undone) >= when(event):
                return
            event = undone

    def _judge(self, event: Decision) -> None:
        later = self._later_than(event)
        is_gone = any(
            isinstance(other, Decision) and other.undoes == event.event_id and not self.gone.has(other)
            for other in later
        )
        self.gone.say(event, is_gone=is_gone)
        if _is_decided(event):
            self.standing.choose(event)

    def _judge_rows(self, event: BulkDecision) -> None:
        before = self.gone.known_mask(event)
        gone = np.zeros(len(event), dtype=np.bool_)
        for other in self._later_than(event):
            if isinstance(other, BulkDecision) and other.undoes == event.event_id:
                counting = ~self.gone.mask(other)
                at = np.arange(len(other)) if other.undone_at is None else other.undone_at
                gone[at[counting & (at < len(event))]] = True
            elif isinstance(other, Decision) and not self.gone.has(other):
                place = event.place_of(other.undoes or "")
                if place is not None:
                    gone[place] = True
        self.gone.say_of_rows(event, gone)
        if _is_decided(event):
            self.standing.choose_rows(event, None if before is None else np.flatnonzero(gone != before))

    def _later_than(self, event: Event) -> list[Event]:
        return [other for other in self._undoing.get(event.event_id, ()) if when(other) > when(event)]


def _is_decided(event: Event) -> bool:
    return event.action == "decided" and event.kind != "comment"
