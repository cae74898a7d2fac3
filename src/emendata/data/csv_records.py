r"""Where the records and fields of a CSV file lie, by the rules that the reader follows.

A quote opens a quoted part only at the start of a field; ``""`` inside it is one quote; after the
closing quote the field goes on unquoted. Records end in ``\n``, ``\r\n`` or a lone ``\r``.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Record", "field_spans", "is_open", "quote", "scan", "unquote"]

_OPEN = re.compile(rb'"[^"]*+(?:""[^"]*+)*+')


class Record(NamedTuple):
    """A record's span in the file: ``body[start:stop]`` without its line ending, which goes to ``end``."""

    start: int
    stop: int
    end: int
    is_blank: bool


def scan(body: bytes, delimiter: str, n_columns: int) -> Iterator[Record]:
    r"""Yield every record in order; blank lines among them, marked as such.

    Examples
    --------
    >>> [(r.start, r.stop, r.is_blank) for r in scan(b'a,"x\ny"\n\nb,c', ",", 2)]
    [(0, 7, False), (8, 8, True), (9, 12, False)]
    """
    record = _patterns(delimiter)[0]
    mark = delimiter.encode()
    for match in record.finditer(body):
        start, stop, end = match.start(), match.start(2), match.end()
        if start == end:
            return  # the empty match behind the last record
        blank = start == stop
        if not blank and n_columns > 1 and body[start] in b" \t\x0b\x0c":
            text = body[start:stop]
            blank = not text.strip() and mark not in text
        yield Record(start, stop, end, blank)


def field_spans(record: bytes, delimiter: str) -> list[tuple[int, int]]:
    """Return start and stop of each field in a record without its line ending.

    Examples
    --------
    >>> field_spans(b'a,"b,c",', ",")
    [(0, 1), (2, 7), (8, 8)]
    """
    field = _patterns(delimiter)[1]
    spans = []
    at = 0
    while True:
        match = field.match(record, at)
        assert match is not None  # the pattern matches nothing at all, too
        spans.append(match.span())
        if match.end() >= len(record):
            return spans
        at = match.end() + 1


def unquote(field: bytes) -> str:
    r"""Return the value that a field's source text stands for.

    Examples
    --------
    >>> unquote(b'"say ""hi"" twice"')
    'say "hi" twice'
    """
    text = field.decode()
    if not text.startswith('"'):
        return text
    stop = 1
    while (stop := text.find('"', stop)) >= 0 and text[stop + 1 : stop + 2] == '"':
        stop += 2
    inside, behind = (text[1:], "") if stop < 0 else (text[1:stop], text[stop + 1 :])
    return inside.replace('""', '"') + behind


def is_open(field: bytes) -> bool:
    r"""Tell whether a field's source text opens a quote and never closes it.

    Examples
    --------
    >>> is_open(b'"a ""b""'), is_open(b'"a ""b"" c"'), is_open(b'5" long')
    (True, False, False)
    """
    return _OPEN.fullmatch(field) is not None


def quote(value: str, delimiter: str, *, always: bool = False) -> str:
    r"""Return the source text for a value, in quotes if it needs them.

    Examples
    --------
    >>> quote("a,b", ","), quote("plain", ",")
    ('"a,b"', 'plain')
    """
    if always or any(mark in value for mark in (delimiter, '"', "\n", "\r")):
        return '"' + value.replace('"', '""') + '"'
    return value


@lru_cache
def _patterns(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    d = re.escape(delimiter.encode())
    quoted = rb'"[^"]*+(?:""[^"]*+)*+(?:"[^' + d + rb"\r\n]*+|\Z)"
    plain = rb"[^" + d + rb'"\r\n][^' + d + rb"\r\n]*+"
    field = rb"(?:" + quoted + rb"|" + plain + rb"|)"
    record = rb'([^"\r\n]*+(?=[\r\n]|\Z)|' + field + rb"(?:" + d + field + rb")*+)(\r\n|\r|\n|\Z)"
    return re.compile(record), re.compile(field)
