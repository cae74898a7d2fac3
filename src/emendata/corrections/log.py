"""The decision log of a project: events are appended, never changed, and taking one back is another event."""

import getpass
import json
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from emendata.corrections.standing import Place, in_order, standing, taken_back
from emendata.data.locate import existing_file
from emendata.errors import InputError, UnknownName
from emendata.files import write_atomically
from emendata.records import Correction, Decision, DecisionKind, Json, Stream
from emendata.store import Project

__all__ = ["DecisionLog", "Subject"]

_REPAIR = "Give a file that emendata decisions --export wrote."
_ACTIONS = ("decided", "undone", "applied", "reverted")
_TEXTS = ("event_id", "at", "by", "row_id", "reason", "origin")


@dataclass(frozen=True)
class Subject:
    """What is decided upon: a row, by its id and where it stands, and a column, None for the whole row."""

    row: int
    row_id: str
    column: str | None = None
    old: Json = None


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
        self.by = by or _user_name()
        self._project = project

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
        if kind not in get_args(DecisionKind):
            raise UnknownName.among("kind of decision", kind, get_args(DecisionKind))
        names_columns = all(subject.column for subject in subjects)
        if kind in ("relabel", "set_cell") and not (
            names_columns and (new is not None or kind == "set_cell")
        ):
            raise InputError(f"A decision to {kind} names a column and its new value.")
        if kind == "comment" and not reason.strip():
            raise InputError("A comment says something. Give its text as the reason.")
        moment = self._moment()
        return self._appended(
            [
                self._event(moment, "decided", kind, subject, new, reason, stream)
                for subject, stream in zip(subjects, streams or [None] * len(subjects), strict=True)
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

    def redo(self) -> list[Decision]:
        """Make count again what this person took back last, if nothing was decided since.

        Raises
        ------
        InputError
            If there is nothing to do again.
        """
        decided = {event.event_id for event in self._known if event.action == "decided"}
        for event in self._mine():
            if event.action == "decided":
                break
            if event.undoes in decided:
                return self._against([mine for mine in self._mine() if mine.at == event.at])
        raise InputError("You took nothing back that could be done again.")

    @property
    def events(self) -> list[Decision]:
        """All events by time."""
        return in_order(self._known)

    @property
    def standing(self) -> Mapping[Place, Decision]:
        """The decision that stands for each row and column."""
        return standing(self._known)

    def refresh(self) -> None:
        """Read what others appended since."""
        vars(self).pop("_known", None)

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write all events as JSON lines, the oldest first, and return how many there are."""
        with write_atomically(path) as temporary:
            lines = (json.dumps(asdict(event), ensure_ascii=False) + "\n" for event in self.events)
            temporary.write_text("".join(lines), encoding="utf-8")
        return len(self._known)

    def merge(self, path: str | os.PathLike[str]) -> int:
        """Append the events of an exported log that this one lacks, and return how many.

        Raises
        ------
        InputError
            If a line of the file is no event; nothing is appended then.
        """
        added = self._project.log(_read(existing_file(path)), skip_known=True)
        self.refresh()
        return added

    @cached_property
    def _known(self) -> list[Decision]:
        return self._project.decisions()

    def _mine(self) -> Iterator[Decision]:
        """Yield what this person decided or took back and what counts, the newest first."""
        gone = taken_back(self._known)
        for event in reversed(self.events):
            if event.by == self.by and event.action in ("decided", "undone") and event.event_id not in gone:
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
    ) -> Decision:
        return Decision(
            event_id=uuid.uuid4().hex,
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
        last = max((event.at for event in self._known), default=None)
        now = datetime.now(UTC)
        if last is not None:
            now = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1))
        return now.isoformat(timespec="microseconds")

    def _appended(self, events: list[Decision]) -> list[Decision]:
        self._project.log(events)
        self._known.extend(events)
        return events


def _user_name() -> str:
    """Return who is at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a system without user names
        return "unknown"


def _read(path: Path) -> list[Decision]:
    events = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                event = Decision(**json.loads(line))
            except (TypeError, ValueError) as error:
                raise InputError(f"Line {number} of {path.name} is no event of a log. {_REPAIR}") from error
            if fault := _fault(event):
                raise InputError(f"Line {number} of {path.name} has no usable {fault!r}. {_REPAIR}")
            events.append(event)
    return events


def _fault(event: Decision) -> str | None:
    """Return the first field of an event from outside that cannot be."""
    wrong = [name for name in _TEXTS if not isinstance(getattr(event, name), str)]
    wrong += ["row"] * (not isinstance(event.row, int) or isinstance(event.row, bool))
    wrong += ["action"] * (event.action not in _ACTIONS)
    wrong += ["kind"] * (event.kind not in get_args(DecisionKind))
    wrong += ["stream"] * (event.stream not in (None, *get_args(Stream)))
    wrong += [n for n in ("column", "undoes") if not isinstance(getattr(event, n), str | None)]
    if not wrong:
        try:
            if datetime.fromisoformat(event.at).tzinfo is None:
                wrong.append("at")
        except ValueError:
            wrong.append("at")
    return wrong[0] if wrong else None
