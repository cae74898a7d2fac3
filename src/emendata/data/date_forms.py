"""The ways to write a date that count as one, and that features are read from."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.errors import InputError

__all__ = ["DAYS", "TIMES", "is_date", "moments"]

DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
)  # fmt: skip
TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p")

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_PARTS = {
    "%Y": r"\d{4}",
    "%m": r"(0?[1-9]|1[0-2])",
    "%d": r"(0?[1-9]|[12]\d|3[01])",
    "%b": f"({'|'.join(month[:3] for month in _MONTHS)})",
    "%B": f"({'|'.join(_MONTHS)})",
    "%H": r"([01]?\d|2[0-3])",
    "%I": r"(0?[1-9]|1[0-2])",
    "%M": r"[0-5]\d",
    "%S": r"[0-5]\d",
    "%p": "[ap]m",
    ".": r"\.",
}


def is_date(text: str) -> bool:
    """Tell whether a text is a date in one of the known forms; two digits are no year.

    Examples
    --------
    >>> is_date("24.12.2024"), is_date("Dec 24, 2024 6:30 pm"), is_date("24.13.2024"), is_date("1.2.24")
    (True, True, False, False)
    """
    return _DATE.fullmatch(text) is not None


def moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return timestamps in microseconds; cells that are no date are missing.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        Of timestamps, or of strings in one of the common ways to write dates: that in which the most are read.

    Raises
    ------
    InputError
        If no cell can be read as a date.

    Examples
    --------
    >>> moments(pa.chunked_array([["24.12.2024", "soon"]])).to_pylist()
    [datetime.datetime(2024, 12, 24, 0, 0), None]
    """
    if kinds.is_timestamp(column.type):
        return pc.cast(column, pa.timestamp("us"), safe=False)
    texts = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    best: pa.ChunkedArray | None = None
    for form in (day + time for time in TIMES for day in DAYS):
        read = pc.strptime(texts, format=form, unit="us", error_is_null=True)
        if best is None or read.null_count < best.null_count:
            best = read
        if best.null_count == column.null_count:
            break
    assert best is not None
    if best.null_count == len(column):
        example = next((cell for cell in column.drop_null()[:1].to_pylist()), "")
        raise InputError(
            f"No cell can be read as a date, such as {example!r}. Give the column another role with --role."
        )
    return best


def _any_of(forms: tuple[str, ...]) -> str:
    patterns = [re.sub(r"%\w|\.", lambda part: _PARTS[part[0]], form) for form in forms]
    return f"({'|'.join(patterns)})"


_DATE = re.compile(_any_of(DAYS) + _any_of(TIMES), re.IGNORECASE | re.ASCII)
