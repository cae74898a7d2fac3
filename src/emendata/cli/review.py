"""``emendata review``: look at what is flagged and at a fair sample, one key for each decision."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from emendata.cli.wording import as_command
from emendata.errors import UnknownName
from emendata.records import Stream

__all__ = ["review"]

_STREAMS: tuple[Stream, ...] = ("worst", "audit", "disagreement")


def review(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    stream: Annotated[
        list[str] | None,
        typer.Option(
            help="Ask only this: worst (what is flagged), audit (a fair sample, which tells how many labels are wrong "
            "and what may be fixed unseen), disagreement (models at odds). Repeatable."
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Who decides.", show_default="the user of the system")
    ] = None,
) -> None:
    """Review an audit in the terminal: one row at a time, one key for each decision.

    Every answer is kept at once, in the project's log; stop with X or Ctrl+C and go on another time. The file is not
    touched: `emendata fix` makes a patch of what was decided.

    Examples
    --------
    `emendata review reviews.csv.emendata`

    `emendata review reviews.csv.emendata --stream audit`
    """
    from emendata.audit import Audit
    from emendata.cli.review_session import Session
    from emendata.corrections import DecisionLog

    for name in stream or ():
        if name not in _STREAMS:
            raise UnknownName.among("stream", name, _STREAMS)
    audited = Audit.reopen(project)
    assert audited.project is not None  # it was opened from one
    audited.decisions = DecisionLog(audited.project, origin="terminal", by=by)
    queue = audited.review([name for name in _STREAMS if not stream or name in stream])
    session = Session(queue, Console(highlight=False))
    session.run()
    counts = f"{session.n_answered:,} answered now, {len(queue.log.standing):,} decisions in all"
    typer.echo(f"\n{counts}, {queue.n_open:,} flagged to go.")
    typer.echo(f"Next     {as_command('fix', project, '--reviewed')}")
