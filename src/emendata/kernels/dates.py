"""Dates as days since 1970 and as texts of digits: their parts, and day and month in each other's place."""

import re
from collections.abc import Sequence

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["date_parts", "in_order", "order_of", "swapped_days", "swapped_text"]

_DIGITS = re.compile(r"(\d{4}|\d{1,2})([-/. ])(\d{1,2})([-/. ])(\d{4}|\d{1,2})(?!\d)")
_JOINED = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_N_SAMPLE = 200


def date_parts(days: FloatArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return year, month and day of the month, 0 where a number is NaN.

    Examples
    --------
    >>> [part.tolist() for part in date_parts(np.array([0.0, 31.5, np.nan]))]
    [[1970, 1970, 0], [1, 2, 0], [1, 1, 0]]
    """
    there = ~np.isnan(days)
    dates = np.where(there, np.floor(np.where(there, days, 0)), 0).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (dates - months).astype(np.int64) + 1
    return tuple(np.where(there, part, 0) for part in (year, month, day))  # type: ignore[return-value]


def swapped_days(days: FloatArray) -> FloatArray:
    """Return the dates with day and month in each other's place, NaN where that gives no other date.

    Examples
    --------
    >>> swapped_days(np.array([0.0, 31.0, 12.0]))  # 1 January, 1 February, 13 January
    array([nan,  1., nan])
    """
    year, month, day = date_parts(days)
    can = (day <= 12) & (day != month) & (day > 0)
    months = (np.where(can, year, 1970) - 1970) * 12 + np.where(can, day, 1) - 1
    made = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.float64) + month - 1
    return np.where(can, made + (days - np.floor(days)), np.nan)


def order_of(texts: Sequence[str], days: FloatArray) -> str | None:
    """Return in which order texts have year, month and day, such as ``"ymd"``, None where months are words.

    Examples
    --------
    >>> order_of(["31.12.1970"], np.array([364.0]))
    'dmy'
    """
    known = np.flatnonzero(~np.isnan(days))[:: max(1, int((~np.isnan(days)).sum()) // _N_SAMPLE)]
    if not len(known):
        return None
    years, months, of_month = date_parts(days[known])
    found = [_DIGITS.match(texts[i].strip()) for i in known]
    for order in ("ymd", "dmy", "mdy"):
        parts = {"y": years, "m": months, "d": of_month}
        fits = [
            match is not None
            and all(int(match[1 + 2 * at]) == parts[name][i] for at, name in enumerate(order))
            for i, match in enumerate(found)
        ]
        if np.mean(fits) > 0.95:
            return order
    return None


def swapped_text(text: str, order: str) -> str | None:
    """Return a date with the digits of day and month in each other's place, None if that is no date either.

    Examples
    --------
    >>> swapped_text("2012-25-01", "ymd"), swapped_text("2012-25-13", "ymd")
    ('2012-01-25', None)
    """
    found = _DIGITS.match(text.strip())
    if found is None:
        return None
    at = {name: 1 + 2 * i for i, name in enumerate(order)}
    parts = [found[i] for i in range(1, 6)]
    parts[at["m"] - 1], parts[at["d"] - 1] = parts[at["d"] - 1], parts[at["m"] - 1]
    if not _is_real(parts[at["y"] - 1], parts[at["m"] - 1], parts[at["d"] - 1]):
        return None
    return "".join(parts) + text.strip()[found.end() :]


def in_order(text: str, order: str, like: str) -> str | None:
    """Return a date of digits that is written in another order or with other signs as ``like`` is written.

    The year must be told by its four digits. Where it stands last, a day above 12 tells day from month, a point stands
    for day before month, and else the order is that of the column.

    Examples
    --------
    >>> in_order("31.12.1970", "ymd", "2012-01-02"), in_order("19701231", "ymd", "2012-01-02")
    ('1970-12-31', '1970-12-31')
    """
    if (parts := _parts(text.strip(), order)) is None or not _is_real(*parts):
        return None
    shape = _DIGITS.match(like.strip())
    if shape is None:
        return None
    by_name = dict(zip("ymd", parts, strict=True))
    widths = [len(shape[1 + 2 * i]) for i in range(3)]
    digits = [f"{int(by_name[name]):0{width}d}" for name, width in zip(order, widths, strict=True)]
    return f"{digits[0]}{shape[2]}{digits[1]}{shape[4]}{digits[2]}"


def _parts(text: str, order: str) -> tuple[str, str, str] | None:
    if joined := _JOINED.fullmatch(text):
        return joined[1], joined[2], joined[3]
    found = _DIGITS.fullmatch(text)
    if found is None:
        return None
    first, second, third = found[1], found[3], found[5]
    if len(first) == 4:
        return first, second, third
    if len(third) != 4:
        return None
    day_first = int(first) > 12 or (int(second) <= 12 and (found[2] == "." or order != "mdy"))
    return (third, second, first) if day_first else (third, first, second)


def _is_real(year: str, month: str, day: str) -> bool:
    try:
        np.datetime64(f"{int(year):04d}-{int(month):02d}-{int(day):02d}")
    except ValueError:
        return False
    return True
