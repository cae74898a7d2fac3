"""JSON lines: the reader."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from emendata.data.decoding import decode
from emendata.data.json_objects import half_pair, table_of
from emendata.data.source import Dialect
from emendata.errors import InputError
from emendata.records import Json

__all__ = ["objects", "read_jsonl"]

_ONE_DOCUMENT = "is one JSON document, not JSON lines. Rename it to end in .json."


def read_jsonl(path: Path, dialect: Dialect) -> tuple[pa.Table, Dialect]:
    """Return the typed table of a file with one JSON object a line; absent keys are missing cells."""
    decoded = decode(path, dialect.encoding)
    table = table_of(objects(path.name, decoded.body))
    if not table.num_columns:
        raise InputError(f"{path.name} holds only empty objects. Give each line at least one key.")
    return table, Dialect(encoding=decoded.encoding)


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
        if half_pair(line.decode(), fields):
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
