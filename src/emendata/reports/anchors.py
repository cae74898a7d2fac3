"""The places in a page that links lead to."""

import re

from emendata.records import CheckSummary

__all__ = ["anchor", "card_anchor"]


def anchor(check: CheckSummary) -> str:
    """Return the id of a check's section: its code, without what an id cannot hold.

    Examples
    --------
    >>> from emendata.records import CheckSummary
    >>> anchor(CheckSummary("EM301", "exact_duplicate", "", "issue", "passed", 0, "", {}, None, ()))
    'check-EM301'
    """
    return "check-" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f"_{ord(found.group()):x}_", check.code)


def card_anchor(check: CheckSummary, row: int) -> str:
    """Return the id of the card of one row in a check's section."""
    return f"{anchor(check)}-row-{row}"
