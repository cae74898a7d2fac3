"""``emendata audit``: find the errors in a file or folder."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from emendata.cli import audit_options as options
from emendata.cli import exits
from emendata.cli.planning import plan_in_words
from emendata.cli.progress import progress_bars
from emendata.cli.wording import as_command
from emendata.records import Metric

__all__ = ["audit"]


def audit(
    file: Annotated[
        str,
        typer.Argument(
            help="CSV, TSV, JSON or JSONL file, packed or not; Parquet, Arrow or Feather file; SQLite or DuckDB "
            "database; Excel workbook; folder of images, sounds or texts with a folder for each class, or with a table "
            "in it; ZIP or TAR archive of such a folder; or the URL of a file or of a database server.",
            show_default=False,
        ),
    ],
    label: options.Label = None,
    project: options.ProjectFolder = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for report and scores.", show_default="the project folder")
    ] = None,
    role: options.Role = None,
    check: Annotated[
        list[str] | None, typer.Option(help="Run only this check (name or code). Repeatable.")
    ] = None,
    ignore: options.Ignore = None,
    setting: options.Setting = None,
    config: Annotated[
        Path | None,
        typer.Option(
            help="File that says which checks run, and how.",
            show_default="the nearest emendata.toml, or pyproject.toml with [tool.emendata], from here up",
        ),
    ] = None,
    seed: options.Seed = 0,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    table: options.Table = None,
    query: options.Query = None,
    task: options.Task = None,
    mode: options.ChosenMode = None,
    budget: options.Budget = None,
    embedder: options.Embedder = None,
    pred_probs: options.PredProbs = None,
    features: options.Features = None,
    model: options.Model = None,
    calibrate: Annotated[
        bool,
        typer.Option(
            "--calibrate",
            help="Show probabilities of the true class, not of the given label with its errors, and correct by them.",
        ),
    ] = False,
    metric: Annotated[
        Metric, typer.Option(help="By what rows are near; by cosine only the direction of features tells.")
    ] = Metric.EUCLIDEAN,
    plan: Annotated[
        bool,
        typer.Option(
            "--plan",
            help="Say what would be done, what is done already and how long the rest would take, and stop.",
        ),
    ] = False,
    times: Annotated[bool, typer.Option("--times", help="Say how long each model took.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first check that fails.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Find the errors in a file or folder: wrong labels, outliers, duplicates, gaps.

    Prints what it found and writes `report.html`, `report.md`, `scores.csv`, `scores.parquet`, `issues.parquet` and
    `summary.json`. What is audited is never changed.

    Examples
    --------
    `emendata audit reviews.csv --label sentiment`

    `emendata audit patients.parquet --label outcome --role zip=category --role visit_id=id`

    `emendata audit reviews.csv --label sentiment --ignore class_imbalance --set outlier.cut=4`

    `emendata audit sensors.jsonl --json > findings.json`

    `emendata audit pets/` with pictures in `pets/cat/` and `pets/dog/`

    `emendata audit shop.db --table reviews --label sentiment`

    `emendata audit pets/ --mode quick`

    `emendata audit pets/ --embedder image=timm:vit_small_patch14_dinov2.lvd142m`

    `emendata audit reviews.csv --label sentiment --pred-probs predictions.csv`
    """
    from emendata.audit import Audit
    from emendata.audit.configuration import find_configuration
    from emendata.reports import terminal, to_document

    given = options.audit_arguments(locals())
    config = config or find_configuration(Path())
    audited = Audit(
        file,
        **given | {"config": config, "project": False if plan else project},
        checks=check or None,
        calibrate=calibrate,
        metric=metric,
    )
    if config is not None and not as_json:
        typer.echo(f"Checks   as {config} says", err=True)
    if plan:
        typer.echo(plan_in_words(audited, project or True))
        return
    assert audited.project is not None
    audited.check_report_folder(out or audited.project.folder)
    if budget is not None and not as_json:
        typer.echo(f"Mode     {audited.mode.value}, as the budget allows", err=True)
    with progress_bars(audited.forecast, quiet=as_json) as on_progress:
        audited.run(strict=strict, on_progress=on_progress)
        report = audited.report(out)
    if as_json:
        typer.echo(json.dumps(to_document(audited.summary), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        Console().print(terminal(audited.summary))
        if times:
            typer.echo(
                "\n" + "\n".join(f"{title}: {took:.1f} s" for title, took in audited.seconds().items())
            )
        typer.echo(f"\nReport   {report}\nScores   {report.with_name('scores.csv')}")
        if audited.can_reopen:
            typer.echo(f"Next     {as_command('fix', audited.project.folder)}")
    if any(outcome.status == "failed" for outcome in audited.outcomes):
        raise typer.Exit(exits.CHECK_FAILED)
