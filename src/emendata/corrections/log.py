"""The decision log of a project: events are appended, never changed, and taking one back is another event."""

import getpass
import os
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Literal

import numpy as np

from emendata.corrections.choices import Choice, Subject, Subjects, check_choice
from emendata.corrections.events import Events
from emendata.corrections.gone import Gone
from emendata.corrections.ledger import Ledger
from emendata.corrections.log_file import log_lines, read_log
from emendata.corrections.stand import Standing
from emendata.data.locate import existing_file
from emendata.errors import InputError
from emendata.files import write_atomically
from emendata.records import (
    BulkDecision,
    Coded,
    Correction,
    Decision,
    DecisionKind,
    Event,
    Json,
    Stream,
    new_bulk_id,
)
from emendata.store import Project

__all__ = ["DecisionLog", "user_name"]


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
            check_choice(choice)
        moment, ledger = self._moment(), self._known.ledger
        return self._appended(
            [
                self._event(
                    moment, "decided", one.kind, one.subject, one.new, one.reason, one.stream, one.event_id
                )
                for one in choices
                if ledger.record(one.event_id) is None
            ]
        )

    def decide_rows(
        self,
        kind: DecisionKind,
        subjects: Subjects,
        new: Coded | None = None,
        reason: str = "",
        stream: Stream | None = None,
    ) -> Sequence[Decision]:
        """Append one decision about any number of rows as one event, and return it as that of each row.

        It costs a line of the log, however many rows there are; taken back, it is as one event, too. Which rows they
        are is kept by their ids, so it says the same of a file that was sorted or grew.

        Raises
        ------
        InputError
            If a row comes twice, or a new value is needed and not given for each.
        """
        n_rows = len(subjects.rows)
        if not n_rows:
            return Events([])
        if len(set(subjects.row_ids)) < n_rows:
            raise InputError("A row comes twice among those that are decided upon. Give each once.")
        new = new or Coded.same(None, n_rows)
        for code in np.unique(new.codes).tolist():
            place = Subject(int(subjects.rows[0]), subjects.row_ids[0], subjects.column)
            check_choice(Choice(kind, place, new.values[code], reason))
        event = BulkDecision(
            event_id=new_bulk_id(),
            at=self._moment(),
            by=self.by,
            action="decided",
            kind=kind,
            rows=np.asarray(subjects.rows, dtype=np.int64),
            row_ids=subjects.row_ids,
            column=subjects.column,
            old=subjects.old,
            new=new,
            reason=reason,
            origin=self.origin,
            stream=stream,
        )
        return self._written([event])

    def record(self, action: Literal["applied", "reverted"], corrections: Sequence[Correction]) -> None:
        """Append that corrections were made in a copy of the data, or taken back."""
        moment = self._moment()
        self._appended(
            [
                self._event(moment, action, c.kind, Subject(c.row, c.id, c.column, c.old), c.new, c.reason)
                for c in corrections
            ]
        )

    def undo(self, event: Event | None = None) -> Sequence[Decision]:
        """Take back an event, by default what this person decided last and at once, and return what does so.

        Raises
        ------
        InputError
            If there is nothing to take back.
        """
        if event is not None:
            return self._against([event])
        last = next((one for one in self._mine() if one.action == "decided" and not _names_moment(one)), None)
        if last is None:
            raise InputError("There is no decision of yours to take back.")
        return self._against(self._mine_at(last.at))

    def take_back(self, events: Sequence[Event]) -> Sequence[Decision]:
        """Take back some events at once, of whomever, as far as they count, and return what does so.

        Raises
        ------
        InputError
            If none of them counts.
        """
        records = events.records if isinstance(events, Events) else events
        return self._against(
            [one for one in records if self.gone.n_counting(one) and one.action in ("decided", "undone")]
        )

    def redo(self) -> Sequence[Decision]:
        """Make count again what this person took back last, if nothing was decided since.

        Raises
        ------
        InputError
            If there is nothing to do again.
        """
        for event in self._mine():
            if event.action == "decided":
                break
            undone = self._known.ledger.record(event.undoes)
            if undone is not None and undone.action == "decided":
                return self._against(self._mine_at(event.at))
        raise InputError("You took nothing back that could be done again.")

    @property
    def records(self) -> Sequence[Event]:
        """All events by time, what was decided about many rows at once being one."""
        return list(self._known.ledger.records)

    @property
    def events(self) -> Sequence[Decision]:
        """All events by time, row by row."""
        return Events(self._known.ledger.records)

    @property
    def answers(self) -> Sequence[Decision]:
        """All events about single rows by time: what people said of rows that they looked at, and took back."""
        return [one for one in self._known.ledger.records if isinstance(one, Decision)]

    @property
    def standing(self) -> Standing:
        """The decision that stands for each row and column."""
        return self._known.ledger.standing

    @property
    def gone(self) -> Gone:
        """The ids of the events that do not count, since they were taken back."""
        return self._known.ledger.gone

    def refresh(self) -> None:
        """Read what others appended since."""
        self._read_on([])

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write all events as JSON lines, the oldest first, and return how many there are."""
        records = self._known.ledger.records
        with write_atomically(path) as temporary, temporary.open("w", encoding="utf-8") as lines:
            lines.writelines(log_lines(records))
        return len(records)

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

    def _mine(self) -> Iterator[Event]:
        """Yield what this person decided or took back and what counts, the newest first."""
        ledger = self._known.ledger
        for event in reversed(ledger.records):
            if (
                event.by == self.by
                and event.action in ("decided", "undone")
                and ledger.gone.n_counting(event)
            ):
                yield event

    def _mine_at(self, moment: str) -> list[Event]:
        later = takewhile(lambda mine: mine.at >= moment, self._mine())
        return [mine for mine in later if mine.at == moment]

    def _against(self, events: Sequence[Event]) -> Sequence[Decision]:
        gone = self.gone
        counting = [
            one if isinstance(one, Decision) else one.part(np.flatnonzero(~gone.mask(one)))
            for one in events
            if isinstance(one, Decision) or gone.n_counting(one)
        ]
        if not counting:
            raise InputError("This was taken back already.")
        moment = self._moment()
        return self._written(
            [
                replace(
                    one,
                    event_id=uuid.uuid4().hex if isinstance(one, Decision) else new_bulk_id(),
                    at=moment,
                    by=self.by,
                    action="undone",
                    reason="",
                    origin=self.origin,
                    undoes=one.event_id,
                )
                for one in counting
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
        known = self._known.ledger.records
        now = datetime.now(UTC)
        if known:
            now = max(now, datetime.fromisoformat(known[-1].at) + timedelta(microseconds=1))
        return now.isoformat(timespec="microseconds")

    def _appended(self, events: list[Decision]) -> list[Decision]:
        self._written(events)
        return events

    def _written(self, events: Sequence[Event]) -> Events:
        _ = self._known  # so that what is appended is read after what was there
        self._project.log(events)
        self._read_on(events)
        return Events(events)

    def _read_on(self, own: Sequence[Event]) -> None:
        """Take in what was just written, and what others appended before it."""
        known = self._known
        others, known.last = self._project.events_after(known.last, {event.event_id for event in own})
        known.ledger.add([*others, *own])


def _names_moment(event: Event) -> bool:
    """Tell whether an event is a checkpoint, which is about no row; it is taken back only when it is named."""
    return isinstance(event, Decision) and event.row < 0


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
