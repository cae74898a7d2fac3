"""How texts are built: patterns of digits, letters and signs, and texts that are brought into another's form."""

import re
from collections.abc import Iterable

__all__ = ["differ_in_signs", "fingerprint", "in_form", "pattern"]

_CLASSES = re.compile(r"(\d)|([^\W\d_])|.", re.DOTALL)
_SIGNS = re.compile(r"[\W_]+")
_MEANING = re.compile(r"[+\-<>=#%&]")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_MOST_PADDED = 2  # zeros that may be missing


def pattern(text: str) -> str:
    """Return a text with 9 for each digit, A and a for letters, and all else as it is.

    Examples
    --------
    >>> pattern("AB-12 x")
    'AA-99 a'
    """
    if text.isascii():
        return text.translate(_ASCII)
    return _CLASSES.sub(lambda found: "9" if found[1] else _letter(found[2]) if found[2] else found[0], text)


def fingerprint(text: str) -> str:
    """Return what stays of a text whatever its case, signs and spaces are.

    Examples
    --------
    >>> fingerprint(" New-York ") == fingerprint("new york")
    True
    """
    return _SIGNS.sub(" ", text).strip().casefold()


def differ_in_signs(one: str, other: str) -> bool:
    """Tell whether texts differ in signs that make another value: ``-1`` and ``1``, ``C+`` and ``C``.

    Examples
    --------
    >>> differ_in_signs("C+", "C"), differ_in_signs("new-york", "new york")
    (True, False)
    """
    outside = [_HYPHEN.sub(" ", text) for text in (one, other)]
    return _MEANING.findall(outside[0]) != _MEANING.findall(outside[1])


def in_form(text: str, forms: Iterable[str]) -> str | None:
    """Return a text brought into the first of some patterns that takes all of its letters and digits, or None.

    Signs are put in and left out, case is changed, and up to two leading zeros are put before the digits.

    Examples
    --------
    >>> in_form("2053258100", ["999-999-9999"]), in_form("a7", ["A-999"]), in_form("x", ["99"])
    ('205-325-8100', 'A-007', None)
    """
    inner = [letter for letter in text if letter.isalnum()]
    for form in forms:
        slots = [slot for slot in form if slot in "9Aa"]
        lacking = len(slots) - len(inner)
        filled = inner if not lacking else _padded(inner, slots, lacking)
        if filled and len(filled) == len(slots) and all(map(_fits, filled, slots)):
            letters = iter(filled)
            made = "".join(_cased(next(letters), slot) if slot in "9Aa" else slot for slot in form)
            if made != text:
                return made
    return None


def _padded(inner: list[str], slots: list[str], lacking: int) -> list[str] | None:
    if not 0 < lacking <= _MOST_PADDED or "9" not in slots:
        return None
    at = slots.index("9")
    return [*inner[:at], *["0"] * lacking, *inner[at:]]


def _fits(letter: str, slot: str) -> bool:
    return letter.isdigit() if slot == "9" else letter.isalpha()


def _cased(letter: str, slot: str) -> str:
    return letter.upper() if slot == "A" else letter.lower() if slot == "a" else letter


def _letter(letter: str) -> str:
    return "A" if letter.isupper() else "a"


_ASCII = str.maketrans(
    {chr(i): "9" for i in range(48, 58)}
    | {chr(i): "A" for i in range(65, 91)}
    | {chr(i): "a" for i in range(97, 123)}
)
