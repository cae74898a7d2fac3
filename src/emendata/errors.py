"""Every exception that emendata raises on purpose.

Each one is also the builtin that a Python programmer would expect, so ``except ValueError`` works
without knowing this module. Messages say what was expected, what came, and the way out.
"""

import difflib
from collections.abc import Iterable
from typing import TypeVar

__all__ = [
    "EmendataError",
    "InputError",
    "NotApplicable",
    "OutputError",
    "PatchConflict",
    "ProjectError",
    "UnknownName",
    "UnknownOption",
    "chosen",
    "nearest",
    "rows_of",
]

_SHOWN = 20
"""Names that an error lists."""

Name = TypeVar("Name", bound=str)


class EmendataError(Exception):
    """Base of all errors raised on purpose; its text is written for the person at the keyboard."""


class InputError(EmendataError, ValueError):
    """The data or an option cannot be used as given."""


class UnknownName(InputError, KeyError):  # noqa: N818 - named for what it is
    """A column, check, role or other name does not exist.

    Examples
    --------
    >>> print(UnknownName.among("column", "lable", ["text", "label"]))
    There is no column 'lable'. Did you mean 'label'?
    """

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str]) -> "UnknownName":
        """Build the error from the name that was asked for and the names that exist."""
        names = list(known)
        hint = nearest(name, names)
        more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
        way_out = (
            f"Did you mean {hint!r}?" if hint else f"There are: {', '.join(map(repr, names[:_SHOWN]))}{more}."
        )
        return cls(f"There is no {kind} {name!r}. {way_out}")

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the repr


def chosen(kind: str, name: str, known: Iterable[Name]) -> Name:
    """Return the one of some names that was asked for in writing.

    Raises
    ------
    UnknownName
        If there is none like it.

    Examples
    --------
    >>> chosen("direction", "left", ["left", "right"])
    'left'
    """
    names = list(known)
    for one in names:
        if one == name:
            return one
    raise UnknownName.among(kind, name, names)


class UnknownOption(EmendataError, TypeError):  # noqa: N818 - named for what it is
    """A check, model or function has no option of that name."""


class NotApplicable(EmendataError):  # noqa: N818 - an answer, not a failure
    """A check has nothing to say about this dataset; the text says why."""


class OutputError(EmendataError, OSError):
    """A result could not be written; nothing half-written is left behind."""


class ProjectError(EmendataError, RuntimeError):
    """A project folder is missing, damaged or of another version."""


class PatchConflict(InputError):  # noqa: N818 - named for what it is
    """A patch does not fit the file it is applied to."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like ``name``, ignoring case, or None.

    Examples
    --------
    >>> nearest("Sentment", ["text", "sentiment"])
    'sentiment'
    """
    by_fold = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def rows_of(n: int) -> str:
    """Say how many rows, for a message.

    Examples
    --------
    >>> rows_of(1), rows_of(1200)
    ('1 row', '1,200 rows')
    """
    return "1 row" if n == 1 else f"{n:,} rows"
