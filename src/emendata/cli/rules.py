"""``emendata rules``: what holds in the corrected data, for the tools that watch the next rows."""

from pathlib import Path
from typing import Annotated

import typer

from emendata.errors import InputError
from emendata.files import write_atomically

__all__ = ["rules"]


def rules(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    patch: Annotated[
        Path | None,
        typer.Option(
            help="The accepted corrections.", show_default="PROJECT/corrections.jsonl, if it is there"
        ),
    ] = None,
    pandera: Annotated[Path | None, typer.Option(help="Write a schema of pandera, a Python file.")] = None,
    great_expectations: Annotated[
        Path | None, typer.Option(help="Write a suite of Great Expectations, a JSON file.")
    ] = None,
) -> None:
    """Learn from the corrected data which values each column may have, and write it for pandera or Great Expectations.

    The original, with its errors, breaks the rules that the corrections are about; the corrected copy keeps them all.

    Examples
    --------
    `emendata rules reviews.csv.emendata --pandera reviews_rules.py`

    `emendata rules reviews.csv.emendata --great-expectations reviews_suite.json`
    """
    from emendata.audit import Audit
    from emendata.corrections import apply_to_table, read_patch
    from emendata.corrections.rules import learn_rules
    from emendata.data.locate import refuse_same_file
    from emendata.reports.rules import expectations_json, pandera_code

    if pandera is None and great_expectations is None:
        raise InputError("Say where the rules go: --pandera FILE.py or --great-expectations FILE.json.")
    audited = Audit.reopen(project)
    for target in (pandera, great_expectations):
        if target is not None and audited.dataset.path is not None:
            refuse_same_file(audited.dataset.path, target)
    usual = project / "corrections.jsonl"
    accepted = (
        read_patch(patch or usual).corrections if patch or usual.is_file() else audited.decided.corrections
    )
    learned = learn_rules(audited.dataset, apply_to_table(accepted, audited.dataset.table))
    name = audited.dataset.name
    for target, content in ((pandera, pandera_code), (great_expectations, expectations_json)):
        if target is not None:
            with write_atomically(target) as temporary:
                temporary.write_text(content(name, learned), encoding="utf-8")
            typer.echo(
                f"Written  {len(learned):,} rules from {len(accepted):,} accepted corrections to {target}"
            )
