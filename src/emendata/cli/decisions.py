"""``emendata decisions``: who decided what, and how to take it with you."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.errors import InputError

if TYPE_CHECKING:
    from emendata.records import Decision

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
    from emendata.corrections.standing import taken_back
    from emendata.store import Project

    kept = Project(project, create=False)
    log = DecisionLog(kept, origin="command line")
    for path in merge or ():
        typer.echo(f"Added    {log.merge(path):,} events of {path}")
    if undo is not None:
        made = log.undo(None if undo == "last" else _found(log.events, undo))
        typer.echo(f"Undone   {len(made):,} events")
    if export is not None:
        typer.echo(f"Written  {log.export(export):,} events to {export}")
    gone = taken_back(log.events)
    for event in log.events[len(log.events) - min(last, len(log.events)) :]:
        typer.echo(_line(event, is_gone=event.event_id in gone))
    typer.echo(f"{len(log.events):,} events, of which {len(log.standing):,} decisions stand.")
    kept.close()


def _found(events: "list[Decision]", start: str) -> "Decision":
    found = [event for event in events if event.event_id.startswith(start.lower())]
    if len(found) != 1:
        how_many = "No event has" if not found else f"{len(found):,} events have"
        raise InputError(f"{how_many} an id that begins with {start!r}. Give more of one that is listed.")
    return found[0]


def _line(event: "Decision", *, is_gone: bool) -> str:
    what = event.kind.replace("_", " ")
    if event.action != "decided":
        what = f"{event.action} {what}"
    place = f"row {event.row:,}" + (f" {event.column}" if event.column else "")
    change = f" {event.old!r} to {event.new!r}" if event.new is not None else ""
    why = f": {event.reason}" if event.reason else ""
    gone = "  (taken back)" if is_gone else ""
    return f"{event.event_id[:8]}  {event.at[:16]}  {event.by}  {what}, {place}{change}{why}{gone}"
