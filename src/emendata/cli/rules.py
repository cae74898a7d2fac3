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

    The rules are about gaps, values that occur once, the values of classes, the range of numbers; of columns in which
    accepted corrections mended the form of cells, also about the form; of columns in which they mended what another
    column determines, about that dependency; and of dates that they mended, about which comes first. The corrected copy
    keeps them all.

    Examples
    --------
    `emendata rules reviews.csv.emendata --pandera reviews_rules.py`

    `emendata rules reviews.csv.emendata --great-expectations reviews_suite.json`
    """
    from emendata.audit import Audit
    from emendata.corrections import apply_to_table, read_patch
    from emendata.corrections.rules import learn_rules
    from emendata.data.locate import refuse_same_file
    from emendata.reports.expectations import expectations_json, without_words
    from emendata.reports.rules import pandera_code

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
    corrected = apply_to_table(accepted, audited.dataset.table)
    learned = learn_rules(audited.dataset, corrected, accepted, audited.outcomes)
    name = audited.dataset.name
    for target, content in ((pandera, pandera_code), (great_expectations, expectations_json)):
        if target is not None:
            with write_atomically(target) as temporary:
                temporary.write_text(content(name, learned), encoding="utf-8")
            unsaid = without_words(learned) if content is expectations_json else []
            said = f"{len(learned) - len(unsaid):,} rules from {len(accepted):,} accepted corrections"
            typer.echo(f"Written  {said} to {target}")
            if unsaid:
                typer.echo(f"Left out {len(unsaid):,} dependencies, for which a suite has no words.")
