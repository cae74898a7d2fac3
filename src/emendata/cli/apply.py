"""``emendata apply``: write the corrected copy, or take a patch back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emendata.cli import exits
from emendata.cli.wording import kinds_in_words
from emendata.errors import InputError

if TYPE_CHECKING:
    from emendata.corrections import Conflict, Patch

__all__ = ["apply"]

_SHOWN = 5


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
    merge: Annotated[
        bool,
        typer.Option(
            "--merge",
            help="The file changed since the patch was made: make what still fits, and say what does not.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
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

    `emendata apply corrections.jsonl reviews.today.csv -o reviews.corrected.csv --merge`
    """
    from emendata.corrections import apply_patch, check_patch, read_patch, record_decisions, revert_patch
    from emendata.data.locate import refuse_same_file
    from emendata.store import Project

    if revert and merge:
        raise InputError(
            "A patch that was merged is taken back by the one that was written beside its result."
        )
    changes = read_patch(patch)
    refuse_same_file(patch, out)
    conflicts: tuple[Conflict, ...] = ()
    if merge:
        changes, conflicts = _merged(changes, file)
    if dry_run:
        done = check_patch(changes, file, out, revert=revert)
        typer.echo(f"Would be {'taken back' if revert else 'made'}: {kinds_in_words(done.counts)}.")
    else:
        home = project or patch.parent
        originals = home if Project.exists(home) else None
        do = revert_patch if revert else apply_patch
        done = do(changes, file, out, originals=originals)
        typer.echo(f"{'Taken back' if revert else 'Made'}: {kinds_in_words(done.counts)}.")
        typer.echo(f"Wrote    {out}, {done.n_rows:,} rows{_likeness(done.exact)}")
        if merge:
            _keep_merged(changes, conflicts, out)
        record_decisions(changes, "reverted" if revert else "applied", home)
    if conflicts:
        raise typer.Exit(exits.NOT_ALL)


def _merged(changes: "Patch", file: Path) -> "tuple[Patch, tuple[Conflict, ...]]":
    from emendata.corrections import rebase_patch

    rebased = rebase_patch(changes, file)
    if rebased.n_there:
        typer.echo(f"There already: {rebased.n_there:,} of {len(changes.corrections):,} corrections.")
    if rebased.conflicts:
        typer.echo(f"Left out, for they do not fit any more: {len(rebased.conflicts):,} corrections.")
        for conflict in rebased.conflicts[:_SHOWN]:
            typer.echo(f"  {conflict.reason}")
        if len(rebased.conflicts) > _SHOWN:
            typer.echo(f"  and {len(rebased.conflicts) - _SHOWN:,} more")
    return rebased.patch, rebased.conflicts


def _keep_merged(changes: "Patch", conflicts: "tuple[Conflict, ...]", out: Path) -> None:
    """Write the patch that was made, by which it can be taken back, and what did not fit, so that it is not lost."""
    from emendata.corrections import Patch, write_patch

    merged = out.with_name(f"{out.name}.patch.jsonl")
    write_patch(changes, merged)
    typer.echo(f"Patch    {merged}, to take this back")
    if conflicts:
        left = out.with_name(f"{out.name}.conflicts.jsonl")
        rest = tuple(conflict.correction for conflict in conflicts)
        n_rows = max([changes.n_rows, *(correction.row + 1 for correction in rest)])
        kept = Patch(changes.source, changes.format, changes.sha256, n_rows, changes.label, rest)
        write_patch(kept, left)
        typer.echo(f"Left     {left}")


def _likeness(exact: bool | None) -> str:
    if exact is None:
        return ""
    return ", byte for byte the original" if exact else "; not byte for byte the original"
