"""Corrections of databases and workbooks, made and taken back."""

from collections.abc import Sequence
from pathlib import Path

from emendata.data.source import Dialect, Source
from emendata.records import Correction, Json

__all__ = ["change", "made_and_back"]


def change(row: int, column: str | None, old: Json = None, new: Json = None) -> Correction:
    return Correction("relabel" if column else "drop_duplicate", row, "", column, old, new, "", {}, 0.1)


def made_and_back(
    source: Source, path: Path, changes: Sequence[Correction], dialect: Dialect | None = None
) -> tuple[Path, Path]:
    """Return a corrected copy beside a file, and one in which the corrections are taken back."""
    dialect = dialect or Dialect()
    after, again = (path.with_name(f"{name}{path.suffix}") for name in ("after", "again"))
    exact = source.with_raw(path, changes, dialect)
    source.rewrite(path, after, exact, dialect)
    source.restore(after, again, exact, dialect)
    return after, again
