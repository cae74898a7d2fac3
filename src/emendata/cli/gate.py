"""``emendata gate``: pass or fail a dataset in continuous integration."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.cli import audit_options as options
from emendata.cli import exits
from emendata.cli.gate_files import GateFiles
from emendata.cli.progress import progress_bars
from emendata.errors import InputError

if TYPE_CHECKING:
    from emendata.audit import Audit
    from emendata.gate import Judgement, Limit

__all__ = ["gate"]

_NAMED = {
    "max_label_errors": "label_errors",
    "max_duplicates": "exact_duplicate",
    "max_near_duplicates": "near_duplicate",
    "max_outliers": "outlier",
    "max_leaks": "split_leak",
    "max_missing": "missing_values",
}


def gate(
    file: Annotated[str, typer.Argument(help="What `emendata audit` takes.", show_default=False)],
    label: options.Label = None,
    max_label_errors: Annotated[str | None, typer.Option(help="Wrong labels, such as 2% or 50.")] = None,
    max_duplicates: Annotated[str | None, typer.Option(help="Rows that are there before.")] = None,
    max_near_duplicates: Annotated[
        str | None, typer.Option(help="Rows that are almost there before.")
    ] = None,
    max_outliers: Annotated[str | None, typer.Option(help="Outliers.")] = None,
    max_leaks: Annotated[str | None, typer.Option(help="Rows that stand in two splits.")] = None,
    max_missing: Annotated[str | None, typer.Option(help="Rows with a missing value that matters.")] = None,
    most: Annotated[
        list[str] | None,
        typer.Option(
            "--max", help="CHECK=LIMIT for any check, by name or code, such as EM707=0. Repeatable."
        ),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="File of known issues: only new ones count, and all of them.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write what is found now as the known issues, and pass.")
    ] = None,
    fail_undecided: Annotated[
        bool,
        typer.Option(
            "--fail-undecided", help="Fail also where it cannot be told yet whether a limit is kept."
        ),
    ] = False,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML.")] = None,
    sarif: Annotated[
        Path | None, typer.Option(help="Write SARIF 2.1.0, by which CI marks lines of the file.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write Markdown for the summary of a job.")] = None,
    project: options.ProjectFolder = None,
    config: Annotated[
        Path | None,
        typer.Option(
            help="File that says which checks run, and the limits in its table gate.",
            show_default="the nearest emendata.toml, or pyproject.toml with [tool.emendata], from here up",
        ),
    ] = None,
    role: options.Role = None,
    ignore: options.Ignore = None,
    setting: options.Setting = None,
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
) -> None:
    """Audit a dataset and fail if more is wrong than may be.

    What is counted is held against its limit as it is. How many labels are wrong is known only as an interval, from the
    reviewed sample in the project or else from the range of the estimators: the gate fails if even its lower end is
    above the limit, passes if even its upper end is below, and else says that it cannot be told yet and what helps.

    What is limited must be looked at: a limit on a check that failed or was left out is broken.

    Limits also stand in a file: `[gate]` of emendata.toml, or `[tool.emendata.gate]` of pyproject.toml.

    Examples
    --------
    `emendata gate reviews.csv --label sentiment --max-label-errors 2% --max-duplicates 0`

    `emendata gate reviews.csv --label sentiment --max EM707=0 --junit gate.xml --sarif gate.sarif`

    `emendata gate reviews.csv --label sentiment --write-baseline known.json`

    `emendata gate reviews.csv --label sentiment --max-duplicates 0 --baseline known.json`
    """
    from emendata.audit import Audit
    from emendata.audit.configuration import find_configuration
    from emendata.data.line_numbers import line_numbers
    from emendata.gate import judge, limits_in, read_baseline, require_label

    words = dict(locals())
    given = options.audit_arguments(words)
    named = {name: value for name, value in words.items() if name in _NAMED and value is not None}
    config = config or find_configuration(Path())
    limits = _limits(named, most or [], limits_in(config))
    files = GateFiles(junit, sarif, markdown, write_baseline)
    files.check_each_other()
    if write_baseline is None and not limits:
        raise InputError(
            "No limit is given. Say what may be wrong, such as --max-label-errors 2% --max-duplicates 0."
        )
    audited = Audit(file, **given | {"config": config})
    files.check_beside(audited.dataset)
    known = None if baseline is None else read_baseline(baseline, audited.dataset.name)
    if write_baseline is None:
        require_label(limits, audited.dataset.label)
    with progress_bars(audited.forecast) as on_progress:
        audited.run(on_progress=on_progress)
    if write_baseline is not None:
        _write_known(write_baseline, audited)
        return
    judged = judge(audited, limits, line_numbers(audited.dataset), known)
    ran = {outcome.check.name for outcome in audited.outcomes if outcome.findings is not None}
    n_gone = None if known is None else known.n_gone(audited.issues, ran)
    files.write(audited.dataset, judged, n_gone, undecided_fails=fail_undecided)
    typer.echo("\n".join(_line(one) for one in judged))
    if n_gone:
        typer.echo(f"{n_gone:,} known issues are gone: write the baseline anew.")
    bad = ("failed", "undecided") if fail_undecided else ("failed",)
    if any(one.verdict in bad for one in judged):
        raise typer.Exit(exits.GATE_FAILED)


def _write_known(target: Path, audited: "Audit") -> None:
    """Write what was found as known; a check that failed is told, as its issues will look new."""
    from emendata.gate import write_baseline

    n = write_baseline(target, audited.dataset.name, audited.issues)
    typer.echo(f"Written  {n:,} known issues to {target}")
    if any(outcome.status == "failed" for outcome in audited.outcomes):
        typer.echo("A check failed, so its issues are not among them.", err=True)
        raise typer.Exit(exits.CHECK_FAILED)


def _limits(given: dict[str, str], most: list[str], configured: "list[Limit]") -> "list[Limit]":
    """Return the limits of the command line, and behind them those of the file."""
    from emendata.gate import parse_limit

    limits = {limit.name: limit for limit in configured}
    for option, value in given.items():
        limit = parse_limit(_NAMED[option], value)
        limits[limit.name] = limit
    for pair in most:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InputError(f"--max takes CHECK=LIMIT, such as EM707=0 or outlier=1%; got {pair!r}.")
        limit = parse_limit(name, value)
        limits[limit.name] = limit
    return list(limits.values())


def _line(one: "Judgement") -> str:
    from emendata.gate import VERDICTS

    message = f"\n          {one.message}" if one.message else ""
    return f"{VERDICTS[one.verdict]:9} {one.limit.name}: {one.found}, at most {one.limit.words}{message}"
