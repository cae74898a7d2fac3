"""Issues that are known and agreed to stay for now, so that only new ones count."""

import json
import os
from collections.abc import Collection, Iterable, Mapping
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

    def n_gone(self, table: Iterable[Mapping[str, Any]], checks: Collection[str]) -> int:
        """Return how many known issues the checks that ran find no longer; what was not looked at is not gone.

        Examples
        --------
        >>> Baseline(frozenset(["outlier r7", "typo r9 city"])).n_gone([], ["outlier"])
        1
        """
        looked_at = {key for key in self.keys if key.partition(" ")[0] in checks}
        return len(looked_at - {issue_key(line) for line in table})


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


def read_baseline(path: str | os.PathLike[str], source: str) -> Baseline:
    """Read the known issues of a dataset, given its name.

    Raises
    ------
    InputError
        If the file is no baseline, of another version, or of another dataset: equal ids would hide its issues.
    """
    file = existing_file(path)
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{file.name} is no baseline: it is not JSON. {_REPAIR}") from error
    version = said.get("emendata_baseline") if isinstance(said, dict) else None
    keys = said.get("issues") if isinstance(said, dict) else None
    if not isinstance(version, int) or not isinstance(said.get("source"), str):
        raise InputError(f"{file.name} is no baseline. {_REPAIR}")
    if version > _VERSION:
        raise InputError(
            f"{file.name} is a baseline of version {version}; this emendata reads {_VERSION}. Upgrade it."
        )
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise InputError(f"{file.name} is no baseline: its issues are no list of texts. {_REPAIR}")
    if said["source"] != source:
        raise InputError(f"{file.name} is the baseline of {said['source']}, not of {source}. {_REPAIR}")
    return Baseline(frozenset(keys))
