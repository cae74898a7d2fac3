"""The places in a page that links lead to."""

import re
from collections import Counter

from emendata.records import CheckSummary

__all__ = ["anchor", "card_anchors", "row_anchors"]


def anchor(check: CheckSummary) -> str:
    """Return the id of a check's section: its code, without what an id cannot hold.

    Examples
    --------
    >>> from emendata.records import CheckSummary
    >>> anchor(CheckSummary("EM301", "exact_duplicate", "", "issue", "passed", 0, "", {}, None, ()))
    'check-EM301'
    """
    return "check-" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f"_{ord(found.group()):x}_", check.code)


def card_anchors(check: CheckSummary) -> list[str]:
    """Return the ids of a check's cards: by row, and numbered where a row has several issues.

    Examples
    --------
    >>> from emendata.records import Card
    >>> cards = [Card(row, "", name, 0.1, None, None, None, "", (), (), ()) for row, name in ((7, "a"), (7, "b"))]
    >>> check = CheckSummary("EM403", "typo", "", "issue", "found", 1, "", {}, None, tuple(cards))
    >>> card_anchors(check)
    ['check-EM403-row-7', 'check-EM403-row-7-2']
    """
    seen: Counter[int] = Counter()
    ids = []
    for card in check.cards:
        seen[card.row] += 1
        again = f"-{seen[card.row]}" if seen[card.row] > 1 else ""
        ids.append(f"{anchor(check)}-row-{card.row}{again}")
    return ids


def row_anchors(check: CheckSummary) -> dict[int, str]:
    """Return where each row that has a card in a check's section is first shown."""
    first: dict[int, str] = {}
    for card, here in zip(check.cards, card_anchors(check), strict=True):
        first.setdefault(card.row, here)
    return first
