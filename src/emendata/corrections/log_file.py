"""Exported logs of decisions: one event a line, looked at closely since they come from elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from emendata.errors import InputError
from emendata.records import BulkDecision, Coded, Decision, DecisionKind, Event, Json, Stream, bulk_id

__all__ = ["log_lines", "read_log"]

_REPAIR = "Give a file that emendata decisions --export wrote."
_ACTIONS = ("decided", "undone", "applied", "reverted")
_TEXTS = ("event_id", "at", "by", "reason", "origin")
_SHARED = ("event_id", "at", "by", "action", "kind", "column", "reason", "origin", "stream", "undoes")
_LISTS = ("rows", "row_ids", "old", "new", "undone_at")


def log_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield events as the lines of an exported log."""
    for event in events:
        yield json.dumps(_document(event), ensure_ascii=False) + "\n"


def _document(event: Event) -> dict[str, Json]:
    """Return an event as a line of an exported log; a bulk decision has lists in the place of row, id, old and new."""
    if isinstance(event, Decision):
        return asdict(event)
    shared = {name: getattr(event, name) for name in _SHARED}
    return {**shared, **event.scope()}


def read_log(path: Path) -> list[Event]:
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
                event = _event(json.loads(line))
                fault = _fault(event)
            except (TypeError, ValueError, KeyError, OverflowError) as error:
                raise InputError(f"Line {number} of {path.name} is no event of a log. {_REPAIR}") from error
            if fault:
                raise InputError(f"Line {number} of {path.name} has no usable {fault!r}. {_REPAIR}")
            events.append(event)
    return events


def _event(document: Mapping[str, Any]) -> Event:
    if "rows" not in document:
        return Decision(**document)
    if extra := set(document) - {*_SHARED, *_LISTS}:
        raise TypeError(extra)
    return BulkDecision.of({name: document[name] for name in _SHARED}, document)


def _fault(event: Event) -> str | None:
    """Return the first field of an event from outside that cannot be."""
    wrong = [name for name in _TEXTS if not isinstance(getattr(event, name), str)]
    if isinstance(event, Decision):
        wrong += ["row"] * (not isinstance(event.row, int) or isinstance(event.row, bool))
        wrong += ["row_id"] * (not isinstance(event.row_id, str))
    else:
        wrong += _faults_of_rows(event)
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


def _faults_of_rows(event: BulkDecision) -> list[str]:
    n_rows, ids = len(event.rows), event.row_ids
    wrong = ["event_id"] * (bulk_id(event.event_id) != event.event_id or len(event.event_id) != 32)
    wrong += ["rows"] * (not n_rows or event.rows.ndim != 1)
    is_list = isinstance(ids, list) and all(isinstance(one, str) for one in ids)
    wrong += ["row_ids"] * (not is_list or len(ids) != n_rows or len(set(ids)) != n_rows)
    wrong += [name for name in ("old", "new") if not _fits(getattr(event, name), n_rows)]
    at = event.undone_at
    fits = at is None or (at.shape == (n_rows,) and int(at.min(initial=0)) >= 0)
    return wrong + ["undone_at"] * (not fits)


def _fits(coded: Coded, n_rows: int) -> bool:
    codes = coded.codes
    return codes.shape == (n_rows,) and int(codes.min()) >= 0 and int(codes.max()) < len(coded.values)
