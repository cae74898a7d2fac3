"""What ``emendata decisions`` does with checkpoints: setting one, going back to one, comparing two."""

import shlex
from pathlib import Path

import typer

from emendata.corrections import (
    DecisionLog,
    compare_checkpoints,
    find_checkpoint,
    go_back,
    set_checkpoint,
)

__all__ = ["back", "compare", "make"]

_SHOWN = 20


def make(log: DecisionLog, name: str) -> None:
    """Give the log as it is now a name."""
    made = set_checkpoint(log, name)
    typer.echo(f"Named    {made.at[:16]}  {made.name}")


def back(project: Path, log: DecisionLog, name: str) -> None:
    """Let stand what stood at a checkpoint."""
    made = go_back(log, find_checkpoint(log, name))
    way_out = shlex.join(["emendata", "decisions", str(project), "--undo", made[0].event_id[:12], "--whole"])
    typer.echo(f"Back     {len(made):,} events taken back; to take this back: {way_out}")


def compare(project: Path, log: DecisionLog, before: str, after: str) -> None:
    """Say what two checkpoints differ in."""
    from emendata.audit import Audit

    dataset = Audit.reopen(project).dataset
    found = compare_checkpoints(dataset, log, find_checkpoint(log, before), find_checkpoint(log, after))
    typer.echo(f"Rows     {len(found.rows):,} differ between {before} and {after}")
    if found.rows:
        more = " …" if len(found.rows) > _SHOWN else ""
        typer.echo(f"         {', '.join(f'{row:,}' for row in found.rows[:_SHOWN])}{more}")
    typer.echo(f"Stand    {found.n_before:,} decisions, then {found.n_after:,}")
    for name in dict.fromkeys((*found.classes_before, *found.classes_after)):
        first, second = found.classes_before.get(name, 0), found.classes_after.get(name, 0)
        if first != second:
            typer.echo(f"Class    {name or 'none'}: {first:,}, then {second:,}")
