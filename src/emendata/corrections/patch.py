"""Patch files: corrections as text that a person can read, keep, apply and take back."""

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np

from emendata.data import Dataset, sources
from emendata.data.fingerprint import source_sha256
from emendata.data.locate import existing_file
from emendata.errors import InputError
from emendata.files import write_atomically
from emendata.records import Correction, CorrectionKind, Json

__all__ = ["Patch", "make_patch", "patch_bytes", "read_patch", "write_patch"]

_VERSION = 2  # of a patch that says more than one of version 1 can
_KINDS: tuple[str, ...] = get_args(CorrectionKind)
_KEYS = ("kind", "row", "id", "column", "old", "new", "reason", "evidence", "score")
_HEADER = {
    "source": str,
    "format": str,
    "sha256": str,
    "n_rows": int,
    "label": str | None,
    "encoding": str | None,
    "delimiter": str | None,
    "table": str | None,
    "certificate": dict | None,
}
_TYPES = {
    "kind": str,
    "row": int,
    "id": str,
    "column": str | None,
    "reason": str,
    "evidence": dict,
    "score": int | float | None,
    "raw": str | None,
}
_WAY_OUT = "Give a file that emendata fix wrote."
_REPAIR = "Repair that line or make the patch again."


@dataclass(frozen=True)
class Patch:
    """Corrections for one file or folder, by row.

    ``source`` is its name and ``sha256`` the hash of its bytes, of a folder with the names in it; ``encoding`` and
    ``delimiter`` say how it is to be read, where it is text; ``table`` which of its tables or sheets, where it has
    several. ``certificate`` is the statement under which labels were changed that nobody looked at, if there is one.
    """

    source: str
    format: str
    sha256: str
    n_rows: int
    label: str | None
    corrections: tuple[Correction, ...]
    encoding: str | None = None
    delimiter: str | None = None
    table: str | None = None
    certificate: Mapping[str, Json] | None = None


def make_patch(
    dataset: Dataset, corrections: Sequence[Correction], certificate: Mapping[str, Json] | None = None
) -> Patch:
    """Return the patch that makes these corrections in the file that a dataset was opened from.

    Raises
    ------
    InputError
        If the dataset came from no file, one that is gone, or from a query, or two corrections contradict each other.
    """
    if dataset.path is None and dataset.url is not None:
        raise InputError(
            f"{dataset.name} lies on a database server, which emendata never writes to. Save it as a CSV or Parquet "
            "file and audit that, or take the corrected table from audit.fix()."
        )
    if dataset.dialect.query is not None:
        raise InputError(
            f"These rows are the answer of {dataset.name} to a query, which no patch can change. Name a table with "
            "--table, save the answer as a file and audit that, or take the corrected table from audit.fix()."
        )
    if dataset.path is None:
        raise InputError(
            "This table came from memory, so there is no file to patch. "
            "Save it and open the file, or use apply_to_table."
        )
    if not dataset.path.exists():
        raise InputError(
            f"The file or folder {dataset.path} is gone. Put it back, or export in another format; what was decided "
            "is kept."
        )
    ordered = sorted(corrections, key=lambda correction: correction.row)
    if wrong := _first_fault(ordered, dataset.n_rows):
        raise InputError(f"Row {ordered[wrong[0]].row:,}: {wrong[1]}.")
    filled = sources[dataset.format].with_raw(dataset.path, ordered, dataset.dialect)
    return Patch(
        dataset.name,
        dataset.format,
        source_sha256(dataset.path),
        dataset.n_rows,
        dataset.label,
        tuple(filled),
        dataset.dialect.encoding,
        dataset.dialect.delimiter,
        dataset.dialect.table,
        certificate,
    )


def write_patch(patch: Patch, path: str | os.PathLike[str]) -> None:
    """Write a patch as JSON lines: a header, then one correction a line, by row.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "reviews.patch.jsonl"
    >>> fix = Correction("relabel", 1, "ab", "mood", "up", "down", "two models disagree", {}, 0.1)
    >>> write_patch(Patch("reviews.csv", "csv", "0" * 64, 2, "mood", (fix,)), path)
    >>> read_patch(path).corrections == (fix,)
    True
    """
    with write_atomically(path) as temporary:
        temporary.write_bytes(patch_bytes(patch))


def patch_bytes(patch: Patch) -> bytes:
    """Return the content of a patch file; the same patch always gives the same bytes."""
    ordered = sorted(patch.corrections, key=lambda correction: correction.row)
    lines = [_header(patch), *map(_line, ordered)]
    text = "".join(json.dumps(_plain(line), ensure_ascii=False, allow_nan=False) + "\n" for line in lines)
    return text.encode()


