"""Confident learning: what the labels and the predictions say about each other as wholes.

Northcutt, Jiang, Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.records import BoolArray, FloatArray

__all__ = ["ABSENT", "agrees", "class_means", "class_sums"]

ABSENT = 2.0
"""Threshold of a class that no row carries: no probability reaches it."""

_LEAST = 2e-6
_FAVOUR = 1e-6

Codes = npt.NDArray[np.int32]
Values = npt.NDArray[np.floating[Any]]


def class_sums(labels: Codes, own: Values, n_classes: int) -> FloatArray:
    """Return rows of each label and the sum of their own probabilities, shape (2, n_classes); these add up.

    Rows without a label (-1) do not count.
    """
    if labels.min(initial=0) < 0:
        labels, own = labels[labels >= 0], own[labels >= 0]
    counts = np.bincount(labels, minlength=n_classes)
    return np.stack([counts, np.bincount(labels, weights=own, minlength=n_classes)])


def class_means(sums: FloatArray) -> FloatArray:
    """Mean probability of the given label over the rows of each class, shape (n_classes,), at least 2e-6.

    ``sums`` is the total of `class_sums` over all blocks. A class without rows gets `ABSENT`.
    """
    means = sums[1] / np.maximum(sums[0], 1)
    return np.where(sums[0] > 0, np.maximum(means, _LEAST), ABSENT)


def agrees(own: Values, best_prob: Values) -> BoolArray:
    """Say of each row whether its given label is the most probable class, with 1e-6 in its favour, shape (n,)."""
    agreeing: BoolArray = own + own.dtype.type(_FAVOUR) >= best_prob
    return agreeing
