"""JSON documents that hold a list of objects, one for each row."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from emendata.data.decoding import Decoded, decode
from emendata.data.json_objects import edited, half_pair, known_values, raw_value, table_of, unedited
from emendata.data.lines import by_row, without_text
from emendata.data.packing import write_packed
from emendata.data.source import Dialect, Reading
from emendata.data.values import readable
from emendata.errors import InputError
from emendata.records import Correction, Json

__all__ = ["JsonSource"]

_SPACE = " \t\r\n"
_A_LIST = (
    "Write a list of objects, one for each row, or one object on each line of a file that ends in .jsonl."
)


class _Document(NamedTuple):
    """The text of a document: what is before the first row, rows, what is between them, what is behind the last."""

    head: str
    rows: list[str]
    gaps: list[str]
    tail: str
    values: list[dict[str, Json]]


class _Dropped(NamedTuple):
    """The text of a row that was dropped, and what was before and behind it, None at the ends."""

    text: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class JsonSource:
    """One JSON list of objects. All but the corrected values keep every byte."""

    name: str = "json"
    title: str = "JSON file"
    suffixes: tuple[str, ...] = (".json",)
    is_text: bool = True
    is_exact: bool = True

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return the typed table and the dialect that was found."""
        decoded = decode(path, dialect.encoding)
        values = _parsed(path.name, decoded).values
        if not values:
            raise InputError(f"{path.name} holds an empty list. Give at least one object.")
        table = table_of(values)
        if not table.num_columns:
            raise InputError(f"{path.name} holds only empty objects. Give each at least one key.")
        return Reading(table, Dialect(encoding=decoded.encoding))

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with the source text of dropped rows and of unusually written values."""
        document = _parsed(path.name, decode(path, dialect.encoding))
        return [_filled(document, correction) for correction in corrections]

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write the corrected file; a new value has the JSON type that its column gives to it."""
        decoded = decode(path, dialect.encoding)
        document, changes = _parsed(path.name, decoded), by_row(corrections)
        known = known_values(document.values, {c.column for c in corrections if c.column is not None})
        parts = [document.head]
        for row, text in enumerate(document.rows):
            here = changes.get(row, [])
            if here and here[0].column is None:
                continue
            parts.append(document.gaps[row - 1] if len(parts) > 1 else "")
            parts.append(edited(text, here, known, ascii_only=not decoded.encoding.startswith("utf")))
        _write(decoded, target, [*parts, document.tail])

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write the file as it was before `rewrite`, byte for byte."""
        decoded = decode(corrected, dialect.encoding)
        document, changes = _parsed(corrected.name, decoded), by_row(corrections)
        dropped = {row: _dropped(c) for row, (c, *_) in changes.items() if c.column is None}
        parts, place = [document.head], 0
        for row in range(len(document.rows) + len(dropped)):
            if row in dropped:
                parts += (dropped[row].before or "", dropped[row].text)
                continue
            if place:
                parts.append(document.gaps[place - 1])
            elif row:
                parts.append(dropped[row - 1].after or "")
            parts.append(unedited(document.rows[place], changes.get(row, [])[::-1]))
            place += 1
        _write(decoded, target, [*parts, document.tail])


def _parsed(file_name: str, decoded: Decoded) -> _Document:
    """Take a document apart.

    Raises
    ------
    InputError
        If it is not JSON, or no list of objects.
    """
    text, decoder = decoded.body.decode(), json.JSONDecoder()
    begin = _skip(text, 0)
    if text[begin] != "[":
        raise InputError(_no_list(file_name, text))
    at = _skip(text, begin + 1)
    if text[at : at + 1] == "]":
        _refuse_more(file_name, text[at + 1 :])
        return _Document(text[: begin + 1], [], [], text[begin + 1 :], [])
    document = _Document(text[:at], [], [], "", [])
    while True:
        try:
            value, stop = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise InputError(_no_json(file_name, error)) from error
        number = len(document.rows) + 1
        if not isinstance(value, dict):
            raise InputError(f"Item {number:,} of {file_name} is no object. {_A_LIST}")
        if half_pair(text[at:stop], value):
            raise InputError(
                f"Item {number:,} of {file_name} holds half of a surrogate pair, which stands for no character. "
                "Take that \\u escape out."
            )
        document.rows.append(text[at:stop])
        document.values.append(value)
        end = _skip(text, stop)
        if text[end : end + 1] == "]":
            _refuse_more(file_name, text[end + 1 :])
            return document._replace(tail=text[stop:])
        if text[end : end + 1] != ",":
            raise InputError(_no_json(file_name, json.JSONDecodeError("Expecting ',' or ']'", text, end)))
        at = _skip(text, end + 1)
        document.gaps.append(text[stop:at])


def _refuse_more(file_name: str, behind: str) -> None:
    if behind.strip(_SPACE):
        raise InputError(f"{file_name} has more behind its list. {_A_LIST}")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _no_list(file_name: str, text: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        return _no_json(file_name, error)
    return f"{file_name} is JSON but no list. {_A_LIST}"


def _no_json(file_name: str, error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        where = f"line {error.lineno}, column {error.colno}: {error.msg}"
    else:
        deep = isinstance(error, RecursionError)
        where = "it is nested too deeply" if deep else "it holds a number of thousands of digits"
    return f"{file_name} cannot be read as JSON ({where}). {_A_LIST}"


def _filled(document: _Document, correction: Correction) -> Correction:
    row = correction.row
    if correction.column is not None:
        return replace(correction, raw=raw_value(document.rows[row], correction.column, correction.old))
    around = [None, *document.gaps, None]
    dropped = _Dropped(document.rows[row], around[row], around[row + 1])
    old = {name: readable(value) for name, value in document.values[row].items()}
    return replace(correction, old=correction.old or old, raw=json.dumps(dropped, ensure_ascii=False))


def _dropped(correction: Correction) -> _Dropped:
    try:
        return _Dropped(*json.loads(correction.raw or ""))
    except (ValueError, TypeError) as error:
        raise without_text(correction) from error


def _write(decoded: Decoded, target: Path, parts: Iterable[str]) -> None:
    write_packed(target, decoded.encode("".join(parts).encode()))
