"""What lies beside exported data: the list of changes, a data card, checksums."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from emendata import __version__
from emendata.files import write_atomically
from emendata.records import Correction
from emendata.reports.headline import headline
from emendata.reports.tables import is_formula

if TYPE_CHECKING:
    from emendata.audit.reporting import Reporting

__all__ = ["write_card", "write_changes", "write_checksums"]

_COLUMNS = ("row", "id", "kind", "column", "old", "new", "by", "when", "why", "confidence")


def write_changes(path: Path, corrections: Iterable[Correction], *, neutralise: bool) -> None:
    """Write each change as a line of CSV: row, column, old and new value, by whom, when and why."""
    with write_atomically(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(_COLUMNS)
        for one in corrections:
            cells = [
                one.row,
                one.id,
                one.kind,
                one.column,
                one.old if one.column is not None else None,
                one.new,
            ]
            said = [one.evidence.get(name) for name in ("decided_by", "at")]
            line = [*cells, *said, one.reason, one.evidence.get("probability")]
            out.writerow([_plain(cell) if neutralise else cell for cell in line])


def write_card(
    path: Path,
    audit: Reporting,
    corrections: Sequence[Correction],
    *,
    name: str,
    n_rows: int,
    what: str,
    sha256: str,
) -> None:
    """Write what was done to the data, for people who did not do it."""
    counts = Counter(correction.kind.replace("_", " ") for correction in corrections)
    people = sorted(str(by) for (by,) in audit.decisions.standing.tally("by"))
    said = "\n".join(f"| {kind} | {n:,} |" for kind, n in sorted(counts.items())) or "| none | 0 |"
    original = f"- SHA-256 of the original: `{sha256}`.\n" if sha256 else ""
    text = f"""# {name}

{what} Made from {audit.dataset.name} with emendata {__version__} on {datetime.now(UTC):%Y-%m-%d}.

- Rows before: {audit.dataset.n_rows:,}; here: {n_rows:,}.
{original}- What the audit says: {headline(audit.summary)}
- Decided by: {", ".join(people) or "nobody"}.

| change | how many |
| --- | ---: |
{said}

`changes.csv` lists each change; `corrections.jsonl` makes them in the original, and takes them back.
"""
    with write_atomically(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_checksums(path: Path, files: Iterable[Path]) -> None:
    """Write the SHA-256 of files as ``sha256sum --check`` reads it."""
    with write_atomically(path) as temporary:
        temporary.write_text("".join(f"{_sha256(file)}  {file.name}\n" for file in files), encoding="utf-8")


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
