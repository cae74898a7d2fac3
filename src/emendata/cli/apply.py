"""``emendata apply``: write the corrected copy, or take a patch back."""

from pathlib import Path
from typing import Annotated

import typer

from emendata.cli.wording import kinds_in_words

__all__ = ["apply"]


def apply(
    patch: Annotated[Path, typer.Argument(help="Patch file that `emendata fix` wrote.")],
    file: Annotated[
        Path, typer.Argument(help="The file, folder or archive to correct; with --revert, the corrected one.")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="Where to write the result; for a folder, one that is not there."),
    ],
    revert: Annotated[bool, typer.Option("--revert", help="Undo the patch instead.")] = False,
    project: Annotated[
        Path | None,
        typer.Option(
            help="Project whose decision log records this.", show_default="the patch's folder, if it is one"
        ),
    ] = None,
) -> None:
    """Write a corrected copy of a file or folder in its own format; the original is never changed.

    Examples
    --------
    `emendata apply corrections.jsonl reviews.csv -o reviews.corrected.csv`

    `emendata apply corrections.jsonl reviews.corrected.csv -o reviews.again.csv --revert`
    """
    from emendata.corrections import apply_patch, read_patch, record_decisions, revert_patch
    from emendata.data.locate import refuse_same_file

    changes = read_patch(patch)
    refuse_same_file(patch, out)
    done = revert_patch(changes, file, out) if revert else apply_patch(changes, file, out)
    verb = "Taken back" if revert else "Made"
    typer.echo(f"{verb}: {kinds_in_words(done.counts)}.")
    typer.echo(f"Wrote    {out}, {done.n_rows:,} rows{_likeness(done.exact)}")
    record_decisions(changes, "reverted" if revert else "applied", project or patch.parent)


def _likeness(exact: bool | None) -> str:
    if exact is None:
        return ""
    return ", byte for byte the original" if exact else "; not byte for byte the original"
