"""JSON lines: the rewriter."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from emendata.data.decoding import Decoded, decode
from emendata.data.jsonl import objects, read_jsonl
from emendata.data.lines import Line, Lines, raw_row, restored, rewritten
from emendata.data.packing import packed_like
from emendata.data.source import Dialect
from emendata.data.values import as_text, spelled
from emendata.files import write_atomically
from emendata.records import Correction, Json

__all__ = ["JsonlSource"]

_ABSENT = ""  # the raw text of a cell whose key is not in the object
_SPACE = " \t\r\n"


@dataclass(frozen=True)
class JsonlSource:
    """One JSON object a line. All but the corrected values keep every byte."""

    name: str = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    is_text: bool = True

    def read(self, path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
        """Return the typed table and the dialect that was found."""
        return read_jsonl(path, dialect)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with the source text of dropped rows and of unusually written values."""
        rows = _split(decode(path, dialect.encoding).body).rows
        return [_filled(rows[correction.row], correction) for correction in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected file; a new value has the JSON type that its column gives to it."""
        decoded = decode(path, dialect.encoding)
        known = _known(path.name, decoded.body, {c.column for c in corrections if c.column is not None})

        def edit(line: bytes, changes: Sequence[Correction]) -> bytes:
            text = line.decode()
            for change in changes:
                text = _set(text, str(change.column), _dumps(decoded, _new(text, change, known)))
            return text.encode()

        _write(decoded, target, rewritten(_split(decoded.body), corrections, edit))

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write the file as it was before `rewrite`, byte for byte."""
        decoded = decode(corrected, dialect.encoding)

        def edit(line: bytes, changes: Sequence[Correction]) -> bytes:
            text = line.decode()
            for change in changes:
                raw = json.dumps(change.old, ensure_ascii=False) if change.raw is None else change.raw
                text = _set(text, str(change.column), raw)
            return text.encode()

        _write(decoded, target, restored(_split(decoded.body), corrections, edit, _split))


class _Member(NamedTuple):
    key: str
    start: int
    stop: int


def _members(text: str) -> tuple[int, list[_Member]]:
    """Return where the object's inside begins, and the span of each top-level value."""
    begin = text.index("{") + 1
    at = begin
    members: list[_Member] = []
    decoder = json.JSONDecoder()
    while (at := _skip(text, at, _SPACE + ",")) < len(text) and text[at] == '"':
        key, at = decoder.raw_decode(text, at)
        start = _skip(text, at, _SPACE + ":")
        _, at = decoder.raw_decode(text, start)
        members.append(_Member(key, start, at))
    return begin, members


def _skip(text: str, at: int, marks: str) -> int:
    while at < len(text) and text[at] in marks:
        at += 1
    return at


def _find(members: list[_Member], key: str) -> int | None:
    """Return which member holds a key's value: of several the last counts, as for every JSON reader."""
    return next((i for i in reversed(range(len(members))) if members[i].key == key), None)


def _set(text: str, key: str, raw: str) -> str:
    """Put source text in place of a value; add the key if it is absent, remove it for ``_ABSENT``."""
    begin, members = _members(text)
    i = _find(members, key)
    if i is None:
        at = members[-1].stop if members else begin
        comma = ", " if members else ""
        return text if raw == _ABSENT else f"{text[:at]}{comma}{json.dumps(key)}: {raw}{text[at:]}"
    _, start, stop = members[i]
    if raw == _ABSENT:
        start = members[i - 1].stop if i else begin
    return text[:start] + raw + text[stop:]


def _filled(line: Line, correction: Correction) -> Correction:
    if correction.column is None:
        return replace(correction, raw=raw_row(line))
    text = line.content.decode()
    _, members = _members(text)
    i = _find(members, correction.column)
    raw = _ABSENT if i is None else text[members[i].start : members[i].stop]
    return replace(correction, raw=None if raw == json.dumps(correction.old, ensure_ascii=False) else raw)


def _new(text: str, change: Correction, known: dict[str, list[Json]]) -> Json:
    """Give a new value that came as text the type of its like in the column, else that of the old value.

    Where there was none, the type that most values of the column have takes its place.
    """
    old = json.loads(text).get(change.column)
    values = known.get(str(change.column), [])
    kind = type(values[0] if old is None and values else old)
    if not isinstance(change.new, str) or kind is str:
        return change.new
    new = spelled(change.new, sorted(values, key=lambda value: type(value) is not kind))
    if new != change.new:
        return new
    try:
        parsed = json.loads(change.new)
    except ValueError:
        return new
    return parsed if type(parsed) is kind or {type(parsed), kind} <= {int, float} else new


def _known(file_name: str, body: bytes, names: set[str]) -> dict[str, list[Json]]:
    """Return the distinct values of each column, those of its commonest type first."""
    known: dict[str, dict[tuple[type, str], Json]] = {name: {} for name in names}
    counts: dict[str, Counter[type]] = {name: Counter() for name in names}
    if names:
        for fields in objects(file_name, body):
            for name in names & fields.keys():
                value = fields[name]
                if value is not None:
                    known[name].setdefault((type(value), as_text(value)), value)
                    counts[name][type(value)] += 1
    return {
        name: sorted(values.values(), key=lambda value: -counts[name][type(value)])
        for name, values in known.items()
    }


def _dumps(decoded: Decoded, value: Json) -> str:
    return json.dumps(value, ensure_ascii=not decoded.encoding.startswith("utf"))


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
    data = decoded.encode(body)
    with write_atomically(target) as temporary:
        temporary.write_bytes(packed_like(target, data))
