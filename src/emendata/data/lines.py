"""Rewriting text files row by row, keeping every byte that no correction is about.

A correction that drops a row keeps the blank lines above it in the file; its ``raw`` holds them again, so
that taking it back knows below how many of them the row stood.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from emendata.errors import PatchConflict
from emendata.records import Correction

__all__ = ["Line", "Lines", "by_row", "raw_row", "restored", "rewritten", "without_text"]

Edit = Callable[[bytes, Sequence[Correction]], bytes]


class Line(NamedTuple):
    """One row: the blank lines above it, its text and its line ending."""

    blanks: tuple[bytes, ...]
    content: bytes
    end: bytes


class Lines(NamedTuple):
    """All rows of a file in order, and the blank lines below the last."""

    rows: list[Line]
    tail: tuple[bytes, ...]


def by_row(corrections: Iterable[Correction]) -> dict[int, list[Correction]]:
    """Group corrections by their row, in their order."""
    groups: dict[int, list[Correction]] = {}
    for correction in corrections:
        groups.setdefault(correction.row, []).append(correction)
    return groups


def without_text(correction: Correction) -> PatchConflict:
    """Return the error of a patch that cannot give back a row that it dropped."""
    return PatchConflict(
        f"The patch lacks the text of row {correction.row:,}, which it dropped. Nothing was written."
    )


def raw_row(line: Line) -> str:
    """Return the source text of a row with the blank lines above it."""
    return b"".join([*line.blanks, line.content, line.end]).decode()


def rewritten(lines: Lines, corrections: Iterable[Correction], edit: Edit) -> bytes:
    """Return the text with cells edited by ``edit`` and dropped rows gone."""
    changes = by_row(corrections)
    parts: list[bytes] = []
    for row, line in enumerate(lines.rows):
        parts.extend(line.blanks)
        found = changes.get(row)
        if found is None:
            parts += (line.content, line.end)
        elif found[0].column is not None:
            parts += (edit(line.content, found), line.end)
    return b"".join([*parts, *lines.tail])


def restored(
    lines: Lines, corrections: Iterable[Correction], edit: Edit, split: Callable[[bytes], Lines]
) -> bytes:
    """Return the text as it was before `rewritten`; ``split`` takes the raw text of dropped rows apart."""
    changes = by_row(corrections)
    n_dropped = sum(found[0].column is None for found in changes.values())
    parts: list[bytes] = []
    left = iter([*lines.rows, Line(lines.tail, b"", b"")])
    line = next(left)
    blanks = list(line.blanks)
    for row in range(len(lines.rows) + n_dropped):
        found = changes.get(row, [])
        if found and found[0].column is None:
            dropped = _dropped(found[0], split)
            parts += (*blanks[: len(dropped.blanks)], dropped.content, dropped.end)
            del blanks[: len(dropped.blanks)]
            continue
        parts += (*blanks, edit(line.content, found[::-1]) if found else line.content, line.end)
        line = next(left)
        blanks = list(line.blanks)
    return b"".join([*parts, *blanks])


def _dropped(correction: Correction, split: Callable[[bytes], Lines]) -> Line:
    rows = split((correction.raw or "").encode()).rows
    if len(rows) != 1:
        raise without_text(correction)
    return rows[0]
