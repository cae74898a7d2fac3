"""The log moment by moment: what one person did at once, and what was decided later about the same rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from emendata.corrections.events import Events
from emendata.corrections.log import DecisionLog
from emendata.errors import UnknownName
from emendata.records import Decision, Event

__all__ = ["Batch", "find_batch", "history", "later_decisions", "undo_batch"]

Source = Literal["by hand", "bulk", "note", "copy"]


@dataclass(frozen=True, eq=False)
class Batch:
    """What one person did at one moment: decisions, taking some back, or writing a copy; at least one event."""

    events: Events

    @property
    def first(self) -> Decision:
        """Any of the events: they share moment, person and action."""
        return self.events[0]

    @property
    def event_id(self) -> str:
        """The id of the first event, by which the batch is found in the log."""
        return self.events.records[0].event_id

    @property
    def source(self) -> Source:
        """How it came about: a row at a time, many rows at once, words only, or a corrected copy."""
        first = self.first
        if first.action in ("applied", "reverted"):
            return "copy"
        if first.kind == "comment":
            return "note"
        return "bulk" if first.stream == "bulk" else "by hand"

    def stands(self, log: DecisionLog) -> bool:
        """Tell whether any of it counts."""
        return any(map(log.gone.n_counting, self.events.records))


def history(log: DecisionLog) -> list[Batch]:
    """Return everything that was done, the newest first. O(n) in the records of the log.

    Examples
    --------
    >>> from emendata.corrections import Subject
    >>> from emendata.store import Project
    >>> log = DecisionLog(Project(getfixture("tmp_path") / "cats.csv.emendata"), by="ann")
    >>> _ = log.decide_all("keep", [Subject(0, "a", "label", "cat"), Subject(1, "b", "label", "dog")])
    >>> [(batch.first.by, len(batch.events)) for batch in history(log)]
    [('ann', 2)]
    """
    return _batches(log.records)[::-1]


def find_batch(log: DecisionLog, at: str, by: str) -> Batch:
    """Return what somebody did at a moment.

    Raises
    ------
    UnknownName
        If nobody did anything then.
    """
    found = [one for one in log.records if one.at == at and one.by == by]
    if not found:
        raise UnknownName("There is no such moment in this history. Load the page again.")
    return Batch(Events(found))


def later_decisions(log: DecisionLog, batch: Batch) -> list[Batch]:
    """Return the decisions after a batch that stand on the same rows and columns: they stay when it is taken back.

    Each of them holds only what is on these places; by time, the oldest first. O(n) in the events of the batch.
    """
    moment = batch.first.at
    places = dict.fromkeys((event.row_id, event.column) for event in batch.events)
    standing = map(log.standing.get, places)
    later = [event for event in standing if event is not None and event.at > moment]
    return _batches(sorted(later, key=lambda event: (event.at, event.by)))


def undo_batch(log: DecisionLog, batch: Batch, later: Iterable[Batch] = ()) -> Sequence[Decision]:
    """Take back what was done at one moment, and some of the `later_decisions` with it; return what does so.

    Raises
    ------
    InputError
        If none of it counts any more.
    """
    return log.take_back([event for one in (batch, *later) for event in one.events.records])


def _batches(events: Iterable[Event]) -> list[Batch]:
    grouped = groupby(events, key=lambda event: (event.at, event.by))
    return [Batch(Events(list(together))) for _, together in grouped]
