"""Groups of rows that are all close to each other, from pairs of close rows."""

import numpy as np

from emendata.kernels.groups import groups_of_equals, groups_of_pairs
from emendata.records import FloatArray, IntArray

__all__ = ["compact_groups"]


def compact_groups(
    left: IntArray, right: IntArray, distances: FloatArray, n_rows: int, diameter: float
) -> list[IntArray]:
    """Join rows along pairs, the closest first, where no two rows of a group are then farther apart than ``diameter``.

    A chain in which each row is close to the next, but its ends are not, is cut. Every pair of a group is among those
    given; no two of the groups could be joined.

    Parameters
    ----------
    left, right : int array of shape (n_pairs,)
        Rows, each pair once or in both orders; rows that are not paired are too far apart.
    distances : float array of shape (n_pairs,)
        Of each pair; the smaller one counts where a pair stands twice. Of equal distances the lower rows go first.
    n_rows : int
    diameter : float
        The largest distance within a group.

    Returns
    -------
    list of int array
        Each group ascending, groups by first row; rows by themselves are left out.

    Notes
    -----
    O(n_pairs log n_pairs) time where groups are small; memory linear in the pairs.

    Examples
    --------
    >>> chain = np.array([0, 1, 2]), np.array([1, 2, 3])
    >>> [group.tolist() for group in compact_groups(*chain, np.array([0.2, 0.1, 0.2]), 5, diameter=0.5)]
    [[1, 2]]
    """
    left, right = _paired(left, right, distances, n_rows, diameter)
    member = np.arange(n_rows)
    for group in groups_of_pairs(left, right, n_rows):
        member[group] = group[0]
    n_members = np.bincount(member, minlength=n_rows)
    n_pairs = np.bincount(member[left], minlength=n_rows)
    whole = n_pairs == n_members * (n_members - 1) // 2
    rest = ~whole[member[left]]
    loose = np.flatnonzero(~whole[member])
    member[loose] = loose
    _join(left[rest], right[rest], member)
    return groups_of_equals(member)


def _paired(
    left: IntArray, right: IntArray, distances: FloatArray, n_rows: int, diameter: float
) -> tuple[IntArray, IntArray]:
    """Return the pairs within the diameter, each once, lower row first, the closest first."""
    near = (distances <= diameter) & (left != right)
    low, high = np.minimum(left, right)[near], np.maximum(left, right)[near]
    order = np.lexsort((high, low, distances[near]))
    low, high = low[order], high[order]
    _, first = np.unique(low * np.int64(n_rows) + high, return_index=True)
    first.sort()
    return low[first], high[first]


def _join(left: IntArray, right: IntArray, member: IntArray) -> None:
    """Join groups along pairs where all of their rows are paired; ``member`` (n,) names the group of each row."""
    names: dict[int, int] = {}
    rows: dict[int, list[int]] = {}
    pairs: dict[int, dict[int, int]] = {}  # of two groups, how many of their rows are paired
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        for row in (a, b):
            names.setdefault(row, row)
            rows.setdefault(row, [row])
            pairs.setdefault(row, {})
        pairs[a][b] = pairs[b][a] = 1
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        big, small = names[a], names[b]
        if big == small or pairs[big][small] < len(rows[big]) * len(rows[small]):
            continue
        if len(rows[big]) < len(rows[small]):
            big, small = small, big
        for row in rows[small]:
            names[row] = big
        rows[big] += rows.pop(small)
        for other, count in pairs.pop(small).items():
            del pairs[other][small]
            if other != big:
                pairs[big][other] = pairs[other][big] = pairs[big].get(other, 0) + count
    for row, name in names.items():
        member[row] = name
