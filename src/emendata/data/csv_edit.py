"""CSV and other delimited text: the rewriter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.compute as pc

from emendata.data.csv import CsvText, read_csv
from emendata.data.csv_records import field_spans, quote, scan
from emendata.data.lines import Line, Lines, raw_row, restored, rewritten
from emendata.data.packing import write_packed
from emendata.data.source import Dialect, Reading
from emendata.data.values import as_text, spelled
from emendata.errors import UnknownName
from emendata.records import Correction

__all__ = ["CsvSource"]


@dataclass(frozen=True)
class CsvSource:
    """Delimited text. Unedited records keep every byte: quotes, line endings, blank lines and encoding."""

    name: str = "csv"
    title: str = "CSV file"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")
    is_text: bool = True
    is_exact: bool = True

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table and the dialect that was found."""
        return Reading(*read_csv(path, dialect))

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with the source text of dropped rows and of unusually written cells."""
        text = CsvText.open(path, dialect)
        rows = _split(text, text.body).rows
        return [_filled(text, rows[correction.row], correction) for correction in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected file; new values are spelled and quoted as their column does it."""
        text = CsvText.open(path, dialect)
        spellings = _spellings(text, corrections)

        def edit(record: bytes, changes: Sequence[Correction]) -> bytes:
            new = {c.column: spellings[c.column, as_text(c.new)] for c in changes}
            return _set_fields(
                text, record, {_position(text, name): value for name, value in new.items()}, like=True
            )

        _write(text, target, rewritten(_split(text, text.body), corrections, edit))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write the file as it was before `rewrite`, byte for byte."""
        text = CsvText.open(corrected, dialect)

        def edit(record: bytes, changes: Sequence[Correction]) -> bytes:
            return _set_fields(
                text, record, {_position(text, c.column): _old(text, c) for c in changes}, like=False
            )

        lines = _split(text, text.body)
        _write(text, target, restored(lines, corrections, edit, lambda raw: _split(text, raw)))


def _split(text: CsvText, body: bytes) -> Lines:
    rows: list[Line] = []
    blanks: tuple[bytes, ...] = ()
    for record in scan(body, text.delimiter, len(text.names)):
        if record.is_blank:
            blanks += (body[record.start : record.end],)
        else:
            rows.append(Line(blanks, body[record.start : record.stop], body[record.stop : record.end]))
            blanks = ()
    return Lines(rows, blanks)


def _filled(text: CsvText, line: Line, correction: Correction) -> Correction:
    if correction.column is None:
        return replace(correction, raw=raw_row(line))
    start, stop = field_spans(line.content, text.delimiter)[_position(text, correction.column)]
    raw = line.content[start:stop].decode()
    return replace(correction, raw=None if raw == _old(text, replace(correction, raw=None)) else raw)


def _old(text: CsvText, correction: Correction) -> str:
    return quote(as_text(correction.old), text.delimiter) if correction.raw is None else correction.raw


def _set_fields(text: CsvText, record: bytes, values: dict[int, str], *, like: bool) -> bytes:
    """Replace fields by source text, or by values that are quoted ``like`` the old ones."""
    spans = field_spans(record, text.delimiter)
    for position in sorted(values, reverse=True):
        start, stop = spans[position]
        value = values[position]
        if like:
            alone = not value and len(spans) == 1  # an empty line would be no row
            value = quote(value, text.delimiter, always=alone or record[start : start + 1] == b'"')
        record = record[:start] + value.encode() + record[stop:]
    return record


def _spellings(text: CsvText, corrections: Sequence[Correction]) -> dict[tuple[str | None, str], str]:
    spellings: dict[tuple[str | None, str], str] = {}
    for name in {c.column for c in corrections if c.column is not None}:
        _position(text, name)
        cells = text.strings((name,))[name]
        counts = pc.value_counts(cells).to_pylist()
        known = [count["values"] for count in sorted(counts, key=lambda count: -count["counts"])]
        for new in {as_text(c.new) for c in corrections if c.column == name}:
            spellings[name, new] = spelled(new, known) if new else ""
    return spellings


def _position(text: CsvText, name: str | None) -> int:
    if name not in text.names:
        raise UnknownName.among("column", str(name), text.names)
    return text.names.index(name)


def _write(text: CsvText, target: Path, body: bytes) -> None:
    write_packed(target, text.decoded.encode(text.decoded.body[: text.start] + body))
