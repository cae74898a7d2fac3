"""``emendata compare``: whether models learn better from the corrected data."""

import json
from pathlib import Path
from typing import Annotated

import typer

from emendata.cli.progress import progress_bars

__all__ = ["compare"]


def compare(
    project: Annotated[
        Path,
        typer.Argument(
            help="Project folder of the audit of the data as they were, such as reviews.csv.emendata."
        ),
    ],
    after: Annotated[
        Path | None,
        typer.Argument(
            help="The corrected file or folder.", show_default="the audited data with every suggested label"
        ),
    ] = None,
    trust_test: Annotated[
        bool,
        typer.Option(
            "--trust-test",
            help="The labels of the test split are right: judge by them, not by the reviewed sample.",
        ),
    ] = False,
    repeats: Annotated[
        int, typer.Option(help="How often models are trained in other folds.", min=2, max=50)
    ] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Train the same models on both versions of the data, in the same folds, and say which learns better.

    It is judged on rows whose labels are known: those of the sample that `emendata review` asked about, or a test split
    that you vouch for. Where these are too few, nothing is claimed, and it is said how many would settle it. Without a
    second version it says what the suspected errors cost: what a model gains if every suggestion is taken.

    Examples
    --------
    `emendata compare reviews.csv.emendata reviews.corrected.csv`

    `emendata compare reviews.csv.emendata reviews.corrected.csv --trust-test`

    `emendata compare reviews.csv.emendata`
    """
    from emendata.audit import Audit

    audited = Audit.reopen(project)
    with progress_bars(quiet=as_json) as on_progress:
        found = audited.compare(after, trust_test=trust_test, n_repeats=repeats, on_progress=on_progress)
    if as_json:
        typer.echo(json.dumps(found.document(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    name = "every suggested label taken" if after is None else after.name
    typer.echo(
        f"{audited.dataset.name}, and {name}: {found.n_relabeled:,} labels differ, {found.n_removed:,} rows are gone.\n"
        f"{found.sentence}\nTrained {found.n_repeats:,} times on each."
    )
