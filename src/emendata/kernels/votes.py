"""Labels predicted from the labels of near rows: out of sample by construction."""

import numpy as np

from emendata.records import Float32Array, FloatArray, IntArray

__all__ = ["neighbor_votes"]

_PRIOR_WEIGHT = 0.3


def neighbor_votes(
    neighbors: IntArray,
    distances: Float32Array,
    labels: IntArray,
    n_classes: int,
    *,
    apart: IntArray | None = None,
) -> FloatArray:
    """Class probabilities of each row from its neighbours' labels, nearer ones counting more.

    ``q_i[k] ~ sum_j exp(-(d_ij / s_i)^2) 1[y_j = k] + 0.3 prior[k]`` with ``s_i`` the distance of the
    row's last neighbour. Neighbours without a label (-1) do not vote, nor do those with the row's own number in
    ``apart`` (n,); the prior is then that of the rows with another number. Shape (n, n_classes).
    """
    n = len(neighbors)
    scale = np.maximum(distances[:, -1:], 1e-12).astype(np.float64)
    weights = np.exp(-((distances / scale) ** 2))
    near = labels[neighbors]
    weights[near < 0] = 0.0
    if apart is not None:
        weights[apart[neighbors] == apart[:, None]] = 0.0
    cells = np.arange(n)[:, None] * n_classes + np.maximum(near, 0)
    votes = np.bincount(cells.ravel(), weights=weights.ravel(), minlength=n * n_classes).reshape(n, n_classes)
    counts = _class_counts(labels, n_classes, apart) + 0.5
    votes += _PRIOR_WEIGHT * counts / counts.sum(axis=-1, keepdims=True)
    probabilities: FloatArray = votes / votes.sum(axis=1, keepdims=True)
    return probabilities


def _class_counts(labels: IntArray, n_classes: int, apart: IntArray | None) -> IntArray:
    """Count the labels of each class, shape (n_classes,), or of rows with another number, shape (n, n_classes)."""
    counts = np.bincount(labels[labels >= 0], minlength=n_classes)
    if apart is None:
        return counts
    numbers, place = np.unique(apart, return_inverse=True)
    known = labels >= 0
    own = np.zeros((len(numbers), n_classes), dtype=np.int64)
    np.add.at(own, (place[known], labels[known]), 1)
    others: IntArray = (counts - own)[place]
    return others
