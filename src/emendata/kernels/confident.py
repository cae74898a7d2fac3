"""Confident learning: what the labels and the predictions say about each other as wholes.

Northcutt, Jiang, Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["ABSENT", "agrees", "class_means", "joint_counts"]

ABSENT = 2.0
"""Threshold of a class that no row carries: no probability reaches it."""

_LEAST = 2e-6
_FAVOUR = 1e-6

Codes = npt.NDArray[np.int32]
Values = npt.NDArray[np.floating[Any]]


def class_means(labels: Codes, own: Values, n_classes: int) -> FloatArray:
    """Mean probability of the given label over the rows of each class, shape (n_classes,), at least 2e-6.

    Rows without a label (-1) do not count. The sum runs over the rows in their order.
    """
    if labels.min(initial=0) < 0:
        labels, own = labels[labels >= 0], own[labels >= 0]
    counts = np.bincount(labels, minlength=n_classes)
    means = np.bincount(labels, weights=own, minlength=n_classes) / np.maximum(counts, 1)
    return np.where(counts > 0, np.maximum(means, _LEAST), ABSENT)


def joint_counts(cells: IntArray, counts: IntArray, n_classes: int) -> IntArray:
    """Lay out the counted cells as a matrix, given labels as lines, with at least one on the diagonal.

    Parameters
    ----------
    cells, counts : int arrays
        As `emendata.kernels.transition.joint_cells` returns them.

    Returns
    -------
    int64 array of shape (n_classes, n_classes)
    """
    joint = np.zeros((n_classes, n_classes), np.int64)
    joint.ravel()[cells] = counts
    np.fill_diagonal(joint, np.maximum(joint.diagonal(), 1))
    return joint


def agrees(own: Values, best_prob: Values) -> BoolArray:
    """Say of each row whether its given label is the most probable class, with 1e-6 in its favour, shape (n,)."""
    agreeing: BoolArray = own + own.dtype.type(_FAVOUR) >= best_prob
    return agreeing
