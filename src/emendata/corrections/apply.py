"""Making the changes of a patch in a copy of the file, and taking them back."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from emendata.corrections.originals import keep_original, kept_original, put_back
from emendata.corrections.patch import Patch
from emendata.data import is_named_as, source_for, sources
from emendata.data.fingerprint import row_hashes, source_sha256
from emendata.data.locate import existing_source, refuse_same_file
from emendata.data.packing import ending, is_packed
from emendata.data.source import Dialect, Reading, Source
from emendata.data.values import as_text, same_value
from emendata.errors import InputError, PatchConflict
from emendata.records import Correction, CorrectionKind

__all__ = ["Applied", "apply_patch", "check_patch", "revert_patch"]

_NOTHING = "Nothing was written."


@dataclass(frozen=True)
class Applied:
    """What was done: how many changes of each kind, and whether taking back gave the very same bytes.

    ``exact`` is None after applying, and where other bytes may hold the same: in all that is neither text nor a folder
    of files, such as workbooks, databases and archives, and in what is packed.
    """

    counts: Mapping[CorrectionKind, int]
    n_rows: int
    exact: bool | None = None


def apply_patch(
    patch: Patch,
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    originals: Path | None = None,
) -> Applied:
    """Write a corrected copy of a file or folder.

    Parameters
    ----------
    patch : Patch
        Made for this file, or for one in which every cell that it changes is the same.
    source, target : path
        The file or folder to read, which is never changed, and the one to write.
    originals : path, optional
        A project folder that keeps a copy of the source, if it is of a kind that cannot be made again byte by byte.

    Raises
    ------
    PatchConflict
        If the patch does not fit the file; nothing is written then.
    InputError
        If a file cannot be read, or source and target are the same.
    OutputError
        If the target cannot be written.
    """
    path, goal = existing_source(source), Path(target)
    kind = _kind(patch, path, goal)
    is_original = source_sha256(path) == patch.sha256
    _require_fit(patch, kind, path, is_original=is_original)
    if originals is not None and is_original and not _comes_back(patch, kind, goal):
        keep_original(originals, path, patch.sha256)
    kind.rewrite(path, goal, patch.corrections, _dialect(patch))
    return Applied(_counts(patch), patch.n_rows - _n_dropped(patch))


def revert_patch(
    patch: Patch,
    corrected: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    originals: Path | None = None,
) -> Applied:
    """Write a copy with all changes taken back: the original, for text and folders of files byte for byte.

    Other kinds come back byte for byte where ``originals``, a project folder, kept them when the patch was applied.

    Raises
    ------
    PatchConflict
        If the file is not what applying the patch gives; nothing is written then.
    InputError
        If a file cannot be read, or both are the same.
    OutputError
        If the target cannot be written.
    """
    path, goal = existing_source(corrected), Path(target)
    kind = _kind(patch, path, goal)
    _require_corrected(patch, kind, path)
    kept = None if originals is None else kept_original(originals, patch.sha256)
    if kept is not None and is_packed(kept.with_name(patch.source)) == is_packed(goal):
        put_back(kept, goal)
    else:
        kind.restore(path, goal, patch.corrections, _dialect(patch))
    same = source_sha256(goal) == patch.sha256
    may_differ = not _comes_back(patch, kind, goal)  # in how it is written, not in what it holds
    return Applied(_counts(patch), patch.n_rows, same or (None if may_differ else False))


def _comes_back(patch: Patch, kind: Source, target: Path) -> bool:
    """Tell whether the original can be made again byte for byte from its corrected copy."""
    return kind.is_exact and not is_packed(target) and not is_packed(Path(patch.source))


def check_patch(
    patch: Patch, source: str | os.PathLike[str], target: str | os.PathLike[str], *, revert: bool = False
) -> Applied:
    """Say what applying a patch, or taking it back, would do; raise as it would, and write nothing."""
    path, goal = existing_source(source), Path(target)
    kind = _kind(patch, path, goal)
    if revert:
        _require_corrected(patch, kind, path)
        return Applied(_counts(patch), patch.n_rows)
    _require_fit(patch, kind, path, is_original=source_sha256(path) == patch.sha256)
    return Applied(_counts(patch), patch.n_rows - _n_dropped(patch))


def _kind(patch: Patch, source: Path, target: Path) -> Source:
    refuse_same_file(source, target)
    kind = source_for(source)
    if kind.name != patch.format:
        raise PatchConflict(
            f"The patch was made for {_a(_title(patch.format))}, and {source.name} is {_a(kind.title)}. "
            f"Give it {patch.source}. {_NOTHING}"
        )
    said = [other.name for other in sources if is_named_as(other, target)]
    if kind.name not in said and (said or is_packed(target)):
        way_out = "without such an ending" if source.is_dir() else f"that ends in {ending(source)}"
        raise InputError(
            f"The result is written as {_a(kind.title)}, like {source.name}, and {target.name} says otherwise. "
            f"Give a name {way_out}."
        )
    return kind


def _title(name: str) -> str:
    return next((source.title for source in sources if source.name == name), name)


def _a(title: str) -> str:
    return f"{'an' if title[:1].lower() in 'aeiou' else 'a'} {title}"


def _require_fit(patch: Patch, kind: Source, path: Path, *, is_original: bool) -> None:
    """Check that a file holds every cell that is to be changed; in the original, row ids must fit as well."""
    reading = kind.read(path, _dialect(patch))
    if _n_dropped(patch) == patch.n_rows:
        raise PatchConflict(
            f"The patch drops all {patch.n_rows:,} rows. Take some drops out of it. {_NOTHING}"
        )
    if reading.table.num_rows != patch.n_rows:
        raise PatchConflict(_other_size(patch, path, reading))
    strangers = _strangers(patch, reading.table) if is_original else ()
    misfits = [*_misfits(patch, kind, path, reading), *strangers]
    if not misfits:
        return
    if _is_applied(patch, reading):
        raise PatchConflict(_applied_already(patch, path))
    raise PatchConflict(
        f"{misfits[0]}; {len(misfits):,} of {len(patch.corrections):,} corrections do not fit {path.name}. "
        f"Apply the patch to {patch.source} as it was, or make a new one. {_NOTHING}"
    )


def _require_corrected(patch: Patch, kind: Source, path: Path) -> None:
    if _is_applied(patch, kind.read(path, _dialect(patch))):
        return
    if source_sha256(path) == patch.sha256:
        raise PatchConflict(f"{path.name} is the original, so there is nothing to take back. {_NOTHING}")
    raise PatchConflict(
        f"{path.name} is not what applying the patch to {patch.source} gives, so the patch cannot be "
        f"taken back. Give the corrected file as it was written. {_NOTHING}"
    )


def _misfits(patch: Patch, kind: Source, path: Path, reading: Reading) -> Iterator[str]:
    table = reading.table
    rows = reading.places.before(patch.corrections)
    there = [(c, row) for c, row in zip(patch.corrections, rows, strict=True) if row is not None]
    asked = [replace(c, row=row, old=None, raw=None) for c, row in there if c.column is None]
    present = {c.row: c for c in (kind.with_raw(path, asked, _dialect(patch)) if asked else ())}
    for correction, row in zip(patch.corrections, rows, strict=True):
        name = correction.column
        if row is None:
            yield f"Row {correction.row:,} ({correction.id}) is not there"
        elif name is None:
            if not _same_row(correction, present[row]):
                yield f"Row {correction.row:,} is not the row that the patch drops"
        elif name not in table.column_names:
            yield f"Row {correction.row:,} has no column {name!r}"
        elif not same_value(found := table[name][row].as_py(), correction.old):
            yield (
                f"Row {correction.row:,} has {as_text(found)!r} in column {name!r} "
                f"where the patch expects {as_text(correction.old)!r}"
            )


def _strangers(patch: Patch, table: pa.Table) -> Iterator[str]:
    """Say where a patch names one row by its position and another by its id: by content, or by an id column."""
    named: dict[str, set[int]] = {}
    unique = [column for column in table.columns if pc.count_distinct(column).as_py() == table.num_rows]
    for names in (row_hashes(table), *(map(as_text, column.to_pylist()) for column in unique)):
        for row, name in enumerate(names):
            named.setdefault(name, set()).add(row)
    for correction in patch.corrections:
        rows = named.get(correction.id) or named.get(correction.id.rpartition("-")[0]) or {correction.row}
        if correction.row not in rows:
            yield f"Row {correction.row:,} is not the row {correction.id!r}, which is row {min(rows):,}"


def _same_row(wanted: Correction, found: Correction) -> bool:
    if isinstance(wanted.old, dict) and isinstance(found.old, dict):
        return wanted.old == found.old
    return (wanted.raw or "").strip("\r\n") == (found.raw or "").strip("\r\n")


def _is_applied(patch: Patch, reading: Reading) -> bool:
    """Tell whether a table has the size and the new values that applying the patch gives."""
    table = reading.table
    if table.num_rows != patch.n_rows - _n_dropped(patch):
        return False
    places = zip(patch.corrections, reading.places.after(patch.corrections), strict=True)
    return all(
        c.column is None
        or (
            row is not None
            and c.column in table.column_names
            and same_value(table[c.column][row].as_py(), c.new)
        )
        for c, row in places
    )


def _other_size(patch: Patch, path: Path, reading: Reading) -> str:
    if _is_applied(patch, reading):
        return _applied_already(patch, path)
    return (
        f"The patch was made for {patch.n_rows:,} rows and {path.name} has {reading.table.num_rows:,}. "
        f"Apply it to {patch.source} as it was, or make a new one. {_NOTHING}"
    )


def _applied_already(patch: Patch, path: Path) -> str:
    return (
        f"The patch seems to be applied to {path.name} already. "
        f"Apply it to {patch.source} as it was. {_NOTHING}"
    )


def _dialect(patch: Patch) -> Dialect:
    return Dialect(patch.encoding, patch.delimiter, patch.table)


def _n_dropped(patch: Patch) -> int:
    return sum(c.column is None for c in patch.corrections)


def _counts(patch: Patch) -> dict[CorrectionKind, int]:
    return dict(Counter(correction.kind for correction in patch.corrections))
