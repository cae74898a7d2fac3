"""``emendata decide``: decide about rows, one or many at once, without a review."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from emendata.errors import InputError

__all__ = ["decide"]


def decide(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    row: Annotated[list[int] | None, typer.Option(help="This row. Repeatable.")] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            help="Rows that fulfil this: given=cat, score<0.2, check=outlier, text~refund, column:age>=90. Repeatable."
        ),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            help="Order of the rows, for --top: worst, or a field, with - in front the highest first."
        ),
    ] = "worst",
    top: Annotated[int | None, typer.Option(help="Only the first so many of them.", min=1)] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Each row gets its suggested label.")] = False,
    relabel: Annotated[str | None, typer.Option(help="All these rows get this label.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="The labels of these rows are right.")] = False,
    exclude: Annotated[bool, typer.Option("--exclude", help="These rows are left out.")] = False,
    include_test: Annotated[
        bool, typer.Option("--include-test", help="Change rows of a test split as well.")
    ] = False,
    certified: Annotated[
        float | None,
        typer.Option(help="Only rows that answers so far certify at this precision, with --accept."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the decisions.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")] = False,
) -> None:
    """Decide about rows: one, or all that fulfil some conditions.

    Rows that somebody decided about stay as they are. What is decided is taken back at once by
    `emendata decisions PROJECT --undo last`.

    Examples
    --------
    `emendata decide reviews.csv.emendata --row 17 --accept`

    `emendata decide reviews.csv.emendata --where given=positive --where "score<0.1" --accept --dry-run`

    `emendata decide reviews.csv.emendata --where check=outlier --top 20 --exclude`
    """
    from emendata.audit import Audit
    from emendata.selection import plan_bulk
    from emendata.selection.bulk import BulkAction

    said: dict[BulkAction, bool] = {
        "accept": accept,
        "relabel": relabel is not None,
        "keep": keep,
        "exclude": exclude,
    }
    actions = [action for action, is_meant in said.items() if is_meant]
    if len(actions) != 1:
        raise InputError("Say what becomes of the rows: one of --accept, --relabel, --keep and --exclude.")
    if not row and not where:
        raise InputError("Say which rows: --row NUMBER, or --where CONDITION.")
    audit = Audit.reopen(project)
    if row:
        rows = np.unique(np.array(row, dtype=np.int64))
        if rows[0] < 0 or rows[-1] >= audit.dataset.n_rows:
            raise InputError(f"Rows run from 0 to {audit.dataset.n_rows - 1:,}.")
        if where:
            rows = rows[audit.rows.matching(where)[rows]]
    else:
        rows = audit.rows.ordered(where or (), sort)
    if certified is not None and not accept:
        raise InputError("Only suggestions are certified. Give --certified together with --accept.")
    plan = plan_bulk(
        audit.rows,
        rows[:top],
        actions[0],
        relabel,
        include_test=include_test,
        only=None if certified is None else audit.certify(certified).rows,
    )
    typer.echo(f"Chosen   {plan.n_chosen:,} rows, of which {len(plan.rows):,} are changed")
    for left, why in (
        (plan.decided, "somebody decided about them"),
        (plan.held_out, "they are of a test split"),
        (plan.without, "there is nothing to change"),
        (plan.unsure, "nothing certifies them"),
    ):
        if len(left):
            typer.echo(f"Left     {len(left):,}: {why}")
    if dry_run or not len(plan.rows):
        return
    made = plan.apply(audit.decisions.signed(audit.decisions.by, "command line"), reason)
    typer.echo(f"Decided  {len(made):,}; to take it back: emendata decisions {project} --undo last")
