"""The decision log of a project: events are appended, never changed, and taking one back is another event."""

import getpass
import json
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from emendata.corrections.log_file import read_log
from emendata.corrections.standing import Ledger, Place
from emendata.data.locate import existing_file
from emendata.errors import InputError, UnknownName
from emendata.files import write_atomically
from emendata.records import Correction, Decision, DecisionKind, Json, Stream
from emendata.store import Project

__all__ = ["Choice", "DecisionLog", "Subject", "user_name"]


@dataclass(frozen=True)
class Subject:
    """What is decided upon: a row, by its id and where it stands, and a column, None for the whole row."""

    row: int
    row_id: str
    column: str | None = None
    old: Json = None


@dataclass(frozen=True)
class Choice:
    """One decision to be made: see `DecisionLog.decide`. ``event_id`` makes it one that is only made once."""

    kind: DecisionKind
    subject: Subject
    new: Json = None
    reason: str = ""
    stream: Stream | None = None
    event_id: str | None = None


class DecisionLog:
    """Who decided what, when, why and from where.

    Parameters
    ----------
    project : Project
    origin : str
        From where decisions are made: ``"terminal"``, ``"Python"``, …
    by : str, optional
        Who decides, by default the user of the system.

    Notes
    -----
    An event is on the disk when the method that makes it returns. Several processes may write to one log.
    """

    def __init__(self, project: Project, origin: str = "Python", by: str | None = None) -> None:
        self.origin = origin
        self.by = by or user_name()
        self._project = project
        self._read: _Read | None = None

    def signed(self, by: str, origin: str) -> "DecisionLog":
        """Return the same log as another person writes to it, from elsewhere; what one reads the other knows."""
        other = DecisionLog(self._project, origin, by)
        other._read = self._known
        return other

    def decide(
        self,
        kind: DecisionKind,
        subject: Subject,
        new: Json = None,
        reason: str = "",
        stream: Stream | None = None,
    ) -> Decision:
        """Append a decision and return it.

        Raises
        ------
        UnknownName
            If there is no such kind.
        InputError
            If a new value is needed and not given.
        """
        return self.decide_all(kind, [subject], new, reason, [stream])[0]

    def decide_all(
        self,
        kind: DecisionKind,
        subjects: Sequence[Subject],
        new: Json = None,
        reason: str = "",
        streams: Sequence[Stream | None] | None = None,
    ) -> list[Decision]:
        """Append one decision for several rows, all of them or none."""
        return self.decide_each(
            [
                Choice(kind, subject, new, reason, stream)
                for subject, stream in zip(subjects, streams or [None] * len(subjects), strict=True)
            ]
        )

    def decide_each(self, choices: Sequence[Choice]) -> list[Decision]:
        """Append several decisions of one moment, all of them or none, which are taken back together.

        One whose ``event_id`` the log has already is left out, so that who did not hear an answer may ask again.
        """
        for choice in choices:
            _check(choice)
        moment, ledger = self._moment(), self._known.ledger
        return self._appended(
            [
                self._event(
                    moment, "decided", one.kind, one.subject, one.new, one.reason, one.stream, one.event_id
                )
                for one in choices
                if ledger.event(one.event_id) is None
            ]
        )

    def record(self, action: Literal["applied", "reverted"], corrections: Sequence[Correction]) -> None:
        """Append that corrections were made in a copy of the data, or taken back."""
        moment = self._moment()
        self._appended(
            [
                self._event(moment, action, c.kind, Subject(c.row, c.id, c.column, c.old), c.new, c.reason)
                for c in corrections
            ]
        )

    def undo(self, event: Decision | None = None) -> list[Decision]:
        """Take back an event, by default what this person decided last and at once, and return what does so.

        Raises
        ------
        InputError
            If there is nothing to take back.
        """
        if event is not None:
            return self._against([event])
        last = next((mine for mine in self._mine() if mine.action == "decided"), None)
        if last is None:
            raise InputError("There is no decision of yours to take back.")
        return self._against([mine for mine in self._mine() if mine.at == last.at])

    def take_back(self, events: Sequence[Decision]) -> list[Decision]:
        """Take back some events at once, of whomever, as far as they count, and return what does so.

        Raises
        ------
        InputError
            If none of them counts.
        """
        counting = [
            event
            for event in events
            if event.event_id not in self.gone and event.action in ("decided", "undone")
        ]
        if not counting:
            raise InputError("This was taken back already.")
        return self._against(counting)

    def redo(self) -> list[Decision]:
        """Make count again what this person took back last, if nothing was decided since.

        Raises
        ------
        InputError
            If there is nothing to do again.
        """
        for event in self._mine():
            if event.action == "decided":
                break
            undone = self._known.ledger.event(event.undoes)
            if undone is not None and undone.action == "decided":
                return self._against([mine for mine in self._mine() if mine.at == event.at])
        raise InputError("You took nothing back that could be done again.")

    @property
    def events(self) -> list[Decision]:
        """All events by time."""
        return list(self._known.ledger.events)

    @property
    def standing(self) -> Mapping[Place, Decision]:
        """The decision that stands for each row and column."""
        return self._known.ledger.standing

    @property
    def gone(self) -> Set[str]:
        """The ids of the events that do not count, since they were taken back."""
        return self._known.ledger.gone

    @property
    def changes(self) -> Sequence[Place]:
        """Places, in the order in which another decision, or none, came to stand for them; only grows."""
        return self._known.ledger.changes

    def refresh(self) -> None:
        """Read what others appended since."""
        events, self._known.last = self._project.decisions_after(self._known.last)
        self._known.ledger.add(events)

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write all events as JSON lines, the oldest first, and return how many there are."""
        with write_atomically(path) as temporary:
            lines = (json.dumps(asdict(event), ensure_ascii=False) + "\n" for event in self.events)
            temporary.write_text("".join(lines), encoding="utf-8")
        return len(self._known.ledger.events)

    def merge(self, path: str | os.PathLike[str]) -> int:
        """Append the events of an exported log that this one lacks, and return how many.

        Raises
        ------
        InputError
            If a line of the file is no event; nothing is appended then.
        """
        added = self._project.log(read_log(existing_file(path)), skip_known=True)
        self.refresh()
        return added

    @property
    def _known(self) -> "_Read":
        if self._read is None:
            self._read = _Read()
            self.refresh()
        return self._read

    def _mine(self) -> Iterator[Decision]:
        """Yield what this person decided or took back and what counts, the newest first."""
        ledger = self._known.ledger
        for event in reversed(ledger.events):
            if (
                event.by == self.by
                and event.action in ("decided", "undone")
                and event.event_id not in ledger.gone
            ):
                yield event

    def _against(self, events: Sequence[Decision]) -> list[Decision]:
        moment = self._moment()
        return self._appended(
            [
                replace(
                    event,
                    event_id=uuid.uuid4().hex,
                    at=moment,
                    by=self.by,
                    action="undone",
                    reason="",
                    origin=self.origin,
                    undoes=event.event_id,
                )
                for event in events
            ]
        )

    def _event(
        self,
        at: str,
        action: Literal["decided", "applied", "reverted"],
        kind: DecisionKind,
        subject: Subject,
        new: Json,
        reason: str,
        stream: Stream | None = None,
        event_id: str | None = None,
    ) -> Decision:
        return Decision(
            event_id=event_id or uuid.uuid4().hex,
            at=at,
            by=self.by,
            action=action,
            kind=kind,
            row=subject.row,
            row_id=subject.row_id,
            column=subject.column,
            old=subject.old,
            new=new,
            reason=reason,
            origin=self.origin,
            stream=stream,
        )

    def _moment(self) -> str:
        """Return the time, or the moment after the last event where a clock goes wrong."""
        known = self._known.ledger.events
        now = datetime.now(UTC)
        if known:
            now = max(now, datetime.fromisoformat(known[-1].at) + timedelta(microseconds=1))
        return now.isoformat(timespec="microseconds")

    def _appended(self, events: list[Decision]) -> list[Decision]:
        _ = self._known  # so that what is appended is read after what was there
        self._project.log(events)
        self.refresh()
        return events


def _check(choice: Choice) -> None:
    """Refuse what decides nothing."""
    kind = choice.kind
    if kind not in get_args(DecisionKind):
        raise UnknownName.among("kind of decision", kind, get_args(DecisionKind))
    if kind in ("relabel", "set_cell") and not (
        choice.subject.column and (choice.new is not None or kind == "set_cell")
    ):
        raise InputError(f"A decision to {kind} names a column and its new value.")
    if kind == "comment" and not choice.reason.strip():
        raise InputError("A comment says something. Give its text as the reason.")


@dataclass
class _Read:
    """What was read of a project's log: the events, and the number of the last of its lines."""

    ledger: Ledger = field(default_factory=Ledger)
    last: int = 0


def user_name() -> str:
    """Return who is at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a system without user names
        return "unknown"
