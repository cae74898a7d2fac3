"""Numbers that are written as people write them."""

import re
from collections.abc import Container
from typing import NamedTuple

__all__ = ["Numeral", "as_numeral"]

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_POINT = re.compile(r"[+-]?\d{1,3}([, ']\d{3})+(\.\d+)?")  # 1,234.5
_COMMA = re.compile(r"[+-]?(\d{1,3}([. ']\d{3})+|\d+),\d+")  # 1.234,5 and 3,5
_AROUND = re.compile(
    r"(?P<before>[^\d\s.,+-]{0,3})\s*(?P<number>[+-]?[\d.,' ]*\d)\s*(?P<after>[^\d\s]{0,6}(\s?[^\d\s]{1,4})?)"
)
_MISREAD = str.maketrans("OoQlI|SB", "00011158")  # digits as they are misread
_ALIKE = re.compile(r"[+-]?[\dOoQlI|SB.]*\d[\dOoQlI|SB.]*")


class Numeral(NamedTuple):
    """A number as it should be written, how probable it is that it is meant, and how it was read."""

    text: str
    probability: float
    why: str


def as_numeral(text: str, known: Container[float] = ()) -> Numeral | None:
    """Return the number that a text probably means, if it is written in another way than the others.

    Parameters
    ----------
    text : str
    known : container of float
        Numbers that are there in plain form, which make what is read more probable.

    Examples
    --------
    >>> as_numeral("12 kg").text, as_numeral("3,5").text, as_numeral("1.234,50").text, as_numeral("1O").text
    ('12', '3.5', '1234.50', '10')
    >>> as_numeral("abc") is None, as_numeral("12-24") is None
    (True, True)
    """
    found = None if _PLAIN.fullmatch(text.strip()) else _read(text.strip())
    if found is None or float(found.text) not in known:
        return found
    return found._replace(probability=1 - (1 - found.probability) / 2)


def _read(text: str) -> Numeral | None:
    if number := _number(text):
        return number
    if _ALIKE.fullmatch(text) and _PLAIN.fullmatch(misread := text.translate(_MISREAD)):
        return Numeral(misread, 0.9, "letters that look like digits are read as these")
    parts = _AROUND.fullmatch(text)
    if not parts or not (parts["before"] or parts["after"]):
        return None
    inner = parts["number"]
    number = Numeral(inner, 0.95, "") if _PLAIN.fullmatch(inner) else _number(inner)
    if number is None:
        return None
    around = (parts["before"] + " " + parts["after"]).strip()
    return Numeral(number.text, 0.95 * number.probability, f"'{around}' is no part of the number")


def _number(text: str) -> Numeral | None:
    if _POINT.fullmatch(text):
        return Numeral(re.sub(r"[, ']", "", text), 0.9, "the separators of thousands go")
    if _COMMA.fullmatch(text):
        return Numeral(re.sub(r"[. ']", "", text).replace(",", "."), 0.95, "the comma is a decimal point")
    return None
