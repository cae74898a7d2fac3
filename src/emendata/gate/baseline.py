"""Issues that are known and agreed to stay for now, so that only new ones count."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from emendata.data.locate import existing_file
from emendata.errors import InputError
from emendata.files import write_atomically

__all__ = ["Baseline", "issue_key", "read_baseline", "write_baseline"]

_VERSION = 1
_REPAIR = "Write it anew with --write-baseline."


@dataclass(frozen=True)
class Baseline:
    """Keys of known issues: check, row id and column."""

    keys: frozenset[str]

    def n_gone(self, table: Iterable[Mapping[str, Any]]) -> int:
        """Return how many known issues are no longer found."""
        return len(self.keys - {issue_key(line) for line in table})


def issue_key(line: Mapping[str, Any]) -> str:
    """Return what an issue is called across audits: it stays when rows are sorted or others come.

    Examples
    --------
    >>> issue_key({"check": "outlier", "id": "r7", "column": None})
    'outlier r7'
    """
    column = f" {line['column']}" if line["column"] is not None else ""
    return f"{line['check']} {line['id']}{column}"


def write_baseline(path: str | os.PathLike[str], source: str, table: Iterable[Mapping[str, Any]]) -> int:
    """Write the issues of an audit, one a line and sorted, and return how many there are."""
    keys = sorted({issue_key(line) for line in table})
    document = {"emendata_baseline": _VERSION, "source": source, "issues": keys}
    with write_atomically(path) as temporary:
        temporary.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(keys)


def read_baseline(path: str | os.PathLike[str]) -> Baseline:
    """Read the known issues.

    Raises
    ------
    InputError
        If the file is no baseline, or of a newer version.
    """
    file = existing_file(path)
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{file.name} is no baseline: it is not JSON. {_REPAIR}") from error
    version = said.get("emendata_baseline") if isinstance(said, dict) else None
    keys = said.get("issues") if isinstance(said, dict) else None
    if (
        not isinstance(version, int)
        or not isinstance(keys, list)
        or not all(isinstance(key, str) for key in keys)
    ):
        raise InputError(f"{file.name} is no baseline. {_REPAIR}")
    if version > _VERSION:
        raise InputError(
            f"{file.name} is a baseline of version {version}; this emendata reads {_VERSION}. Upgrade it."
        )
    return Baseline(frozenset(keys))
