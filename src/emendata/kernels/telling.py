"""How many labels a single column tells by itself."""

import numpy as np
import numpy.typing as npt

from emendata.records import BoolArray, IntArray

__all__ = ["told_labels"]


def told_labels(ranks: npt.NDArray[np.integer], labels: IntArray, n_classes: int) -> BoolArray:
    """Say of which rows a column tells the label, from the other rows; shape (n,).

    Of a row whose value others share, it does if its label is commoner among these than any other; of a row whose
    value is its own, if the rows before and behind it, in the order of values, mostly have its label too.

    Parameters
    ----------
    ranks : int array of shape (n,)
        Place of each row's value in the order of all; -1 where it is missing, which tells nothing.
    labels : int array of shape (n,)
        -1 for rows without a label, which tell nothing and are told nothing.
    n_classes : int

    Notes
    -----
    Cost: two sorts of n numbers.

    Examples
    --------
    >>> told_labels(np.array([0, 0, 0, 1, 2, 3]), np.array([1, 1, 0, 0, 0, 0]), 2).tolist()
    [False, False, False, False, True, True]
    """
    told = np.zeros(len(labels), dtype=bool)
    rows = np.flatnonzero((labels >= 0) & (ranks >= 0))
    if not len(rows):
        return told
    values, place = np.unique(ranks[rows], return_inverse=True)
    own = labels[rows]
    pairs, counts = np.unique(place * n_classes + own, return_counts=True)
    value_of, class_of = pairs // n_classes, pairs % n_classes
    order = np.lexsort((-counts, value_of))  # by value, the commonest class first
    value_of, class_of, counts = value_of[order], class_of[order], counts[order]
    first = np.searchsorted(value_of, np.arange(len(values)))
    commonest, most = class_of[first], counts[first]
    second = np.minimum(first + 1, len(counts) - 1)
    next_most = np.where((second > first) & (value_of[second] == np.arange(len(values))), counts[second], 0)
    n_alike = np.bincount(place)
    shared = n_alike[place] > 1
    by_others = (own == commonest[place]) & (most[place] - 1 > next_most[place])
    before, behind = np.maximum(place - 1, 0), np.minimum(place + 1, len(values) - 1)
    by_order = ((before == place) | (commonest[before] == own)) & (
        (behind == place) | (commonest[behind] == own)
    )
    told[rows] = np.where(shared, by_others, by_order & (len(values) > 1))
    return told
