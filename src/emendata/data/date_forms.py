"""The ways to write a date that count as one, and that features are read from."""

import re

__all__ = ["DAYS", "TIMES", "is_date"]

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


def _any_of(forms: tuple[str, ...]) -> str:
    patterns = [re.sub(r"%\w|\.", lambda part: _PARTS[part[0]], form) for form in forms]
    return f"({'|'.join(patterns)})"


_DATE = re.compile(_any_of(DAYS) + _any_of(TIMES), re.IGNORECASE | re.ASCII)
