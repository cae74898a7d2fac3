"""What a log of decisions comes to: which of them stand. `emendata.corrections.ledger` keeps that up to date."""

from collections.abc import Iterable, Mapping

from emendata.records import Decision, Json

__all__ = ["Place", "in_order", "right_value", "standing", "taken_back"]

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
