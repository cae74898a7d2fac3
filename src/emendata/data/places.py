"""Where the rows of corrections are: in the data that they are made for, and in a corrected copy of it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from emendata.records import Correction

__all__ = ["ByPosition", "Places"]


class Places(Protocol):
    """How the rows of a table that was read are found by corrections; None stands for a row that is not there."""

    def before(self, corrections: Sequence[Correction]) -> list[int | None]:
        """Return the row of each correction, if the table is what is to be corrected."""

    def after(self, corrections: Sequence[Correction]) -> list[int | None]:
        """Return the row of each correction, if the table is the corrected copy."""


@dataclass(frozen=True)
class ByPosition:
    """Rows that keep their order: each stands where it stood, less the rows above it that went.

    Examples
    --------
    >>> def drop(row): return Correction("drop_duplicate", row, "", None, None, None, "", {}, 0.0)
    >>> relabel = Correction("relabel", 5, "", "mood", "up", "down", "", {}, 0.1)
    >>> ByPosition().after([drop(2), relabel, drop(7)])
    [None, 4, None]
    """

    def before(self, corrections: Sequence[Correction]) -> list[int | None]:
        """Return the positions that the corrections name."""
        return [correction.row for correction in corrections]

    def after(self, corrections: Sequence[Correction]) -> list[int | None]:
        """Return these positions, moved up by the rows that are gone."""
        dropped = sorted(c.row for c in corrections if c.column is None)
        return [None if c.column is None else c.row - bisect_left(dropped, c.row) for c in corrections]
