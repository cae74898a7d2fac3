"""Conditions on rows, as people write them: ``given=cat``, ``score<0.2``, ``check!=outlier``, ``text~refund``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from emendata.errors import InputError, UnknownName
from emendata.selection.fields import BatchField, ClassField, Field, FlagField, NumberField, TextField

__all__ = ["Condition", "parse_condition", "parse_conditions"]

Operator = Literal["!=", "<=", ">=", "=", "<", ">", "~"]

_OPERATORS: tuple[Operator, ...] = get_args(Operator)
_FIT: Mapping[type, tuple[Operator, ...]] = {
    BatchField: ("=", "!="),
    ClassField: ("=", "!="),
    FlagField: ("=", "!="),
    NumberField: ("=", "<", "<=", ">", ">="),
    TextField: ("~",),
}


@dataclass(frozen=True)
class Condition:
    """One condition: a field, an operator and a value. ``str`` gives it back as it is written.

    Conditions on different fields all hold; of those with ``=`` on the same field one does.

    Examples
    --------
    >>> str(Condition("score", "<", "0.2"))
    'score<0.2'
    """

    field: str
    operator: Operator
    value: str

    def __str__(self) -> str:
        return f"{self.field}{self.operator}{self.value}"

    @property
    def number(self) -> float:
        """The value as a number.

        Raises
        ------
        InputError
            If it is none.
        """
        try:
            number = float(self.value)
        except ValueError:
            number = math.nan
        if math.isnan(number):
            raise InputError(f"{str(self)!r} compares with {self.value!r}, which is no number.")
        return number


def parse_conditions(written: Iterable[str], fields: Mapping[str, Field]) -> list[Condition]:
    """Read several conditions; see `parse_condition`."""
    return [parse_condition(one, fields) for one in written]


def parse_condition(written: str, fields: Mapping[str, Field]) -> Condition:
    """Read a condition.

    Parameters
    ----------
    written : str
        A field, one of ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` and ``~`` (contains), and a value. Nothing behind
        ``=`` means rows without a value.
    fields : mapping of str to Field
        Columns of the data are named ``column:NAME``; the prefix may be left out where no other field has that name.

    Raises
    ------
    UnknownName
        If there is no such field; the nearest is named.
    InputError
        If the operator does not fit the field, or the value is no number where one is needed.

    Examples
    --------
    >>> import numpy as np
    >>> fields = {"score": NumberField("score", "Score", np.zeros(3, np.float32))}
    >>> parse_condition("score<0.2", fields)
    Condition(field='score', operator='<', value='0.2')
    """
    found = _known(written, fields) or _unknown(written, fields)
    field = fields[found.field]
    if found.operator not in _FIT[type(field)]:
        fit = " ".join(_FIT[type(field)])
        raise InputError(f"{written!r} does not fit: {found.field} can be compared by {fit}.")
    if isinstance(field, NumberField) and not (found.operator == "=" and not found.value):
        _ = found.number
    if isinstance(field, TextField) and not found.value.strip():
        raise InputError(f"{written!r} looks for nothing. Write the word behind ~.")
    return found


def _known(written: str, fields: Mapping[str, Field]) -> Condition | None:
    """Read a condition on a known field, that of the longest name where several fit."""
    names = {name: name for name in fields}
    for name in fields:
        names.setdefault(name.removeprefix("column:"), name)
    for start in sorted(names, key=len, reverse=True):
        if not written.startswith(start):
            continue
        rest = written[len(start) :]
        for operator in _OPERATORS:
            if rest.startswith(operator):
                return Condition(names[start], operator, rest[len(operator) :])
    return None


def _unknown(written: str, fields: Mapping[str, Field]) -> Condition:
    """Say what is wrong with a condition on no known field."""
    places = [place for operator in _OPERATORS if (place := written.find(operator)) > 0]
    if not places:
        raise InputError(
            f"{written!r} is no condition. Write a field, an operator and a value, such as given=cat or score<0.2."
        )
    raise UnknownName.among("field", written[: min(places)].rstrip("!"), fields)
