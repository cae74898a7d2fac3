"""JSON lines: the rewriter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from emendata.data.decoding import Decoded, decode
from emendata.data.json_objects import edited, known_values, raw_value, unedited
from emendata.data.jsonl import objects, read_jsonl
from emendata.data.lines import Line, Lines, raw_row, restored, rewritten
from emendata.data.packing import write_packed
from emendata.data.source import Dialect, Reading
from emendata.records import Correction

__all__ = ["JsonlSource"]


@dataclass(frozen=True)
class JsonlSource:
    """One JSON object a line. All but the corrected values keep every byte."""

    name: str = "jsonl"
    title: str = "JSON lines file"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    is_text: bool = True
    is_exact: bool = True

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table and the dialect that was found."""
        return Reading(*read_jsonl(path, dialect))

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with the source text of dropped rows and of unusually written values."""
        rows = _split(decode(path, dialect.encoding).body).rows
        return [_filled(rows[correction.row], correction) for correction in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected file; a new value has the JSON type that its column gives to it."""
        decoded = decode(path, dialect.encoding)
        names = {c.column for c in corrections if c.column is not None}
        known = known_values(objects(path.name, decoded.body) if names else (), names)

        def edit(line: bytes, changes: Sequence[Correction]) -> bytes:
            ascii_only = not decoded.encoding.startswith("utf")
            return edited(line.decode(), changes, known, ascii_only=ascii_only).encode()

        _write(decoded, target, rewritten(_split(decoded.body), corrections, edit))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write the file as it was before `rewrite`, byte for byte."""
        decoded = decode(corrected, dialect.encoding)

        def edit(line: bytes, changes: Sequence[Correction]) -> bytes:
            return unedited(line.decode(), changes).encode()

        _write(decoded, target, restored(_split(decoded.body), corrections, edit, _split))


def _filled(line: Line, correction: Correction) -> Correction:
    if correction.column is None:
        return replace(correction, raw=raw_row(line))
    return replace(correction, raw=raw_value(line.content.decode(), correction.column, correction.old))


def _split(body: bytes) -> Lines:
    rows: list[Line] = []
    blanks: tuple[bytes, ...] = ()
    for line in _on_newlines(body):
        content = line.removesuffix(b"\n")
        if content.strip():
            rows.append(Line(blanks, content, line[len(content) :]))
            blanks = ()
        else:
            blanks += (line,)
    return Lines(rows, blanks)


def _on_newlines(body: bytes) -> list[bytes]:
    *ended, last = body.split(b"\n")
    return [line + b"\n" for line in ended] + ([last] if last else [])


def _write(decoded: Decoded, target: Path, body: bytes) -> None:
    write_packed(target, decoded.encode(body))
