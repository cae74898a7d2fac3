"""What each labelled row is worth to a vote of nearest rows."""

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["neighbor_values"]

_STEP = 65_536  # rows at a time


def neighbor_values(neighbors: IntArray, labels: IntArray, n_votes: int) -> tuple[FloatArray, FloatArray]:
    """Sum what each row gives to predicting others by the vote of their nearest rows, and what it takes away.

    The Shapley value of the j-th nearest row for one predicted row is, with N rows to choose from and K votes,

    ``s_j = s_(j+1) + (1[y_j = y] - 1[y_(j+1) = y]) / K * min(K, j) / j``, ``s_N = 1[y_N = y] / K * min(K, N) / N``

    (Jia et al., VLDB 2019). Where only the nearest rows are known, those beyond have the row's class as often as all
    rows have, so ``s`` of the last known one is ``(1[y_j = y] - part of y) / K * min(K, j) / j``. Neighbours without a
    label are passed over.

    Parameters
    ----------
    neighbors : int array of shape (n, k)
        The nearest other rows of each row, nearest first; all others, or the nearest of them.
    labels : int array of shape (n,)
        Classes, -1 for a row without a label.
    n_votes : int
        K.

    Returns
    -------
    gains, losses : float arrays of shape (n,)
        Sums of the positive and of the negative values over all rows that were predicted, both at least 0. The value
        of a row is the difference over the number of labelled rows.

    Notes
    -----
    O(n k) time, O(n) memory beside the graph.
    """
    n, k = neighbors.shape
    labeled = labels >= 0
    counts = np.bincount(labels[labeled], minlength=1)
    share = counts / max(int(labeled.sum()), 1)
    gains, losses = np.zeros(n), np.zeros(n)
    queries = np.flatnonzero(labeled)
    for start in range(0, len(queries), _STEP):
        own = queries[start : start + _STEP]
        near = neighbors[own]
        known = labeled[near]
        order = np.argsort(~known, axis=1, kind="stable")  # those with a label come first
        near, n_known = np.take_along_axis(near, order, axis=1), known.sum(axis=1)
        agree = (labels[near] == labels[own][:, None]).astype(np.float64)
        values = np.zeros_like(agree)
        after_value = np.zeros(len(own))
        is_all = n_known == labeled.sum() - 1
        after = np.where(is_all, 0.0, share[labels[own]])
        for j in range(k, 0, -1):
            there = n_known >= j
            step = (agree[:, j - 1] - after) / n_votes * min(n_votes, j) / j
            after_value = np.where(there, after_value + step, after_value)
            values[:, j - 1] = np.where(there, after_value, 0.0)
            after = np.where(there, agree[:, j - 1], after)
        for sums, part in ((gains, np.maximum(values, 0)), (losses, np.maximum(-values, 0))):
            sums += np.bincount(near.ravel(), weights=part.ravel(), minlength=n)
    return gains, losses
