"""``emendata review``: look at what is flagged and at a fair sample, one key for each decision."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from emendata.cli.wording import as_command
from emendata.errors import chosen
from emendata.records import Stream

if TYPE_CHECKING:
    from emendata.corrections import ProposalQueue, ReviewQueue

__all__ = ["review"]

_LABELS = "labels"

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
    kind: Annotated[
        str,
        typer.Option(
            help="What is reviewed: labels and whatever else is flagged, or the proposals of one kind, which "
            "emendata fix --certified 0.95 --kind KIND makes: set_cell, drop_duplicate or exclude_outlier. Their "
            "streams are audit and worst."
        ),
    ] = _LABELS,
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

    `emendata review reviews.csv.emendata --kind set_cell`
    """
    from emendata.audit import Audit
    from emendata.cli.review_screen import proposals_status, status_line
    from emendata.cli.review_session import Session
    from emendata.corrections import PROPOSAL_STREAMS, REVIEWED_KINDS, DecisionLog

    chosen("kind of review", kind, (_LABELS, *REVIEWED_KINDS))
    known = _STREAMS if kind == _LABELS else PROPOSAL_STREAMS
    for name in stream or ():
        chosen("stream", name, known)
    streams = [name for name in known if not stream or name in stream]
    audited = Audit.reopen(project)
    assert audited.project is not None  # it was opened from one
    audited.decisions = DecisionLog(audited.project, origin="terminal", by=by)
    queue: ReviewQueue | ProposalQueue
    if kind == _LABELS:
        queue = audited.review(streams)
        session = Session(queue, Console(highlight=False), partial(status_line, queue))
    else:
        queue = audited.review_proposals(chosen("kind of review", kind, REVIEWED_KINDS), streams)
        session = Session(queue, Console(highlight=False), partial(proposals_status, queue))
    session.run()
    counts = f"{session.n_answered:,} answered now, {len(queue.log.standing):,} decisions in all"
    typer.echo(f"\n{counts}, {queue.n_open:,} {'flagged' if kind == _LABELS else 'proposals'} to go.")
    options = ("--reviewed",) if kind == _LABELS else ("--certified", 0.95, "--kind", kind)
    typer.echo(f"Next     {as_command('fix', project, *options)}")
