"""Where a text holds what belongs to a person or opens a door: addresses, numbers, keys."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address

from emendata.kernels.check_digits import is_iban, is_luhn

__all__ = ["KINDS", "Kind", "Place", "personal_data"]


@dataclass(frozen=True)
class Kind:
    """A kind of personal data: its name, the tag for its place, how it looks, and what else it must satisfy."""

    name: str
    tag: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = bool
    sign: str = ""
    """A piece without which there is none, to be looked for first."""


@dataclass(frozen=True)
class Place:
    """One find: from where to where it stands in the text."""

    kind: Kind
    start: int
    stop: int


def _is_card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and is_luhn(digits)


def _is_account(text: str) -> bool:
    return is_iban(re.sub(r"\s", "", text).upper())


def _is_phone(text: str) -> bool:
    """Tell a telephone number from others: it has a country code or a place in brackets, or usual parts."""
    digits = re.sub(r"\D", "", text)
    if not 9 <= len(digits) <= 15 or len(set(digits)) < 3:
        return False
    return text.startswith(("+", "00", "(")) or bool(_NATIONAL.fullmatch(text))


def _is_public_address(text: str) -> bool:
    try:
        address = IPv4Address(text)
    except AddressValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_multicast or text.endswith(".0"))


def _is_security_number(text: str) -> bool:
    area, group, serial = text.split("-")
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


_NATIONAL = re.compile(r"0?\d{3}[ .-]\d{3}[ .-]\d{4}|0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,5}")
_KEY = (
    r"AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35}|"
    r"sk-(?:proj-|ant-)?[\w-]{20,}|[rsp]k_live_\w{20,}|hf_[A-Za-z]{30,}|npm_\w{36}|SG\.[\w-]{22}\.[\w-]{43}|"
    r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"
)

KINDS = (
    Kind("private key", "<KEY>", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), sign="PRIVATE KEY"),
    Kind("access key", "<KEY>", re.compile(rf"(?<![\w-])(?:{_KEY})(?![\w-])")),
    Kind(
        "e-mail address",
        "<EMAIL>",
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w-])"
        ),
        sign="@",
    ),
    Kind(
        "account number (IBAN)",
        "<IBAN>",
        re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)"),
        _is_account,
    ),
    Kind("card number", "<CARD>", re.compile(r"(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-])"), _is_card),
    Kind(
        "social security number",
        "<SSN>",
        re.compile(r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])"),
        _is_security_number,
        sign="-",
    ),
    Kind(
        "IP address",
        "<IP>",
        re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)"),
        _is_public_address,
        sign=".",
    ),
    Kind(
        "telephone number",
        "<PHONE>",
        re.compile(r"(?<![\w.,$€£/-])(?:\+|00)?\(?\d{1,5}\)?(?:[ ./-]{0,2}\(?\d{2,5}\)?){1,5}(?![\w%])"),
        _is_phone,
    ),
)
"""The surest first: what is an account number is no telephone number as well."""


def personal_data(text: str) -> Iterator[Place]:
    """Find personal data in a text, the surest kinds first; no two finds overlap.

    Parameters
    ----------
    text : str

    Yields
    ------
    Place

    Examples
    --------
    >>> [(place.kind.name, place.start) for place in personal_data("ann@mail.example or +1 202 555 0143")]
    [('e-mail address', 0), ('telephone number', 20)]
    """
    taken: list[Place] = []
    has_digit = any(map(str.isdigit, text))
    for kind in KINDS:
        if kind.sign not in text or (not has_digit and kind.tag not in ("<EMAIL>", "<KEY>")):
            continue
        for match in kind.pattern.finditer(text):
            start, stop = match.span()
            if kind.holds(match.group()) and all(
                stop <= other.start or other.stop <= start for other in taken
            ):
                taken.append(Place(kind, start, stop))
                yield taken[-1]
