"""How far apart texts are in typing errors, for many pairs at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from emendata.records import IntArray

__all__ = ["edit_distances", "near_pairs"]

_BUCKETS = 64  # letters fall into as many, by their number: a bound that is quick to have
_AT_ONCE = 4_000_000  # numbers in one table of distances


def edit_distances(one: Sequence[str], other: Sequence[str]) -> IntArray:
    """Return for each pair how many letters must be changed, put in, left out or swapped with the next.

    It is the restricted Damerau-Levenshtein distance. O(pairs x length x length) time, a block of pairs at a time.

    Examples
    --------
    >>> edit_distances(["birminghxm", "teh", "cat", ""], ["birmingham", "the", "dog", "ab"]).tolist()
    [1, 1, 3, 2]
    """
    found = np.zeros(len(one), np.int64)
    if not len(one):
        return found
    lengths = np.array([max(len(a), len(b)) for a, b in zip(one, other, strict=True)])
    order = np.argsort(lengths, kind="stable")  # so that a block is as narrow as its texts
    at = 0
    while at < len(order):
        most = max(1, _AT_ONCE // (int(lengths[order[min(at + 4096, len(order) - 1)]]) + 1))
        block = order[at : at + min(most, 4097)]
        found[block] = _block([one[i] for i in block], [other[i] for i in block])
        at += len(block)
    return found


def _block(one: Sequence[str], other: Sequence[str]) -> IntArray:
    """Fill the table of distances of all prefixes, line by line, for all pairs at once."""
    a, b = _letters(one), _letters(other)
    n_a, n_b = np.array([len(text) for text in one]), np.array([len(text) for text in other])
    columns = np.arange(b.shape[1] + 1, dtype=np.int32)
    before, line = np.zeros((len(one), len(columns)), np.int32), np.tile(columns, (len(one), 1))
    pairs = np.arange(len(one))
    found: IntArray = line[pairs, n_b].astype(np.int64)
    for i in range(1, a.shape[1] + 1):
        letter = a[:, i - 1 : i]
        same = letter == b
        new = np.empty_like(line)
        new[:, 0] = i
        new[:, 1:] = np.minimum(line[:, 1:] + 1, line[:, :-1] + ~same)
        if i > 1:
            swapped = same[:, :-1] & (a[:, i - 2 : i - 1] == b[:, 1:])
            new[:, 2:] = np.where(swapped, np.minimum(new[:, 2:], before[:, :-2] + 1), new[:, 2:])
        new = np.minimum.accumulate(new - columns, axis=1) + columns  # letters that the other has more
        before, line = line, new
        ends = n_a == i
        found[ends] = line[pairs[ends], n_b[ends]]
    return found


def near_pairs(
    one: Sequence[str], other: Sequence[str], most: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the pairs ``(i, j)`` of at most ``most[i]`` typing errors, and how many they are.

    Texts are compared only where their lengths and their letters, in whatever order, allow it.

    Parameters
    ----------
    one, other : sequence of str, shapes (n,) and (m,)
    most : ndarray of int, shape (n,)

    Examples
    --------
    >>> near_pairs(["yse", "no"], ["yes", "not"], np.array([1, 0]))
    (array([0]), array([0]), array([1]))
    """
    nothing = np.zeros(0, np.int64)
    if not len(one) or not len(other):
        return nothing, nothing, nothing
    n_one, n_other = np.array([len(text) for text in one]), np.array([len(text) for text in other])
    bags = _bags(other)
    found: list[tuple[IntArray, IntArray]] = []
    for length in np.unique(n_one):
        rows = np.flatnonzero(n_one == length)
        near = np.flatnonzero(np.abs(n_other - length) <= most[rows].max())
        step = max(1, _AT_ONCE // max(len(near), 1))
        for part in (rows[at : at + step] for at in range(0, len(rows), step) if len(near)):
            apart = cdist(_bags([one[i] for i in part.tolist()]), bags[near], "cityblock")
            i, j = np.nonzero(apart <= 2 * most[part][:, None])  # a change takes one letter and gives another
            found.append((part[i], near[j]))
    if not found:
        return nothing, nothing, nothing
    i, j = (np.concatenate(side) for side in zip(*found, strict=True))
    distances = edit_distances([one[k] for k in i.tolist()], [other[k] for k in j.tolist()])
    kept = distances <= most[i]
    return i[kept], j[kept], distances[kept]


def _letters(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    width = max(max(map(len, texts)), 1)
    return np.array(texts, dtype=f"U{width}").view(np.uint32).reshape(len(texts), width)


def _bags(texts: Sequence[str]) -> npt.NDArray[Any]:
    bags = np.zeros((len(texts), _BUCKETS))
    for i, text in enumerate(texts):
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32) % _BUCKETS
        np.add.at(bags[i], codes, 1)
    return bags
