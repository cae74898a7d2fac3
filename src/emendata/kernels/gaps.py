"""Which columns are empty in the same rows."""

from collections.abc import Mapping

import numpy as np

from emendata.records import BoolArray

__all__ = ["empty_together"]

_ALIKE = 0.9
_FEWEST = 5


def empty_together(gaps: Mapping[str, BoolArray]) -> list[tuple[tuple[str, ...], int]]:
    """Return groups of columns that are empty in nearly the same rows, with the number of rows in which all are.

    Two columns are if nine tenths of the rows in which either is empty are those in which both are, at least five.

    Examples
    --------
    >>> gone = np.array([True] * 6 + [False] * 9)
    >>> empty_together({"a": gone, "b": np.roll(gone, 7), "c": gone, "d": ~gone & False})
    [(('a', 'c'), 6)]
    """
    left = [name for name, gap in gaps.items() if gap.sum() >= _FEWEST and not gap.all()]
    groups = []
    while left:
        first, *others = left
        together = [first] + [
            name
            for name in others
            if (gaps[first] & gaps[name]).sum() >= _ALIKE * (gaps[first] | gaps[name]).sum()
        ]
        left = [name for name in others if name not in together]
        if len(together) > 1:
            rows = np.logical_and.reduce([gaps[name] for name in together])
            groups.append((tuple(together), int(rows.sum())))
    return sorted(groups, key=lambda group: -group[1])
