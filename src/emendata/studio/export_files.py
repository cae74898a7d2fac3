"""The files of an export: the corrected data, a list of changes, the patch, the log, a data card, checksums."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from emendata import __version__
from emendata.corrections import apply_patch, write_patch
from emendata.errors import InputError
from emendata.files import make_folder, write_atomically
from emendata.records import Correction

if TYPE_CHECKING:
    from emendata.audit import Audit
    from emendata.corrections import Patch

__all__ = ["Exported", "export_to"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Exported:
    """What was written: files with a sentence each, changes by kind, rows of the corrected copy."""

    files: list[tuple[Path, str]]
    counts: dict[str, int]
    n_rows: int


def export_to(folder: Path, audit: Audit, certified: float | None, *, neutralise: bool) -> Exported:
    """Write a corrected copy of the audited data, in their own format, and what belongs to it.

    Parameters
    ----------
    folder : path
        Created; files of an earlier export are replaced.
    audit : Audit
    certified : float, optional
        Make the proposals as well of which so large a part is certified to be right.
    neutralise : bool
        Write a quote before cells of the list of changes that a spreadsheet would take for formulas.

    Raises
    ------
    InputError
        If the data came from no file.
    OutputError
        If something cannot be written.
    """
    source = audit.dataset.path
    if source is None:
        raise InputError("These data did not come from a file, so there is no format to write them in.")
    certificate = None if certified is None else audit.certify(certified)
    patch = audit.patch(certificate=certificate, reviewed_only=True)
    make_folder(folder)
    target = folder / _name(source)
    packed = None
    if target.is_dir():
        shutil.rmtree(target)
    applied = apply_patch(patch, source, target, originals=audit.project.folder if audit.project else None)
    if target.is_dir():
        packed = _packed(target)
    changes, log, card, sums = (
        folder / name for name in ("changes.csv", "decisions.jsonl", "README.md", "checksums.txt")
    )
    recipe = folder / "corrections.jsonl"
    write_patch(patch, recipe)
    _write_changes(changes, patch.corrections, neutralise=neutralise)
    audit.decisions.export(log)
    data = packed or target
    _write(card, _card(audit, patch, applied.n_rows, data.name))
    _write(sums, "".join(f"{_sha256(file)}  {file.name}\n" for file in (data, changes, recipe, log, card)))
    return Exported(
        [
            (data, "The corrected data, in the format of the original."),
            (changes, "Every change: row, column, old and new value, by whom, when and why."),
            (recipe, "The same as a patch that emendata apply makes, and takes back."),
            (log, "The log of all decisions."),
            (card, "A card that says what was done to the data."),
            (sums, "SHA-256 of these files."),
        ],
        dict(sorted(Counter(str(c.kind) for c in patch.corrections).items())),
        applied.n_rows,
    )


def _name(source: Path) -> str:
    from emendata.data.packing import ending

    end = "" if source.is_dir() else ending(source)
    return f"{source.name.removesuffix(end)}.corrected{end}"


def _packed(folder: Path) -> Path:
    """Return a ZIP archive of a folder, which a browser can load."""
    with write_atomically(folder.with_name(f"{folder.name}.zip")) as temporary:
        made = shutil.make_archive(str(temporary), "zip", folder.parent, folder.name)
        Path(made).replace(temporary)
    return folder.with_name(f"{folder.name}.zip")


def _write_changes(path: Path, corrections: Iterable[Correction], *, neutralise: bool) -> None:
    with write_atomically(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["row", "id", "kind", "column", "old", "new", "by", "when", "why", "confidence"])
        for one in corrections:
            line = [
                one.row,
                one.id,
                one.kind,
                one.column,
                one.old if one.column is not None else None,
                one.new,
                one.evidence.get("decided_by"),
                one.evidence.get("decided_at"),
                one.reason,
                one.evidence.get("probability"),
            ]
            out.writerow([_plain(cell) if neutralise else cell for cell in line])


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _card(audit: Audit, patch: Patch, n_rows: int, name: str) -> str:
    counts = Counter(correction.kind.replace("_", " ") for correction in patch.corrections)
    people = sorted({decision.by for decision in audit.decisions.standing.values()})
    said = "\n".join(f"| {kind} | {n:,} |" for kind, n in sorted(counts.items())) or "| none | 0 |"
    from emendata.reports.headline import headline

    return f"""# {name}

A corrected copy of {audit.dataset.name}, made with emendata {__version__} on {datetime.now(UTC):%Y-%m-%d}.

- Rows before: {audit.dataset.n_rows:,}; after: {n_rows:,}.
- SHA-256 of the original: `{patch.sha256}`.
- What the audit says: {headline(audit.summary)}
- Decided by: {", ".join(people) or "nobody"}.

| change | how many |
| --- | ---: |
{said}

`changes.csv` lists each change; `corrections.jsonl` makes them in the original, and takes them back.
"""


def _write(path: Path, text: str) -> None:
    with write_atomically(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
