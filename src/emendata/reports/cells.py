"""The cells of a flagged row, arranged for reading: texts first, the short values together."""

from collections.abc import Collection
from dataclasses import dataclass

from emendata.records import Card
from emendata.reports.excerpts import clipped, one_line

__all__ = ["Cell", "cells", "n_hidden"]

_CARD_CHARACTERS, _CELL_CHARACTERS, _MOST = 6_000, 2_000, 40
_WIDE_FROM, _LONG_FROM = 48, 360


@dataclass(frozen=True)
class Cell:
    """One cell as it is shown: ``n_characters`` counts all, also those that were clipped."""

    name: str
    text: str
    n_characters: int
    n_shown: int
    is_wide: bool
    is_long: bool
    at_issue: bool


def cells(card: Card, texts: Collection[str] = ()) -> list[Cell]:
    """Return at most 40 cells of a card, clipped so that wide tables do not make huge pages.

    The columns named in ``texts`` and whatever is long get a line of their own.

    Examples
    --------
    >>> from emendata.records import Card
    >>> card = Card(3, "3", "age", 0.1, None, None, None, "", (("age", "7"), ("note", "so " * 900)), (), ())
    >>> [(cell.name, cell.n_characters, cell.n_shown, cell.at_issue) for cell in cells(card)]
    [('note', 2700, 2000, False), ('age', 1, 1, True)]
    """
    room = min(_CELL_CHARACTERS, _CARD_CHARACTERS // max(1, min(len(card.cells), _MOST)))
    shown = [
        _cell(name, value, room, name in texts, name == card.column) for name, value in card.cells[:_MOST]
    ]
    return sorted(shown, key=lambda cell: not cell.is_wide)


def n_hidden(card: Card) -> int:
    """Return how many cells of a card are not shown."""
    return max(0, len(card.cells) - _MOST)


def _cell(name: str, value: str, room: int, is_text: bool, at_issue: bool) -> Cell:
    text = clipped(value, room)
    return Cell(
        name=one_line(name, 60),
        text=text,
        n_characters=len(value),
        n_shown=min(len(value), room),
        is_wide=is_text or len(value) > _WIDE_FROM or "\n" in value,
        is_long=len(text) > _LONG_FROM or len(value) > room or text.count("\n") > 4,
        at_issue=at_issue,
    )
