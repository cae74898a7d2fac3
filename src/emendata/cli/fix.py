"""``emendata fix``: propose corrections as a patch."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from emendata.cli.wording import as_command, kinds_in_words
from emendata.files import explained

__all__ = ["fix"]


def fix(
    project: Annotated[
        Path, typer.Argument(help="Project folder of an audit, such as reviews.csv.emendata.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Patch file.", show_default="PROJECT/corrections.jsonl")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Propose only this: relabel, drop_duplicate, exclude_outlier, or set_cell, which is left out else. "
            "Repeatable."
        ),
    ] = None,
    min_probability: Annotated[
        float, typer.Option(help="Change a label or cell only to what has at least this probability.")
    ] = 0.9,
    max_duplicate_score: Annotated[
        float, typer.Option(help="Drop a duplicate only below this score: its expected accidental twins.")
    ] = 1e-5,
    max_outlier_score: Annotated[
        float, typer.Option(help="Exclude an outlier only below this score.")
    ] = 0.01,
) -> None:
    """Propose corrections and write them as a patch: one line a change, to be read before it is applied.

    Examples
    --------
    `emendata fix reviews.csv.emendata`

    `emendata fix reviews.csv.emendata --only relabel --min-probability 0.95`
    """
    from emendata.audit import Audit
    from emendata.corrections import USUAL_KINDS, ProposalRules, patch_bytes, write_patch
    from emendata.data.locate import refuse_same_file
    from emendata.data.packing import ending

    rules = ProposalRules(
        min_probability=min_probability,
        max_duplicate_score=max_duplicate_score,
        max_outlier_score=max_outlier_score,
        only=tuple(only or USUAL_KINDS),  # type: ignore[arg-type] # the rules name a wrong one
    )
    audited = Audit.reopen(project)
    patch = audited.patch(rules)
    source = audited.dataset.path
    assert source is not None  # else there is no patch
    target = out or project / "corrections.jsonl"
    previous = target.with_name(f"{target.stem}.previous{target.suffix}")
    for place in (target, previous):
        refuse_same_file(source, place)
    kept = target.is_file() and target.read_bytes() != patch_bytes(patch)
    if kept:  # it may have been reviewed
        with explained(previous):
            target.replace(previous)
    write_patch(patch, target)
    counts = Counter(correction.kind for correction in patch.corrections)
    typer.echo(f"Proposed for {patch.source}: {kinds_in_words(counts)}.")
    if kept:
        typer.echo(f"Kept     the patch that was there before as {previous}")
    source = _as_typed(source) if audited.dataset.url is None else Path(source.name)  # once it is downloaded
    end = "" if source.is_dir() else ending(source)
    corrected = source.with_name(f"{source.name.removesuffix(end)}.corrected{end}")
    typer.echo(f"\nPatch    {target}\nNext     {as_command('apply', target, source, '-o', corrected)}")


def _as_typed(path: Path) -> Path:
    """Return a path as a person would type it here: relative where it lies below the current folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
