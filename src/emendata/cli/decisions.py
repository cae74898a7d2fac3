"""``emendata decisions``: who decided what, and how to take it with you."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emendata.corrections import DecisionLog
    from emendata.records import Decision, Event, Json

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
    whole: Annotated[
        bool, typer.Option("--whole", help="With --undo: all that was done at the same moment as well.")
    ] = False,
    later: Annotated[
        bool,
        typer.Option("--later", help="With --whole: later decisions on the same rows and columns as well."),
    ] = False,
    checkpoint: Annotated[
        str | None, typer.Option(help="Give the decisions as they are now this name, to come back to.")
    ] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Say what two checkpoints differ in; the word 'now' is now."),
    ] = None,
    go_back: Annotated[
        str | None,
        typer.Option(help="Let stand what stood at this checkpoint; it is taken back like any event."),
    ] = None,
    batches: Annotated[
        bool, typer.Option("--batches", help="Show what was done moment by moment, not row by row.")
    ] = False,
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

    `emendata decisions reviews.csv.emendata --checkpoint before-lunch`

    `emendata decisions reviews.csv.emendata --compare before-lunch now`
    """
    from emendata.cli import checkpoints
    from emendata.corrections import DecisionLog, history
    from emendata.records import BulkDecision
    from emendata.store import Project

    kept = Project(project, create=False)
    log = DecisionLog(kept, origin="command line")
    for path in merge or ():
        typer.echo(f"Added    {log.merge(path):,} events of {path}")
    if undo is not None:
        made = _undone(log, undo, whole=whole, later=later)
        typer.echo(f"Undone   {len(made):,} events")
    if go_back is not None:
        checkpoints.back(project, log, go_back)
    if checkpoint is not None:
        checkpoints.make(log, checkpoint)
    if export is not None:
        typer.echo(f"Written  {log.export(export):,} events to {export}")
    records = log.records
    if compare is not None:
        checkpoints.compare(project, log, *compare)
    elif batches:
        for batch in history(log)[:last][::-1]:
            typer.echo(_line(batch.events.records[0], len(batch.events), is_gone=not batch.stands(log)))
    else:
        for event in records[len(records) - min(last, len(records)) :]:
            n_rows = len(event) if isinstance(event, BulkDecision) else 1
            typer.echo(_line(event, n_rows, is_gone=not log.gone.n_counting(event)))
    typer.echo(f"{len(records):,} events, of which {len(log.standing):,} decisions stand.")
    kept.close()


def _undone(log: "DecisionLog", start: str, *, whole: bool, later: bool) -> "Sequence[Decision]":
    from emendata.corrections import find_batch, later_decisions, undo_batch

    event = None if start == "last" else _found(log.records, start)
    if not whole or event is None:
        return log.undo(event)
    batch = find_batch(log, event.at, event.by)
    return undo_batch(log, batch, later_decisions(log, batch) if later else ())


def _found(events: "Sequence[Event]", start: str) -> "Event":
    found = [event for event in events if event.event_id.startswith(start.lower())]
    if len(found) != 1:
        how_many = "No event has" if not found else f"{len(found):,} events have"
        raise InputError(f"{how_many} an id that begins with {start!r}. Give more of one that is listed.")
    return found[0]


def _line(event: "Event", n_rows: int, *, is_gone: bool) -> str:
    from emendata.records import Decision

    what = event.kind.replace("_", " ")
    if event.action != "decided":
        what = f"{event.action} {what}"
    rows = f"row {event.row:,}" if n_rows == 1 and isinstance(event, Decision) else f"{n_rows:,} rows"
    if isinstance(event, Decision) and event.row < 0:
        rows = "checkpoint"
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
