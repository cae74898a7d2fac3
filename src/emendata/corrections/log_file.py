"""Exported logs of decisions: one event a line, looked at closely since they come from elsewhere."""

import json
from datetime import datetime
from pathlib import Path
from typing import get_args

from emendata.errors import InputError
from emendata.records import Decision, DecisionKind, Stream

__all__ = ["read_log"]

_REPAIR = "Give a file that emendata decisions --export wrote."
_ACTIONS = ("decided", "undone", "applied", "reverted")
_TEXTS = ("event_id", "at", "by", "row_id", "reason", "origin")


def read_log(path: Path) -> list[Decision]:
    """Read the events of an exported log.

    Raises
    ------
    InputError
        If a line is no event; the first such line is named.
    """
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
