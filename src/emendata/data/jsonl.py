"""JSON lines: the reader."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from emendata.data.decoding import decode
from emendata.data.infer import blank_to_missing, with_dates
from emendata.data.source import Dialect
from emendata.data.values import as_text
from emendata.errors import InputError
from emendata.records import Json

__all__ = ["objects", "read_jsonl"]

_ONE_DOCUMENT = "is one JSON document, not JSON lines. Write one object on each line."
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_jsonl(path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
    """Return the typed table of a file with one JSON object a line; absent keys are missing cells."""
    decoded = decode(path, dialect.encoding)
    columns: dict[str, list[Json]] = {}
    n_rows = 0
    for fields in objects(path.name, decoded.body):
        for name, value in fields.items():
            column = columns.get(name)
            if column is None:
                column = columns[name] = []
            column.extend([None] * (n_rows - len(column)))
            column.append(value)
        n_rows += 1
    if not columns:
        raise InputError(f"{path.name} holds only empty objects. Give each line at least one key.")
    for column in columns.values():
        column.extend([None] * (n_rows - len(column)))
    arrays = [_typed(column) for column in columns.values()]
    return pa.table(arrays, names=list(columns)), Dialect(encoding=decoded.encoding)


def objects(file_name: str, body: bytes) -> Iterator[dict[str, Json]]:
    """Yield the object of every line that is not blank.

    Raises
    ------
    InputError
        If a line is not JSON, not an object or not Unicode; the text gives its number.
    """
    for number, line in enumerate(body.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line.decode())
        except json.JSONDecodeError as error:
            raise InputError(_explain(file_name, number, line, error)) from error
        except RecursionError as error:
            raise InputError(
                f"Line {number} of {file_name} is nested too deeply. Flatten it first."
            ) from error
        except ValueError as error:
            raise InputError(
                f"Line {number} of {file_name} holds a number of thousands of digits. Write it as a string."
            ) from error
        if not isinstance(fields, dict):
            raise InputError(_no_object(file_name, number, fields))
        if _SURROGATE.search(line) and not _is_unicode(fields):
            raise InputError(
                f"Line {number} of {file_name} holds half of a surrogate pair, which stands for no character. "
                "Take that \\u escape out."
            )
        yield fields


def _explain(file_name: str, number: int, line: bytes, error: json.JSONDecodeError) -> str:
    if number == 1 and line.lstrip()[:1] in (b"[", b"{") and line.strip() in (b"[", b"{"):
        return f"{file_name} {_ONE_DOCUMENT}"
    return (
        f"Line {number} of {file_name} is not JSON (column {error.colno}: {error.msg}). "
        "Each line must hold one whole object."
    )


def _no_object(file_name: str, number: int, value: Json) -> str:
    if number == 1 and isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return f"{file_name} {_ONE_DOCUMENT}"
    return (
        f"Line {number} of {file_name} is JSON but not an object. Each line must look like "
        '{"text": "…", "label": "…"}.'
    )


def _is_unicode(fields: Json) -> bool:
    try:
        json.dumps(fields, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


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
