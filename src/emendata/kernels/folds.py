"""Cross-validation folds that no class and no copy of a row can break, nor a group, nor the order of time."""

import numpy as np

from emendata.kernels.groups import groups_of_equals
from emendata.records import FloatArray, IntArray

__all__ = ["grouped_folds", "stratified_folds", "timed_folds"]


def stratified_folds(labels: IntArray, keys: IntArray, n_folds: int, seed: int) -> IntArray:
    """Assign every row to a fold in 0 … n_folds - 1, shape (n,).

    Each class is dealt out evenly, also when it has fewer rows than folds; rows without a label (-1) are
    dealt out likewise. Rows with equal ``keys`` share a fold, so that no model is asked about a row whose
    copy it was trained on.
    """
    rng = np.random.default_rng(seed)
    folds = np.empty(len(labels), dtype=np.int64)
    dealt = 0
    for code in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == code))
        folds[rows] = (dealt + np.arange(len(rows))) % n_folds
        dealt += len(rows)
    for group in groups_of_equals(keys):
        folds[group] = folds[group[0]]
    return folds


def grouped_folds(labels: IntArray, groups: IntArray, n_folds: int, seed: int) -> IntArray:
    """Assign whole groups to folds, so that each fold has nearly its part of every class; shape (n,).

    The largest group comes first, equals in random order; each goes where it adds least to the sum of squares
    ``sum_fk count_fk^2 / count_k``, which is least when all folds are alike. Fold numbers are as many as there are
    groups, if these are fewer than ``n_folds``.

    Cost: a step for each group, of its classes times folds.

    Examples
    --------
    >>> grouped_folds(np.array([0, 1, 0, 1, 0, 1]), np.array([0, 0, 1, 1, 2, 2]), 3, seed=0).tolist()
    [1, 1, 2, 2, 0, 0]
    """
    classes = np.unique(labels, return_inverse=True)[1]
    members = np.unique(groups, return_inverse=True)[1]
    n_groups, n_classes = int(members.max()) + 1, int(classes.max()) + 1
    n_folds = min(n_folds, n_groups)
    pairs, counts = np.unique(members * n_classes + classes, return_counts=True)
    starts = np.searchsorted(pairs, np.arange(n_groups + 1) * n_classes)
    sizes = np.bincount(members)
    order = np.random.default_rng(seed).permutation(n_groups)
    order = order[np.argsort(-sizes[order], kind="stable")]
    in_fold, fold_sizes = np.zeros((n_folds, n_classes)), np.zeros(n_folds)
    per_class = np.bincount(classes)
    fold_of = np.empty(n_groups, dtype=np.int64)
    for group in order.tolist():
        part = slice(starts[group], starts[group + 1])
        own, n_rows = pairs[part] % n_classes, counts[part]
        added = in_fold[:, own] @ (n_rows / per_class[own])
        fold = int(np.lexsort((fold_sizes, np.round(added, 9)))[0])
        in_fold[fold, own] += n_rows
        fold_sizes[fold] += sizes[group]
        fold_of[group] = fold
    return fold_of[members]


def timed_folds(times: FloatArray, groups: IntArray, n_folds: int) -> IntArray:
    """Cut time into as many stretches as there are folds, of the same number of rows; shape (n,).

    Rows of one time share a fold, and whole groups do: that of the row in their middle. Rows without a time (NaN)
    come last. Neighbours in time are alike, and a model that saw one half of a day knows the other (Bergmeir, Benitez,
    "On the use of cross-validation for time series predictor evaluation", Inf. Sci. 2012).

    Examples
    --------
    >>> timed_folds(np.array([5.0, 1.0, 2.0, 9.0]), np.arange(4), 2).tolist()
    [1, 0, 0, 1]
    """
    order = np.argsort(times, kind="stable")
    sorted_times = times[order]
    is_first = np.r_[True, (sorted_times[1:] != sorted_times[:-1]) & ~np.isnan(sorted_times[:-1])]
    places = np.flatnonzero(is_first)[np.cumsum(is_first) - 1]
    folds = np.empty(len(times), dtype=np.int64)
    folds[order] = places * n_folds // len(times)
    for group in groups_of_equals(groups):
        folds[group] = np.sort(folds[group])[len(group) // 2]
    return np.asarray(np.unique(folds, return_inverse=True)[1], np.int64)
