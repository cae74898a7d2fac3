"""``emendata decisions``: who decided what, and how to take it with you."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emendata.records import Event, Json

__all__ = ["decisions"]


def decisions(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    export: Annotated[
        Path | None, typer.Option(help="Write all events to this file, one JSON line each.")
    ] = None,
    merge: Annotated[
        list[Path] | None,
        typer.Option(help="Add the events of an exported log, each once. Repeatable."),
    ] = None,
    undo: Annotated[
        str | None,
        typer.Option(help="Take this event back, by the beginning of its id; the word 'last' is your last."),
    ] = None,
    last: Annotated[int, typer.Option(help="Show this many of the newest events.", min=0)] = 20,
) -> None:
    """Show the log of decisions, export it, merge another into it, or take an event back.

    Nothing is ever removed from the log: taking back is another event.

    Examples
    --------
    `emendata decisions reviews.csv.emendata`

    `emendata decisions reviews.csv.emendata --export mine.jsonl`

    `emendata decisions reviews.csv.emendata --merge theirs.jsonl`

    `emendata decisions reviews.csv.emendata --undo last`
    """
    from emendata.corrections import DecisionLog
    from emendata.store import Project

    kept = Project(project, create=False)
    log = DecisionLog(kept, origin="command line")
    for path in merge or ():
        typer.echo(f"Added    {log.merge(path):,} events of {path}")
    if undo is not None:
        made = log.undo(None if undo == "last" else _found(log.records, undo))
        typer.echo(f"Undone   {len(made):,} events")
    if export is not None:
        typer.echo(f"Written  {log.export(export):,} events to {export}")
    records = log.records
    for event in records[len(records) - min(last, len(records)) :]:
        typer.echo(_line(event, is_gone=not log.gone.n_counting(event)))
    typer.echo(f"{len(records):,} events, of which {len(log.standing):,} decisions stand.")
    kept.close()


def _found(events: "Sequence[Event]", start: str) -> "Event":
    found = [event for event in events if event.event_id.startswith(start.lower())]
    if len(found) != 1:
        how_many = "No event has" if not found else f"{len(found):,} events have"
        raise InputError(f"{how_many} an id that begins with {start!r}. Give more of one that is listed.")
    return found[0]


def _line(event: "Event", *, is_gone: bool) -> str:
    from emendata.records import Decision

    what = event.kind.replace("_", " ")
    if event.action != "decided":
        what = f"{event.action} {what}"
    rows = f"row {event.row:,}" if isinstance(event, Decision) else f"{len(event):,} rows"
    place = rows + (f" {event.column}" if event.column else "")
    old, new = (
        ([event.old], [event.new]) if isinstance(event, Decision) else (event.old.values, event.new.values)
    )
    change = f" {_one_of(old)} to {_one_of(new)}" if new[0] is not None else ""
    why = f": {event.reason}" if event.reason else ""
    gone = "  (taken back)" if is_gone else ""
    return f"{event.event_id[:8]}  {event.at[:16]}  {event.by}  {what}, {place}{change}{why}{gone}"


def _one_of(values: "Sequence[Json]") -> str:
    return repr(values[0]) if len(values) == 1 else f"one of {len(values):,}"
