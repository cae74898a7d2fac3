"""How much may be wrong: a number of rows, or a part of them, for label errors or any check."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emendata.audit.configuration import said_of
from emendata.checks import CHECKS
from emendata.errors import InputError, UnknownName

__all__ = ["LABEL_ERRORS", "Limit", "limits_in", "parse_limit", "require_label"]

LABEL_ERRORS = "label_errors"
"""Not what a check flags, but how many labels are wrong, as far as that is known."""

_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%\s*")
_COUNT = re.compile(r"\s*(\d+)\s*")


@dataclass(frozen=True)
class Limit:
    """The most that may be wrong: ``part`` of the rows that are judged, or ``count`` of them."""

    name: str
    part: float | None = None
    count: int | None = None

    def of(self, n: int) -> float:
        """Return the limit as a number of ``n`` rows."""
        return self.part * n if self.part is not None else float(self.count or 0)

    @property
    def words(self) -> str:
        """The limit as it was written."""
        return f"{100 * self.part:g} %" if self.part is not None else f"{self.count:,}"


def parse_limit(name: str, value: str | int) -> Limit:
    """Read a limit such as ``"2%"`` or ``5`` for label errors or a check, by its name or code.

    Raises
    ------
    InputError
        If the value is neither a percentage nor a whole number.
    UnknownName
        If there is no such check.

    Examples
    --------
    >>> parse_limit("EM301", "0"), parse_limit("label_errors", "2.5%").of(400)
    (Limit(name='exact_duplicate', part=None, count=0), 10.0)
    """
    by_word = {word: check.name for check in CHECKS for word in (check.name, check.code)}
    check = name if name == LABEL_ERRORS else by_word.get(name)
    if check is None:
        raise UnknownName.among("check to limit", name, [LABEL_ERRORS, *by_word])
    text = str(value)
    if (part := _PART.fullmatch(text)) and float(part[1]) <= 100:
        return Limit(check, part=float(part[1]) / 100)
    if not isinstance(value, bool) and (count := _COUNT.fullmatch(text)):
        return Limit(check, count=int(count[1]))
    raise InputError(
        f"The limit of {name} is {value!r}. Give a number of rows, such as 5, or a part, such as 2%."
    )


def require_label(limits: Iterable[Limit], label: str | None) -> None:
    """Raise `InputError` if label errors are limited and there are no labels: nothing found would look like none."""
    if label is None and any(limit.name == LABEL_ERRORS for limit in limits):
        raise InputError(
            "Label errors are limited, but no column holds labels. Name it, such as --label sentiment."
        )


def limits_in(file: Path | None) -> list[Limit]:
    """Return the limits that a configuration file sets in its table ``gate``.

    Raises
    ------
    InputError
        If the file says something else.
    """
    said: Mapping[str, Any] = {} if file is None else said_of(file).get("gate", {})
    try:
        return [parse_limit(name, value) for name, value in said.items()]
    except InputError as error:
        raise type(error)(f"{error} It stands in {file}.") from error
