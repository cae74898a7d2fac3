"""``emendata gate``: pass or fail a dataset in continuous integration."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.cli import exits
from emendata.cli.audit import parse_roles
from emendata.cli.progress import progress_bars
from emendata.errors import InputError
from emendata.files import write_atomically
from emendata.records import Mode

if TYPE_CHECKING:
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
    label: Annotated[
        str | None, typer.Option("--label", "-l", help="Column that holds the class of each row.")
    ] = None,
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
    project: Annotated[
        Path | None, typer.Option(help="Folder that keeps what was computed.", show_default="FILE.emendata")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            help="File that says which checks run, and the limits in its table gate.",
            show_default="the nearest emendata.toml, or pyproject.toml with [tool.emendata], from here up",
        ),
    ] = None,
    role: Annotated[list[str] | None, typer.Option(help="COLUMN=ROLE. Repeatable.")] = None,
    mode: Annotated[
        Mode | None, typer.Option(help="How much work goes into predictions.", show_default="balanced")
    ] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same answers.", min=0)] = 0,
) -> None:
    """Audit a dataset and fail if more is wrong than may be.

    What is counted is held against its limit as it is. How many labels are wrong is known only as an interval, from the
    reviewed sample in the project or else from the range of the estimators: the gate fails if even its lower end is
    above the limit, passes if even its upper end is below, and else says that it cannot be told yet and what helps.

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
    from emendata.gate import judge, limits_in, read_baseline
    from emendata.gate import write_baseline as write_known

    given = {name: value for name, value in locals().items() if name in _NAMED and value is not None}
    config = config or find_configuration(Path())
    limits = _limits(given, most or [], limits_in(config))
    if not limits and write_baseline is None:
        raise InputError(
            "No limit is given. Say what may be wrong, such as --max-label-errors 2% --max-duplicates 0."
        )
    known = None if baseline is None else read_baseline(baseline)
    audited = Audit(
        file, label=label, roles=parse_roles(role or []), project=project, config=config, mode=mode, seed=seed
    )
    with progress_bars(audited.forecast) as on_progress:
        audited.run(on_progress=on_progress)
    table = audited.issues.to_pylist()
    if write_baseline is not None:
        n = write_known(write_baseline, audited.dataset.name, table)
        typer.echo(f"Written  {n:,} known issues to {write_baseline}")
        return
    judged = judge(audited, limits, line_numbers(audited.dataset), known)
    n_gone = None if known is None else known.n_gone(table)
    _write(audited.dataset.path or Path(audited.dataset.name), audited.dataset.name, judged, n_gone,
           junit, sarif, markdown, fail_undecided=fail_undecided)  # fmt: skip
    for one in judged:
        typer.echo(_line(one))
    if n_gone:
        typer.echo(f"{n_gone:,} known issues are gone: write the baseline anew.")
    bad = ("failed", "undecided") if fail_undecided else ("failed",)
    if any(one.verdict in bad for one in judged):
        raise typer.Exit(exits.GATE_FAILED)


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


def _write(
    path: Path,
    name: str,
    judged: "list[Judgement]",
    n_gone: int | None,
    junit: Path | None,
    sarif: Path | None,
    markdown: Path | None,
    *,
    fail_undecided: bool,
) -> None:
    from emendata.gate import gate_markdown, junit_xml, sarif_document

    here = Path.cwd()
    relative = path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path
    made: dict[Path | None, Callable[[], str]] = {
        junit: lambda: junit_xml(name, judged, undecided_fails=fail_undecided),
        sarif: lambda: json.dumps(sarif_document(relative, judged), indent=1, ensure_ascii=False) + "\n",
        markdown: lambda: gate_markdown(name, judged, n_gone),
    }
    for target, content in made.items():
        if target is not None:
            with write_atomically(target) as temporary:
                temporary.write_text(content(), encoding="utf-8")


def _line(one: "Judgement") -> str:
    verdicts = {
        "passed": "kept",
        "failed": "BROKEN",
        "undecided": "cannot be told yet",
        "not_run": "not looked at",
    }
    known = f", and {one.n_known:,} that are known" if one.n_known else ""
    message = f"\n          {one.message}" if one.message else ""
    return (
        f"{verdicts[one.verdict]:9} {one.limit.name}: {one.found}{known}, at most {one.limit.words}{message}"
    )
