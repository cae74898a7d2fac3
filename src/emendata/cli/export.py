"""``emendata export``: write corrected data and what belongs to them into a folder."""

from pathlib import Path
from typing import Annotated

import typer

from emendata.cli.wording import kinds_in_words
from emendata.errors import chosen

__all__ = ["export"]


def export(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder to write into.", show_default="PROJECT/exports"),
    ] = None,
    file_format: Annotated[
        str,
        typer.Option("--format", help="own: as the data came; or csv, parquet, jsonl, xlsx, arrow."),
    ] = "own",
    rows: Annotated[
        str,
        typer.Option(help="kept: all that are not excluded; all; or changed: those with a changed cell."),
    ] = "kept",
    where: Annotated[
        list[str] | None, typer.Option(help="Only rows that fulfil this, such as given=cat. Repeatable.")
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help="Add columns: what checks found.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", help="Add columns: what was decided.")] = False,
    certified: Annotated[
        float | None,
        typer.Option(
            help="Make the label changes as well of which at least this part is certified, such as 0.95."
        ),
    ] = None,
    formulas: Annotated[
        bool,
        typer.Option(
            "--formulas",
            help="Leave cells as they are that a spreadsheet would take for formulas; else a quote stands before them.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check that it can be done, and write nothing.")
    ] = False,
) -> None:
    """Write what people decided as a corrected dataset, with a list of changes, a data card and checksums.

    The original is never changed. In its own format all else stays byte for byte, where the format allows it.

    Examples
    --------
    `emendata export reviews.csv.emendata`

    `emendata export reviews.csv.emendata -o corrected --format parquet --rows all --findings --decisions`
    """
    from emendata.audit import Audit
    from emendata.audit.export import ROW_CHOICES

    made = Audit.reopen(project).export(
        out,
        file_format=file_format,
        rows=chosen("choice of rows", rows, ROW_CHOICES),
        where=where or (),
        findings=findings,
        decisions=decisions,
        certified=certified,
        neutralise=not formulas,
        dry_run=dry_run,
    )
    typer.echo(f"{'Would be made' if dry_run else 'Made'}: {kinds_in_words(made.counts)}.")
    typer.echo(f"Rows     {made.n_rows:,}")
    for file, _ in made.files:
        typer.echo(f"Wrote    {file}")
