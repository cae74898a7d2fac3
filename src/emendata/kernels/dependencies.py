"""Columns that nearly determine others: approximate functional dependencies, and what each says of single cells.

The error g3 of a dependency is the part of the rows that would have to go for it to hold (Kivinen and Mannila, 1995).
Here every row is judged by the others of its group only, so that groups of one, and values that are all different, tell
nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from emendata.records import BoolArray, IntArray

__all__ = ["Dependency", "Grouped", "explained", "find_dependencies", "grouped", "joined"]

_SAMPLE = 20_000  # rows on which a dependency is tried before it is tried on all
_LENIENT = 2.0  # times the allowed error that a sample may show
_LIFT = 0.25  # an error must be below this part of that of always saying the commonest value
_FEWEST = 20  # rows that must have others to be judged by
_PART = 0.2  # and the part of all rows that they must be
_EXCEPTIONS = 3  # rows that share a value and break a rule in the same way are no accident


class Dependency(NamedTuple):
    """Columns ``given`` that determine column ``of`` but for a part ``error`` of the ``n_rows`` that could be judged."""

    given: tuple[int, ...]
    of: int
    error: float
    n_rows: int


class Grouped(NamedTuple):
    """What the group of each row says of it, all of shape (n,).

    ``majority`` is the commonest value of its group, -1 where there is none, ``n_majority`` how many rows have that,
    and ``n_same`` how many have the row's own value.
    """

    majority: IntArray
    n_majority: IntArray
    n_same: IntArray


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


def joined(one: IntArray, other: IntArray) -> IntArray:
    """Return codes of pairs of values, -1 where either is missing."""
    both = np.where(
        (one < 0) | (other < 0), -1, one.astype(np.int64) * (int(other.max(initial=0)) + 1) + other
    )
    found, codes = np.unique(both, return_inverse=True)
    return np.asarray(codes - (1 if len(found) and found[0] < 0 else 0), np.int64)


def grouped(given: IntArray, of: IntArray) -> Grouped:
    """Return what the rows with the same value in one column say of each row's value in another.

    Examples
    --------
    >>> grouped(np.array([0, 0, 0, 1, 1]), np.array([5, 5, 6, 7, 8])).majority.tolist()
    [5, 5, 5, -1, -1]
    """
    cells = _counted(given, of)
    n = len(given)
    majority, n_majority, n_same = np.full(n, -1), np.zeros(n, np.int64), np.zeros(n, np.int64)
    in_group = np.where(given >= 0, given, 0)
    has = (given >= 0) & (of >= 0)
    n_same[has] = cells.counts[cells.cell_of_row]
    clear = cells.best_count > cells.second_count
    majority[has] = np.where(clear[in_group], cells.best_value[in_group], -1)[has]
    n_majority[has] = cells.best_count[in_group][has]
    return Grouped(majority, n_majority, n_same)


class _Counted(NamedTuple):
    counts: IntArray  # of each pair of values that occurs
    cell_of_row: IntArray  # which pair each row has, for rows that have both
    best_value: IntArray  # by group
    best_count: IntArray
    second_count: IntArray
    n_rows: IntArray


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


def _counted(given: IntArray, of: IntArray) -> _Counted:
    there = (given >= 0) & (of >= 0)
    width = int(of.max(initial=0)) + 1
    keys = given[there].astype(np.int64) * width + of[there]
    pairs, cell_of_row, counts = np.unique(keys, return_inverse=True, return_counts=True)
    group, value = pairs // width, pairs % width
    n_groups = int(given.max(initial=-1)) + 1
    order = np.lexsort((-counts, group))  # the commonest value of each group first
    first = np.ones(len(order), bool)
    first[1:] = group[order][1:] != group[order][:-1]
    best_value, best_count, second = (np.zeros(n_groups, np.int64) for _ in range(3))
    best_value[group[order][first]] = value[order][first]
    best_count[group[order][first]] = counts[order][first]
    is_second = np.zeros(len(order), bool)
    is_second[1:] = first[:-1] & ~first[1:]
    second[group[order][is_second]] = counts[order][is_second]
    n_rows = np.bincount(group, weights=counts, minlength=n_groups).astype(np.int64)
    return _Counted(counts, cell_of_row, best_value, best_count, second, n_rows)


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
    cells = _counted(given, of)
    judged = cells.n_rows >= 2
    n_rows = int(cells.n_rows[judged].sum())
    if not n_rows:
        return 1.0, 0
    told = (cells.best_count >= 2) & (cells.best_count > cells.second_count)
    return 1 - float(cells.best_count[judged & told].sum()) / n_rows, n_rows


def _largest_share(column: IntArray) -> float:
    there = column[column >= 0]
    return float(np.bincount(there).max() / len(there)) if len(there) else 1.0
