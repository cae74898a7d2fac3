"""Events of the decision log as lines of the catalog: what is said of the rows of a bulk decision is packed."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from emendata.records import BulkDecision, Decision, Event

__all__ = ["as_event", "as_line"]

_LEVEL = 1  # of zlib: most of what it gains, in a third of the time


def as_line(event: Event) -> dict[str, object]:
    """Return an event as a line of the table; of a bulk decision its first row stands in the open."""
    if isinstance(event, Decision):
        return {**vars(event), "bulk": None}
    text = json.dumps(event.scope(), ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode(), _LEVEL)
    return {**vars(event[0]), "event_id": event.event_id, "undoes": event.undoes, "bulk": packed}


def as_event(line: Mapping[str, Any]) -> Event:
    """Return the event of a line."""
    fields = {name: value for name, value in line.items() if name not in ("number", "bulk")}
    if line["bulk"] is None:
        return Decision(**fields)
    for name in ("row", "row_id", "old", "new"):
        del fields[name]
    return BulkDecision.of(fields, json.loads(zlib.decompress(line["bulk"])))
