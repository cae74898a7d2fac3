"""Names for moments of the log: what stood then, what differs from another moment, and going back."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from emendata.corrections.choices import Subject
from emendata.corrections.decided import decided_corrections
from emendata.corrections.ledger import Ledger
from emendata.corrections.log import DecisionLog
from emendata.corrections.standing import Place
from emendata.data import Dataset, label_names
from emendata.errors import InputError, UnknownName
from emendata.records import Decision, Event, bulk_id

__all__ = [
    "Checkpoint",
    "Difference",
    "checkpoints",
    "compare_checkpoints",
    "find_checkpoint",
    "go_back",
    "is_checkpoint",
    "set_checkpoint",
]

_NO_ROW = Subject(-1, "")
_NOW = "now"


@dataclass(frozen=True)
class Checkpoint:
    """A moment of the log that has a name. In the log it is a comment about no row, so it travels with it."""

    name: str
    at: str
    by: str


@dataclass(frozen=True, eq=False)
class Difference:
    """What two moments differ in.

    Attributes
    ----------
    rows : tuple of int
        The rows about which something else stood, ascending.
    n_before, n_after : int
        How many decisions stood.
    classes_before, classes_after : mapping of str to int
        How many rows each class has once the decisions are made, ``""`` being rows without a label; empty where there
        is no label column.
    """

    rows: tuple[int, ...]
    n_before: int
    n_after: int
    classes_before: Mapping[str, int]
    classes_after: Mapping[str, int]


def is_checkpoint(event: Decision) -> bool:
    """Tell whether an event gives its moment a name."""
    return event.action == "decided" and event.kind == "comment" and event.row < 0


def set_checkpoint(log: DecisionLog, name: str) -> Checkpoint:
    """Give the log as it is now a name.

    Raises
    ------
    InputError
        If the name is empty, or that of another checkpoint.
    """
    name = name.strip()
    if not name:
        raise InputError("A checkpoint has a name. Give one.")
    if name == _NOW or any(known.name == name for known in checkpoints(log)):
        raise InputError(f"There is a checkpoint {name!r} already. Give another name.")
    event = log.decide("comment", _NO_ROW, reason=name)
    return Checkpoint(name, event.at, event.by)


def checkpoints(log: DecisionLog) -> list[Checkpoint]:
    """Return all checkpoints, the oldest first; those that were taken back are left out."""
    return [
        Checkpoint(event.reason, event.at, event.by)
        for event in log.answers
        if is_checkpoint(event) and event.event_id not in log.gone
    ]


def find_checkpoint(log: DecisionLog, name: str) -> Checkpoint | None:
    """Return a checkpoint by its name, None for ``"now"``.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    known = {one.name: one for one in checkpoints(log)}
    if name != _NOW and name not in known:
        raise UnknownName.among("checkpoint", name, [_NOW, *known])
    return known.get(name)


def compare_checkpoints(
    dataset: Dataset, log: DecisionLog, before: Checkpoint | None, after: Checkpoint | None = None
) -> Difference:
    """Return what two checkpoints differ in, None being now. O(n) in the events of the log."""
    first, second = _standing_at(log, before), _standing_at(log, after)
    places = {row_id: row for row, row_id in enumerate(dataset.row_ids())}
    other = {
        row
        for place in first.keys() | second.keys()
        if _answer(first.get(place)) != _answer(second.get(place))
        and (row := places.get(place[0])) is not None
    }
    return Difference(
        rows=tuple(sorted(other)),
        n_before=len(first),
        n_after=len(second),
        classes_before=_classes(dataset, first),
        classes_after=_classes(dataset, second),
    )


def go_back(log: DecisionLog, checkpoint: Checkpoint | None) -> Sequence[Decision]:
    """Let stand what stood at a checkpoint, and return what does so; it is taken back as one. Comments stay.

    Raises
    ------
    InputError
        If nothing was decided since, or the checkpoint is now.
    """
    if checkpoint is None:
        raise InputError("It is now already. Name a checkpoint.")
    records = log.records
    then = {event.event_id for event in records if event.at <= checkpoint.at}
    since = [
        event
        for event in records
        if event.event_id not in then and log.gone.n_counting(event) and _changes(event, then)
    ]
    if not since:
        raise InputError(f"Nothing was decided since {checkpoint.name!r}: everything stands as it did then.")
    return log.take_back(since)


def _changes(event: Event, then: Set[str]) -> bool:
    """Tell whether an event changes what stood then: a decision, or one that takes back what was decided till then."""
    if event.action == "undone":
        return event.undoes is not None and (event.undoes in then or bulk_id(event.undoes) in then)
    return event.action == "decided" and event.kind != "comment"


def _standing_at(log: DecisionLog, checkpoint: Checkpoint | None) -> Mapping[Place, Decision]:
    if checkpoint is None:
        return log.standing
    ledger = Ledger()
    ledger.add(event for event in log.records if event.at <= checkpoint.at)
    return ledger.standing


def _answer(decision: Decision | None) -> tuple[object, ...]:
    return () if decision is None else (decision.kind, decision.new)


def _classes(dataset: Dataset, stood: Mapping[Place, Decision]) -> Mapping[str, int]:
    if dataset.label is None:
        return {}
    names = [name or "" for name in label_names(dataset)]
    counts = Counter(names)
    for change in decided_corrections(dataset, stood).corrections:
        if change.column in (None, dataset.label):
            counts[names[change.row]] -= 1
        if change.column == dataset.label:
            counts["" if change.new is None else str(change.new)] += 1
    return dict(sorted(counts.items()))
