"""Single cells: as text, and compared."""

import datetime as dt
import json
import math
from collections.abc import Iterable

from emendata.records import Json

__all__ = ["as_text", "readable", "same_value", "spelled"]

_MIDNIGHT = " 00:00:00"


def as_text(value: Json) -> str:
    """Return a cell as people would read it: ``""`` if missing, ``3`` for 3.0, ``true`` for True.

    Examples
    --------
    >>> as_text(3.0), as_text(None), as_text(True), as_text("3.0")
    ('3', '', 'true', '3.0')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ").removesuffix(_MIDNIGHT)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def readable(value: object) -> Json:
    """Return a cell as a patch holds it: itself if JSON has a word for it, else as text."""
    return value if isinstance(value, str | int | float | bool | None) else as_text(value)


def same_value(one: Json, other: Json) -> bool:
    """Tell whether two cells mean the same, whatever their types: ``3`` and ``"3.0"``, None and ``""``.

    Examples
    --------
    >>> same_value(3, "3.0"), same_value(True, "TRUE"), same_value("a", "A")
    (True, True, False)
    """
    first, second = as_text(one), as_text(other)
    if first == second:
        return True
    if not first.strip() or not second.strip():
        return not first.strip() and not second.strip()
    if {first.lower(), second.lower()} <= {"true", "false"}:
        return first.lower() == second.lower()
    for read in (float, _moment):
        try:
            return read(first) == read(second)
        except ValueError:
            continue
    return False


def spelled(value: Json, known: Iterable[Json]) -> Json:
    """Return ``value`` the way a column already writes it, or as it is if the column has nothing alike.

    Examples
    --------
    >>> spelled("3", [1.0, 3.0]), spelled("true", ["False", "True"]), spelled("new", ["old"])
    (3.0, 'True', 'new')
    """
    alike = [other for other in known if same_value(value, other)]
    exact = [other for other in alike if other == value and type(other) is type(value)]
    return next(iter(exact or alike), value)


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _float_text(value: float) -> str:
    if math.isnan(value):
        return ""
    text = repr(value)
    return text.removesuffix(".0")
