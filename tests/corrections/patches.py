"""Corrections and patches for the tests, with ids that no file holds."""

from pathlib import Path

from emendata.corrections.apply import Applied, apply_patch, revert_patch
from emendata.corrections.patch import Patch, make_patch, read_patch, write_patch
from emendata.data import open_dataset
from emendata.records import Correction, Json

__all__ = ["drop", "exclude", "patch_of", "relabel", "there_and_back"]


def relabel(row: int, column: str, old: Json, new: Json) -> Correction:
    return Correction("relabel", row, f"·{row}·", column, old, new, "two models disagree", {"p": 0.9}, 0.1)


def drop(row: int) -> Correction:
    return Correction("drop_duplicate", row, f"·{row}·", None, None, None, "a twin", {}, 0.0)


def exclude(row: int) -> Correction:
    return Correction("exclude_outlier", row, f"·{row}·", None, None, None, "far from all", {}, 0.0)


def patch_of(path: Path, *corrections: Correction) -> Patch:
    """Make, write and read a patch, as people do."""
    file = path.with_name("p.jsonl.patch")
    write_patch(make_patch(open_dataset(path), corrections), file)
    return read_patch(file)


def there_and_back(path: Path, *corrections: Correction) -> tuple[bytes, bytes, Applied]:
    patch = patch_of(path, *corrections)
    corrected = path.with_name(f"corrected{path.suffix}")
    again = path.with_name(f"again{path.suffix}")
    apply_patch(patch, path, corrected)
    done = revert_patch(patch, corrected, again)
    return corrected.read_bytes(), again.read_bytes(), done
