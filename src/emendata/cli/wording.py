"""How the commands speak of corrections, and of one another."""

import shlex
from collections.abc import Mapping

from emendata.records import KIND_WORDS, CorrectionKind

__all__ = ["as_command", "kinds_in_words"]

_IF_ANY = frozenset(("set_cell", "exclude"))
"""Kinds that are only spoken of where there are any: they come only when asked for."""


def kinds_in_words(counts: Mapping[CorrectionKind, int]) -> str:
    """Say how many corrections of each kind there are, in one phrase.

    Examples
    --------
    >>> kinds_in_words({"relabel": 312, "drop_duplicate": 1})
    '312 label changes, 1 duplicate removal, 0 outlier exclusions'
    """
    return ", ".join(
        f"{counts.get(kind, 0):,} {one if counts.get(kind) == 1 else many}"
        for kind, (one, many) in KIND_WORDS.items()
        if counts.get(kind) or kind not in _IF_ANY
    )


def as_command(*words: object) -> str:
    """Return an ``emendata`` command as it can be typed, odd names in quotes.

    Examples
    --------
    >>> as_command("fix", "my reviews.csv.emendata")
    "emendata fix 'my reviews.csv.emendata'"
    """
    return shlex.join(["emendata", *map(str, words)])
