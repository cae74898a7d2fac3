"""What a joint of given labels and true classes says about the labels of each class, and of two classes.

Here and below k is the number of classes. A *joint* holds P(given label, true class), given labels as lines,
shape (k, k). Inputs are trusted.
"""

from typing import NamedTuple

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["ClassNoise", "Overlaps", "class_noise", "overlaps"]


class ClassNoise(NamedTuple):
    """One value a class, each of shape (k,); ``inverse`` is of the true class instead of the label."""

    label_issues: IntArray
    inverse_label_issues: IntArray
    label_noise: FloatArray
    inverse_label_noise: FloatArray


class Overlaps(NamedTuple):
    """One value a pair of classes, the pair with the largest probability first."""

    class_a: IntArray
    class_b: IntArray
    n_overlapping: IntArray
    joint_probability: FloatArray


def class_noise(joint: FloatArray, n_examples: int) -> ClassNoise:
    """Count wrong labels by the label that the rows have, and by the class that they belong to.

    Noise is a part of one: of the rows with the label, and of the rows of the class. It is 0 where there are
    no such rows. Cost: k * k.

    Examples
    --------
    >>> made = class_noise(np.array([[0.4, 0.1], [0.0, 0.5]]), 20)
    >>> made.label_issues.tolist(), made.label_noise.tolist()
    ([2, 0], [0.2, 0.0])
    >>> made.inverse_label_issues.tolist(), made.inverse_label_noise.round(3).tolist()
    ([0, 2], [0.0, 0.167])
    """
    wrong = np.array(joint, np.float64)
    np.fill_diagonal(wrong, 0.0)
    by_label, by_class = wrong.sum(axis=1), wrong.sum(axis=0)
    right = joint.diagonal()
    return ClassNoise(
        _rows(by_label, n_examples),
        _rows(by_class, n_examples),
        _part(by_label, right),
        _part(by_class, right),
    )


def overlaps(joint: FloatArray, n_examples: int, *, asymmetric: bool = False) -> Overlaps:
    """List the pairs of classes whose rows carry each other's labels.

    Parameters
    ----------
    joint : float64 array of shape (k, k)
    n_examples : int
    asymmetric : bool
        Tell rows with label a and class b from those with label b and class a. Otherwise a < b.

    Returns
    -------
    Overlaps
        All k * (k - 1) / 2 pairs, or twice as many. Equal ones stay in the order of their classes.

    Notes
    -----
    Cost: one sort of the pairs.

    Examples
    --------
    >>> made = overlaps(np.array([[0.3, 0.1, 0.0], [0.1, 0.2, 0.1], [0.0, 0.0, 0.2]]), 20)
    >>> list(zip(made.class_a.tolist(), made.class_b.tolist(), made.n_overlapping.tolist()))
    [(0, 1, 4), (1, 2, 2), (0, 2, 0)]
    """
    chosen = ~np.eye(len(joint), dtype=np.bool_) if asymmetric else np.triu(np.ones(joint.shape, np.bool_), 1)
    values = joint if asymmetric else joint + joint.T
    class_a, class_b = np.nonzero(chosen)
    shares = values[class_a, class_b]
    order = np.argsort(-shares, kind="stable")
    shares = shares[order]
    return Overlaps(class_a[order], class_b[order], _rows(shares, n_examples), shares)


def _rows(shares: FloatArray, n_examples: int) -> IntArray:
    return np.rint(shares * n_examples).astype(np.int64)


def _part(wrong: FloatArray, right: FloatArray) -> FloatArray:
    total = wrong + right
    return np.divide(wrong, total, out=np.zeros(len(total)), where=total > 0)
