"""Cross-validation folds that no class and no copy of a row can break."""

import numpy as np

from emendata.kernels.groups import groups_of_equals
from emendata.records import IntArray

__all__ = ["stratified_folds"]


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
