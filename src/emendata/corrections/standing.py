"""What a log of decisions comes to: which of them stand, and what that says of each row."""

from bisect import insort
from collections.abc import Iterable, Mapping

from emendata.records import Decision, Json

__all__ = ["Ledger", "Place", "in_order", "right_value", "standing", "taken_back"]

Place = tuple[str, str | None]
"""What a decision is about: the id of a row and a column, None for the whole row."""


def in_order(events: Iterable[Decision]) -> list[Decision]:
    """Return events by time; those of one moment by id, so that two logs that hold the same say the same."""
    return sorted(events, key=lambda event: (event.at, event.event_id))


def taken_back(events: Iterable[Decision]) -> set[str]:
    """Return the ids of the events that do not count, since a later event that counts takes them back.

    Nothing takes back what comes after it.

    Taking back what takes back makes the first event count again.

    Examples
    --------
    >>> def event(name, undoes=None):
    ...     action = "undone" if undoes else "decided"
    ...     return Decision(name, name, "ann", action, "keep", 0, "r", "y", None, None, "", undoes=undoes)
    >>> sorted(taken_back([event("1"), event("2"), event("3", "1"), event("4", "3")]))
    ['3']
    """
    gone: set[str] = set()
    later: set[str] = set()
    for event in reversed(in_order(events)):
        later.add(event.event_id)
        if event.undoes is not None and event.event_id not in gone and event.undoes not in later:
            gone.add(event.undoes)
    return gone


def standing(events: Iterable[Decision]) -> Mapping[Place, Decision]:
    """Return the decision that stands for each place: the last that nobody took back. Comments decide nothing.

    Examples
    --------
    >>> first = Decision("a", "1", "ann", "decided", "keep", 0, "r7", "y", "cat", None, "")
    >>> second = Decision("b", "2", "bob", "decided", "relabel", 0, "r7", "y", "cat", "dog", "")
    >>> standing([second, first])["r7", "y"].new
    'dog'
    """
    known = in_order(events)
    gone = taken_back(known)
    return {
        (event.row_id, event.column): event
        for event in known
        if event.action == "decided" and event.kind != "comment" and event.event_id not in gone
    }


class Ledger:
    """Events and what stands of them, kept up to date as events come: what `standing` says of them all.

    ``events`` are in the order of time, ``gone`` the ids of those that do not count; ``changes`` only grows, by each
    place for which another decision stands than before.

    Notes
    -----
    An event that is later than all others costs O(1), however many there are; one that comes late, as from another log,
    O(n).
    """

    def __init__(self) -> None:
        self.events: list[Decision] = []
        self.gone: set[str] = set()
        self.changes: list[Place] = []
        self._standing: dict[Place, Decision] = {}
        self._by_id: dict[str, Decision] = {}
        self._undoing: dict[str, list[Decision]] = {}
        self._decided: dict[Place, list[Decision]] = {}

    @property
    def standing(self) -> Mapping[Place, Decision]:
        """The decision that stands for each place."""
        return self._standing

    def add(self, events: Iterable[Decision]) -> None:
        """Take in events, each once."""
        for event in in_order(events):
            if event.event_id not in self._by_id:
                self._add(event)

    def event(self, event_id: str | None) -> Decision | None:
        """Return an event by its id."""
        return None if event_id is None else self._by_id.get(event_id)

    def _add(self, event: Decision) -> None:
        self._by_id[event.event_id] = event
        _put(self.events, event)
        if event.undoes is not None:
            _put(self._undoing.setdefault(event.undoes, []), event)
        if event.action == "decided" and event.kind != "comment":
            place = (event.row_id, event.column)
            _put(self._decided.setdefault(place, []), event)
        self._settle(event)

    def _settle(self, event: Decision) -> None:
        """Say anew whether an event counts, then the one that it takes back, and so on."""
        self.gone.discard(event.event_id)
        if any(self._takes_back(other, event) for other in self._undoing.get(event.event_id, ())):
            self.gone.add(event.event_id)
        self._choose((event.row_id, event.column))
        undone = self.event(event.undoes)
        if undone is not None and _when(undone) < _when(event):
            self._settle(undone)

    def _takes_back(self, other: Decision, event: Decision) -> bool:
        return _when(other) > _when(event) and other.event_id not in self.gone

    def _choose(self, place: Place) -> None:
        """Let the last decision on a place that counts stand."""
        before = self._standing.get(place)
        counting = (one for one in reversed(self._decided.get(place, [])) if one.event_id not in self.gone)
        now = next(counting, None)
        if now is before:
            return
        self.changes.append(place)
        if now is None:
            del self._standing[place]
        else:
            self._standing[place] = now


def _put(events: list[Decision], event: Decision) -> None:
    """Put an event where it belongs in others; most are the last."""
    if not events or _when(events[-1]) < _when(event):
        events.append(event)
    else:
        insort(events, event, key=_when)


def _when(event: Decision) -> tuple[str, str]:
    return event.at, event.event_id


def right_value(decision: Decision) -> Json:
    """Return what a decision says is right in its cell, None where it does not say.

    Examples
    --------
    >>> right_value(Decision("a", "1", "ann", "decided", "keep", 0, "r7", "y", "cat", None, ""))
    'cat'
    """
    if decision.kind == "keep":
        return decision.old
    return decision.new if decision.kind in ("relabel", "set_cell") else None
