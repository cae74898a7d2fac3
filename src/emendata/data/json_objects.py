"""JSON objects as rows: their table, and the source text of single values."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from emendata.data.infer import blank_to_missing, with_dates
from emendata.data.values import as_text, spelled
from emendata.records import Correction, Json

__all__ = ["edited", "half_pair", "known_values", "raw_value", "table_of", "unedited"]

_ABSENT = ""  # the raw text of a cell whose key is not in the object
_SPACE = " \t\r\n"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def table_of(rows: Iterable[dict[str, Json]]) -> pa.Table:
    """Return the typed table of objects; absent keys are missing cells. It has no columns if no object has keys."""
    columns: dict[str, list[Json]] = {}
    n_rows = 0
    for fields in rows:
        for name, value in fields.items():
            column = columns.get(name)
            if column is None:
                column = columns[name] = []
            column.extend([None] * (n_rows - len(column)))
            column.append(value)
        n_rows += 1
    for column in columns.values():
        column.extend([None] * (n_rows - len(column)))
    return pa.table([_typed(column) for column in columns.values()], names=list(columns))


def half_pair(text: str, value: Json) -> bool:
    """Say whether the value of some JSON text holds half of a surrogate pair, which stands for no character."""
    if not _SURROGATE.search(text):
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def raw_value(text: str, column: str, old: Json) -> str | None:
    """Return the source text of an object's value, None where the value alone gives it back."""
    _, members = _members(text)
    i = _find(members, column)
    raw = _ABSENT if i is None else text[members[i].start : members[i].stop]
    return None if raw == json.dumps(old, ensure_ascii=False) else raw


def edited(
    text: str, changes: Iterable[Correction], known: dict[str, list[Json]], *, ascii_only: bool
) -> str:
    """Return the text of an object with corrections made, given what `known_values` says of their columns."""
    for change in changes:
        raw = json.dumps(_new_value(text, change, known), ensure_ascii=ascii_only)
        text = _set_value(text, str(change.column), raw)
    return text


def unedited(text: str, changes: Iterable[Correction]) -> str:
    """Return the text of an object as it was before `edited`; the last correction comes first."""
    for change in changes:
        raw = json.dumps(change.old, ensure_ascii=False) if change.raw is None else change.raw
        text = _set_value(text, str(change.column), raw)
    return text


def _set_value(text: str, key: str, raw: str) -> str:
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


def _new_value(text: str, change: Correction, known: dict[str, list[Json]]) -> Json:
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


def known_values(rows: Iterable[dict[str, Json]], names: set[str]) -> dict[str, list[Json]]:
    """Return the distinct values of each column, those of its commonest type first."""
    known: dict[str, dict[tuple[type, str], Json]] = {name: {} for name in names}
    counts: dict[str, Counter[type]] = {name: Counter() for name in names}
    if names:
        for fields in rows:
            for name in names & fields.keys():
                value = fields[name]
                if value is not None:
                    known[name].setdefault((type(value), as_text(value)), value)
                    counts[name][type(value)] += 1
    return {
        name: sorted(values.values(), key=lambda value: -counts[name][type(value)])
        for name, values in known.items()
    }


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


def _typed(values: list[Json]) -> pa.ChunkedArray:
    kinds = {type(value) for value in values} - {type(None)}
    if kinds == {bool}:
        return pa.chunked_array([pa.array(values, pa.bool_())])
    if kinds == {int} and all(value is None or -(1 << 63) <= value < 1 << 63 for value in values):
        return pa.chunked_array([pa.array(values, pa.int64())])
    if kinds and kinds <= {int, float} and not any(isinstance(v, int) and abs(v) > 1 << 53 for v in values):
        numbers = [
            None if value is None or not abs(value) < float("inf") else float(value) for value in values
        ]
        return pa.chunked_array([pa.array(numbers, pa.float64())])
    texts = [None if value is None else as_text(value) for value in values]
    return with_dates(blank_to_missing(pa.chunked_array([pa.array(texts, pa.string())])))
