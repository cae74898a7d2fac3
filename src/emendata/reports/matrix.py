"""Flows between labels arranged as a matrix, with the smaller classes folded into one."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from emendata.records import Flow

__all__ = ["Cell", "Matrix", "arrange"]

_LEVELS = 5


@dataclass(frozen=True)
class Cell:
    """How many rows go from one given to one suggested label, and how dark that is drawn (0 to 5)."""

    n_rows: int
    level: int
    same: bool


@dataclass(frozen=True)
class Matrix:
    """Given labels down, suggested labels across; the last of ``names`` is None if classes were folded."""

    names: tuple[str | None, ...]
    rows: tuple[tuple[Cell, ...], ...]
    n_folded: int


def arrange(flows: Sequence[Flow], names: Sequence[str], *, most: int = 12) -> Matrix:
    """Lay out flows between the first ``most`` of ``names``; the others share the last row and column.

    Examples
    --------
    >>> made = arrange([Flow("cat", "dog", 8), Flow("dog", "fox", 1)], ["cat", "dog", "fox"], most=2)
    >>> made.names
    ('cat', 'dog', None)
    >>> [[cell.n_rows for cell in row] for row in made.rows]
    [[0, 8, 0], [0, 0, 1], [0, 0, 0]]
    """
    shown: list[str | None] = list(names[:most])
    n_folded = len(names) - len(shown)
    if n_folded:
        shown.append(None)
    known = set(shown)
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for flow in flows:
        counts[_fold(flow.given, known), _fold(flow.suggested, known)] += flow.n_rows
    largest = max((n for pair, n in counts.items() if None not in pair), default=0)
    rows = tuple(
        tuple(_cell(counts[down, across], largest, down, across) for across in shown) for down in shown
    )
    return Matrix(tuple(shown), rows, n_folded)


def _fold(name: str, known: set[str | None]) -> str | None:
    return name if name in known else None


def _cell(n_rows: int, largest: int, down: str | None, across: str | None) -> Cell:
    same = down is not None and down == across
    if n_rows == 0:
        return Cell(0, 0, same)
    if down is None or across is None:  # many pairs in one cell: no single one is that frequent
        return Cell(n_rows, 1, same)
    part = math.log1p(n_rows) / math.log1p(largest)
    return Cell(n_rows, max(1, round(part * _LEVELS)), same)
