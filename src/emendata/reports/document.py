"""The machine-readable report: a summary as it stands, in JSON."""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from emendata.files import write_atomically
from emendata.records import Json, Summary

__all__ = ["to_document", "write_json"]


def to_document(summary: Summary) -> dict[str, Json]:
    """Turn a summary into plain dicts and lists, ``schema_version`` first.

    Previews are left out. Numbers stay as they are, except that a float that is not finite becomes None: JSON has
    no NaN.

    Examples
    --------
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> document = to_document(empty)
    >>> next(iter(document.items()))
    ('schema_version', 1)
    >>> document["columns"]
    []
    """
    said = (field.name for field in fields(summary) if field.name != "previews")
    return {name: _plain(getattr(summary, name)) for name in said}


def write_json(summary: Summary, path: str | os.PathLike[str]) -> None:
    """Write the document of a summary to ``path``; the same summary always gives the same bytes.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "report.json"
    >>> write_json(empty, target)
    >>> print(target.read_text()[:25])
    {
      "schema_version": 1,
    """
    text = json.dumps(to_document(summary), allow_nan=False, ensure_ascii=False, indent=2) + "\n"
    with write_atomically(path) as temporary:
        # A lone surrogate, which UTF-8 cannot hold, becomes the escape that JSON has for it.
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))


def _plain(value: object) -> Json:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value) if isinstance(value, str) else value