def read_patch(path: str | os.PathLike[str]) -> Patch:
    """Read a patch file.

    Raises
    ------
    InputError
        If the file is not a patch, is of a newer version or damaged; the text names the line.
    """
    file = existing_file(path)
    try:
        lines = [
            line
            for line in enumerate(file.read_bytes().decode("utf-8-sig").split("\n"), 1)
            if line[1].strip()
        ]
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not a patch: it is not UTF-8 text. {_WAY_OUT}") from error
    if not lines:
        raise InputError(f"{file.name} is empty, so it is not a patch. {_WAY_OUT}")
    head = _patch_of(file.name, lines[0][1])
    corrections = tuple(_correction(file.name, number, line) for number, line in lines[1:])
    if wrong := _first_fault(corrections, head.n_rows):
        raise InputError(f"Line {lines[wrong[0] + 1][0]} of {file.name}: {wrong[1]}. {_REPAIR}")
    return replace(head, corrections=corrections)


def _header(patch: Patch) -> dict[str, Json]:
    is_new = patch.certificate is not None or any(c.kind == "exclude" for c in patch.corrections)
    header = {
        "emendata_patch": _VERSION if is_new else 1,
        "source": patch.source,
        "format": patch.format,
        "sha256": patch.sha256,
        "n_rows": patch.n_rows,
        "label": patch.label,
    }
    extra = {
        "encoding": patch.encoding,
        "delimiter": patch.delimiter,
        "table": patch.table,
        "certificate": patch.certificate,
    }
    return header | {key: value for key, value in extra.items() if value is not None}


def _line(correction: Correction) -> dict[str, Json]:
    line = {key: getattr(correction, key) for key in _KEYS}
    return line if correction.raw is None else line | {"raw": correction.raw}


def _plain(value: Json) -> Json:
    """Turn what JSON has no word for into what it has: NaN to null, numpy's numbers to Python's."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


def _patch_of(file_name: str, line: str) -> Patch:
    try:
        header = json.loads(line)
    except ValueError as error:
        raise InputError(f"{file_name} is not a patch: its first line is no JSON. {_WAY_OUT}") from error
    if not isinstance(header, dict) or "emendata_patch" not in header:
        raise InputError(f"{file_name} is not a patch: its first line does not say so. {_WAY_OUT}")
    version = header["emendata_patch"]
    if not isinstance(version, int) or version > _VERSION:
        raise InputError(
            f"{file_name} is a patch of version {version}, and this emendata reads version {_VERSION}. "
            "Upgrade emendata."
        )
    header = dict.fromkeys(_HEADER) | header
    wrong = [key for key, kind in _HEADER.items() if not isinstance(header[key], kind)]
    if wrong:
        raise InputError(f"Line 1 of {file_name} has no usable {wrong[0]!r}: {header[wrong[0]]!r}. {_REPAIR}")
    known: dict[str, Any] = {key: header[key] for key in _HEADER}
    return Patch(corrections=(), **known)


def _correction(file_name: str, number: int, line: str) -> Correction:
    where = f"Line {number} of {file_name}"
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is not JSON. {_REPAIR}") from error
    if not isinstance(fields, dict):
        raise InputError(f"{where} is not an object. {_REPAIR}")
    missing = [key for key in _KEYS if key not in fields]
    if missing:
        raise InputError(f"{where} lacks {', '.join(map(repr, missing))}. {_REPAIR}")
    unknown = [key for key in fields if key not in (*_KEYS, "raw")]
    if unknown:
        raise InputError(f"{where} has a key {unknown[0]!r} that patches do not have. {_REPAIR}")
    wrong = [key for key, kind in _TYPES.items() if not isinstance(fields.get(key), kind)]
    if wrong:
        raise InputError(f"{where} has no usable {wrong[0]!r}: {fields.get(wrong[0])!r}. {_REPAIR}")
    score = math.nan if fields["score"] is None else float(fields["score"])
    return Correction(**{**fields, "score": score})


def _first_fault(corrections: Sequence[Correction], n_rows: int) -> tuple[int, str] | None:
    """Return which correction cannot be, and why not."""
    cells: dict[int, set[str | None]] = {}
    for i, correction in enumerate(corrections):
        there = cells.setdefault(correction.row, set())
        if fault := _fault(correction, there, n_rows):
            return i, fault
        there.add(correction.column)
    return None


def _fault(correction: Correction, there: set[str | None], n_rows: int) -> str | None:
    """Return what is wrong with a correction, given the columns that others of its row are about."""
    drops = correction.column is None
    if correction.kind not in _KINDS:
        return f"there is no kind {correction.kind!r}; there are {', '.join(_KINDS)}"
    if drops == (correction.kind in ("relabel", "set_cell")):
        return f"{correction.kind} must {'name a column' if drops else 'have null as its column'}"
    if not drops and not isinstance(correction.new, str | int | float | None):
        return f"the new value {correction.new!r} is no text, number, truth value or null"
    if not 0 <= correction.row < n_rows:
        return f"there is no row {correction.row:,} in a file of {n_rows:,} rows"
    if correction.column in there:
        return (
            f"row {correction.row:,} is dropped twice"
            if drops
            else f"row {correction.row:,} is relabelled twice"
            if correction.kind == "relabel"
            else f"{correction.column!r} of row {correction.row:,} is changed twice"
        )
    if there and (drops or None in there):
        return f"row {correction.row:,} is both dropped and edited"
    return None
