"""Columns that nearly determine others: approximate functional dependencies, and what each says of single cells.

The error g3 of a dependency is the part of the rows that would have to go for it to hold (Kivinen and Mannila, 1995).
Here every row is judged by the others of its group only, so that groups of one, and values that are all different, tell
nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from emendata.kernels.grouping import counted, joined
from emendata.records import BoolArray, IntArray

__all__ = ["Dependency", "explained", "find_dependencies"]

_SAMPLE = 20_000  # rows on which a dependency is tried before it is tried on all
_LENIENT = 2.0  # times the allowed error that a sample may show
_LIFT = 0.25  # an error must be below this part of that of always saying the commonest value
_FEWEST = 20  # rows that must have others to be judged by
_PART = 0.2  # and the part of all rows that they must be
_EXCEPTIONS = 3  # rows that share a value and break a rule in the same way are no accident


class Dependency(NamedTuple):
    """Columns ``given`` that determine column ``of``, but for a part ``error`` of the ``n_rows`` judged."""

    given: tuple[int, ...]
    of: int
    error: float
    n_rows: int


def find_dependencies(
    columns: Sequence[IntArray], *, most_error: float, n_paired: int = 20, givers: BoolArray | None = None
) -> list[Dependency]:
    """Return which columns are nearly determined by another one, or by two others where no single one does it.

    Parameters
    ----------
    columns : sequence of ndarray of int, each of shape (n,)
        Codes from 0, -1 where a cell is missing.
    most_error : float
        Largest part of the rows that may contradict.
    n_paired : int
        Pairs are made of as many columns, those of the fewest values.
    givers : ndarray of bool, optional
        Columns that may determine others.

    Notes
    -----
    O(p^2) groupings of a sample of rows for p columns, p n_paired^2 / 2 more for pairs, and one of all rows for each
    that the sample does not rule out.

    Examples
    --------
    >>> zip_code = np.repeat(np.arange(10), 10)
    >>> city, noise = zip_code // 2, np.arange(100) % 7
    >>> [(found.given, found.of) for found in find_dependencies([zip_code, city, noise], most_error=0.05)]
    [((0,), 1)]
    """
    n = len(columns[0]) if len(columns) else 0
    sizes = [int(column.max(initial=-1)) + 1 for column in columns]
    shares = [_largest_share(column) for column in columns]
    may_give = [
        (givers is None or bool(givers[i])) and sizes[i] >= 2 and n >= 2 * sizes[i]
        for i in range(len(columns))
    ]
    singles = [
        found
        for i in np.flatnonzero(may_give).tolist()
        for found in _of_one(columns, (i,), columns[i], range(len(columns)), shares, most_error)
    ]
    told = {(found.given[0], found.of) for found in singles}
    small = sorted(np.flatnonzero(may_give).tolist(), key=lambda i: sizes[i])[:n_paired]
    pairs: list[Dependency] = []
    for i, j in combinations(sorted(small), 2):
        if (i, j) in told or (j, i) in told:
            continue
        left = [y for y in range(len(columns)) if (i, y) not in told and (j, y) not in told]
        both = joined(columns[i], columns[j])
        if n >= 3 * (int(both.max(initial=-1)) + 1):
            pairs += _of_one(columns, (i, j), both, left, shares, most_error)
    return singles + pairs


def explained(broken: BoolArray, judged: BoolArray, columns: Iterable[IntArray]) -> BoolArray:
    """Return the rows that break a rule as most others do that share a value with them: exceptions, not errors.

    Parameters
    ----------
    broken, judged : ndarray of bool, shape (n,)
        Rows that break the rule, and those of which that could be told.
    columns : iterable of ndarray of int, each of shape (n,)
        Codes from 0, -1 where a cell is missing.
    """
    found = np.zeros(len(broken), bool)
    rows = np.flatnonzero(broken)
    for column in columns if len(rows) >= _EXCEPTIONS else ():
        codes = column[rows]
        n_broken = np.bincount(codes[codes >= 0], minlength=int(column.max(initial=0)) + 1)
        if n_broken.max(initial=0) < _EXCEPTIONS:
            continue
        n_judged = np.bincount(column[judged & (column >= 0)], minlength=len(n_broken))
        usual = (n_broken >= _EXCEPTIONS) & (2 * n_broken > n_judged)
        found[rows] |= usual[codes] & (codes >= 0)
    return found


def _of_one(
    columns: Sequence[IntArray],
    given: tuple[int, ...],
    codes: IntArray,
    others: Sequence[int],
    shares: Sequence[float],
    most_error: float,
) -> Iterator[Dependency]:
    rows = _sample_of(codes)
    for of in others:
        if of in given or shares[of] >= 1:
            continue
        allowed = min(most_error, _LIFT * (1 - shares[of]))
        if rows is not None:
            error, n_rows = _error(codes[rows], columns[of][rows])
            if error > _LENIENT * allowed:
                continue
        error, n_rows = _error(codes, columns[of])
        if error <= allowed and n_rows >= max(_FEWEST, _PART * len(codes)):
            yield Dependency(given, of, error, n_rows)


def _sample_of(codes: IntArray) -> IntArray | None:
    """Return some rows, with all of their group where groups are small; None where all are few enough."""
    n, n_groups = len(codes), int(codes.max(initial=-1)) + 1
    if n <= _SAMPLE:
        return None
    if n_groups < _SAMPLE // 20:
        return np.linspace(0, n - 1, _SAMPLE).astype(np.int64)
    part = np.arange(n_groups) * 2_654_435_761 % (1 << 32) < (1 << 32) * (_SAMPLE / n)
    return np.flatnonzero(part[codes] & (codes >= 0))


def _error(given: IntArray, of: IntArray) -> tuple[float, int]:
    """Return the part of the rows that the others of their group do not foretell, and the number of rows judged."""
    cells = counted(given, of)
    judged = cells.n_rows >= 2
    n_rows = int(cells.n_rows[judged].sum())
    if not n_rows:
        return 1.0, 0
    told = (cells.best_count >= 2) & (cells.best_count > cells.second_count)
    return 1 - float(cells.best_count[judged & told].sum()) / n_rows, n_rows


def _largest_share(column: IntArray) -> float:
    there = column[column >= 0]
    return float(np.bincount(there).max() / len(there)) if len(there) else 1.0
