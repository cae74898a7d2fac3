"""What the rows of a group say of each other's values."""

from typing import NamedTuple

import numpy as np

from emendata.records import IntArray

__all__ = ["Counted", "Grouped", "counted", "grouped", "joined"]


class Grouped(NamedTuple):
    """What the group of each row says of it, all of shape (n,).

    ``majority`` is the commonest value of its group, -1 where there is none, ``n_majority`` how many rows have that,
    and ``n_same`` how many have the row's own value.
    """

    majority: IntArray
    n_majority: IntArray
    n_same: IntArray


class Counted(NamedTuple):
    """Pairs of a group and a value: how many rows have each, and the commonest two of each group."""

    counts: IntArray  # of each pair of values that occurs
    cell_of_row: IntArray  # which pair each row has, for rows that have both
    best_value: IntArray  # by group
    best_count: IntArray
    second_count: IntArray
    n_rows: IntArray


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
    cells = counted(given, of)
    n = len(given)
    majority, n_majority, n_same = np.full(n, -1), np.zeros(n, np.int64), np.zeros(n, np.int64)
    in_group = np.where(given >= 0, given, 0)
    has = (given >= 0) & (of >= 0)
    n_same[has] = cells.counts[cells.cell_of_row]
    clear = cells.best_count > cells.second_count
    majority[has] = np.where(clear[in_group], cells.best_value[in_group], -1)[has]
    n_majority[has] = cells.best_count[in_group][has]
    return Grouped(majority, n_majority, n_same)


def counted(given: IntArray, of: IntArray) -> Counted:
    """Return how often the values of one column go with those of another; codes from 0, -1 where one is missing."""
    there = (given >= 0) & (of >= 0)
    width = int(of.max(initial=0)) + 1
    keys = given[there].astype(np.int64) * width + of[there]
    pairs, cell_of_row, counts = np.unique(keys, return_inverse=True, return_counts=True)
    group, value = pairs // width, pairs % width
    n_groups = int(given.max(initial=0)) + 1
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
    return Counted(counts, cell_of_row, best_value, best_count, second, n_rows)
