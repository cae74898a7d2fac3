"""Labels predicted from the labels of near rows: out of sample by construction."""

import numpy as np

from emendata.records import Float32Array, FloatArray, IntArray

__all__ = ["neighbor_votes"]

_PRIOR_WEIGHT = 0.3


def neighbor_votes(
    neighbors: IntArray, distances: Float32Array, labels: IntArray, n_classes: int
) -> FloatArray:
    """Class probabilities of each row from its neighbours' labels, nearer ones counting more.

    ``q_i[k] ~ sum_j exp(-(d_ij / s_i)^2) 1[y_j = k] + 0.3 prior[k]`` with ``s_i`` the distance of the
    row's last neighbour. Neighbours without a label (-1) do not vote. Shape (n, n_classes).
    """
    n = len(neighbors)
    scale = np.maximum(distances[:, -1:], 1e-12).astype(np.float64)
    weights = np.exp(-((distances / scale) ** 2))
    near = labels[neighbors]
    weights[near < 0] = 0.0
    cells = np.arange(n)[:, None] * n_classes + np.maximum(near, 0)
    votes = np.bincount(cells.ravel(), weights=weights.ravel(), minlength=n * n_classes).reshape(n, n_classes)
    counts = np.bincount(labels[labels >= 0], minlength=n_classes)
    votes += _PRIOR_WEIGHT * (counts + 0.5) / (counts + 0.5).sum()
    probabilities: FloatArray = votes / votes.sum(axis=1, keepdims=True)
    return probabilities
