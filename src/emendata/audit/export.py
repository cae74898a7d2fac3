"""Corrected data with what belongs to them in one folder: changes, patch, log, data card, checksums."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from emendata.audit.export_notes import write_card, write_changes, write_checksums
from emendata.audit.export_table import corrected_table
from emendata.corrections import (
    Patch,
    apply_patch,
    certified_corrections,
    check_patch,
    with_decisions,
    write_patch,
)
from emendata.errors import InputError, chosen
from emendata.files import make_folder, write_atomically
from emendata.records import Correction, CorrectionKind
from emendata.reports.tables import TABLE_FORMATS, write_table

if TYPE_CHECKING:
    from emendata.audit.reporting import Reporting

__all__ = [
    "OWN_FORMAT",
    "ROW_CHOICES",
    "ExportOptions",
    "Exported",
    "RowChoice",
    "corrections_of",
    "counts_by_kind",
    "export_data",
]

OWN_FORMAT = "own"
"""The format that the data came in."""

RowChoice = Literal["kept", "all", "changed"]
ROW_CHOICES: tuple[RowChoice, ...] = get_args(RowChoice)


@dataclass(frozen=True)
class ExportOptions:
    """What `emendata.Audit.export` writes, which has the words for it.

    Raises
    ------
    UnknownName, InputError
        If there is no such format or choice of rows, or the own format cannot hold what is asked for.
    """

    file_format: str = OWN_FORMAT
    rows: RowChoice = "kept"
    where: tuple[str, ...] = ()
    findings: bool = False
    decisions: bool = False
    certified: float | None = None
    neutralise: bool = True

    def __post_init__(self) -> None:
        chosen("format", self.file_format, (OWN_FORMAT, *TABLE_FORMATS))
        chosen("choice of rows", self.rows, ROW_CHOICES)
        if self.is_own and (self.rows != "kept" or self.where or self.findings or self.decisions):
            raise InputError(
                "In their own format the data stay as they are but for the corrections: all columns, and all rows that "
                "are not excluded. Choose another format, such as csv or parquet, for other rows or more columns."
            )

    @property
    def is_own(self) -> bool:
        """Whether the data stay in the format that they came in."""
        return self.file_format == OWN_FORMAT


@dataclass(frozen=True)
class Exported:
    """What was written: files with a sentence each, changes by kind, rows of the data. Of a dry run, no files."""

    files: Sequence[tuple[Path, str]]
    counts: Mapping[CorrectionKind, int]
    n_rows: int


def corrections_of(audit: Reporting, certified: float | None) -> list[Correction]:
    """Return what people decided, and what is certified if that is asked for."""
    more = [] if certified is None else certified_corrections(audit.dataset, audit.certify(certified))
    return with_decisions(audit.decided, more)


def counts_by_kind(corrections: Sequence[Correction]) -> dict[CorrectionKind, int]:
    """Count corrections by kind, in the order of its names."""
    return dict(sorted(Counter(one.kind for one in corrections).items()))


def export_data(audit: Reporting, folder: Path, options: ExportOptions, *, dry_run: bool = False) -> Exported:
    """Write corrected data and what belongs to them, or say what that would come to."""
    patch = _patch(audit, options)
    corrections = corrections_of(audit, options.certified) if patch is None else patch.corrections
    counts = counts_by_kind(corrections)
    target = folder / _name(audit, options)
    if options.is_own:
        n_rows = _write_own(audit, patch, target, dry_run=dry_run)
    else:
        table = corrected_table(audit, corrections, options)
        n_rows = table.num_rows
        if not dry_run:
            make_folder(folder)
            write_table(table, target, options.file_format, neutralise=options.neutralise)
    if dry_run:
        return Exported([], counts, n_rows)
    data = _packed(target) if target.is_dir() else target
    files = [(data, _sentence(options))]
    changes, recipe, log, card, sums = (
        folder / name
        for name in ("changes.csv", "corrections.jsonl", "decisions.jsonl", "README.md", "checksums.txt")
    )
    write_changes(changes, corrections, neutralise=options.neutralise)
    files.append((changes, "Every change: row, column, old and new value, by whom, when and why."))
    if patch is not None:
        write_patch(patch, recipe)
        files.append((recipe, "The recipe: a patch that emendata apply makes, and takes back."))
    audit.decisions.export(log)
    files.append((log, "The log of all decisions."))
    sha256 = "" if patch is None else patch.sha256
    write_card(
        card, audit, corrections, name=data.name, n_rows=n_rows, what=_sentence(options), sha256=sha256
    )
    files.append((card, "A data card: what was done to the data."))
    write_checksums(sums, [file for file, _ in files])
    return Exported([*files, (sums, "SHA-256 of these files.")], counts, n_rows)


def _patch(audit: Reporting, options: ExportOptions) -> Patch | None:
    """Return the patch of the source; None where there can be none, and none is needed."""
    dataset = audit.dataset
    has_source = dataset.path is not None and dataset.path.exists() and dataset.dialect.query is None
    if not options.is_own and not has_source:
        return None
    certificate = None if options.certified is None else audit.certify(options.certified)
    return audit.patch(certificate=certificate, reviewed_only=True)


def _write_own(audit: Reporting, patch: Patch | None, target: Path, *, dry_run: bool) -> int:
    source = audit.dataset.path
    assert patch is not None  # else there is no patch
    assert source is not None
    if dry_run:
        return check_patch(patch, source, target).n_rows
    make_folder(target.parent)
    if target.is_dir():
        shutil.rmtree(target)
    return apply_patch(
        patch, source, target, originals=audit.project.folder if audit.project else None
    ).n_rows


def _name(audit: Reporting, options: ExportOptions) -> str:
    from emendata.data.packing import ending

    source = audit.dataset.path
    name = Path(audit.dataset.name).name if source is None else source.name
    end = "" if source is None or source.is_dir() else ending(source)
    kept = end if options.is_own else f".{options.file_format}"
    return f"{name.removesuffix(end)}.corrected{kept}"


def _packed(folder: Path) -> Path:
    """Return a ZIP archive of a folder, which a browser can load."""
    with write_atomically(folder.with_name(f"{folder.name}.zip")) as temporary:
        made = shutil.make_archive(str(temporary), "zip", folder.parent, folder.name)
        Path(made).replace(temporary)
    return folder.with_name(f"{folder.name}.zip")


def _sentence(options: ExportOptions) -> str:
    if options.is_own:
        return "The corrected data, in the format of the original."
    rows = {"kept": "", "all": ", with excluded rows", "changed": ", changed rows only"}[options.rows]
    view = ", rows under conditions" if options.where else ""
    return f"The corrected data as {TABLE_FORMATS[options.file_format]}{rows}{view}."
