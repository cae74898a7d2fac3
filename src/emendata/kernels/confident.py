"""Confident learning: what the labels and the predictions say about each other as wholes.

Northcutt, Jiang, Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021.
Here and below ``labels`` are class indices without gaps, every row labelled, ``pred_probs`` rows sum to one.
"""

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["confident_joint", "thresholds", "transition_matrix"]


def thresholds(labels: IntArray, pred_probs: FloatArray) -> FloatArray:
    """Mean predicted probability of each class over the rows that carry its label, shape (n_classes,).

    A class without rows gets a threshold that no probability reaches.
    """
    n_classes = pred_probs.shape[1]
    counts = np.bincount(labels, minlength=n_classes)
    own = pred_probs[np.arange(len(labels)), labels]
    sums = np.bincount(labels, weights=own, minlength=n_classes)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)


def confident_joint(labels: IntArray, pred_probs: FloatArray) -> FloatArray:
    """Count of rows with given label j (row) that confidently look like class k (column).

    A row looks like the class of highest probability among those that reach their threshold; a row
    without one is not counted. Each line of the joint is rescaled to the number of rows with that label,
    so the result sums to ``len(labels)`` (shape (n_classes, n_classes), float64).
    """
    n_classes = pred_probs.shape[1]
    confident = np.where(pred_probs >= thresholds(labels, pred_probs) - 1e-6, pred_probs, -1.0)
    looks_like = confident.argmax(axis=1)
    counted = confident[np.arange(len(labels)), looks_like] >= 0
    cells = labels[counted] * n_classes + looks_like[counted]
    joint = (
        np.bincount(cells, minlength=n_classes * n_classes).reshape(n_classes, n_classes).astype(np.float64)
    )
    counts = np.bincount(labels, minlength=n_classes).astype(np.float64)
    seen = joint.sum(axis=1)
    joint[seen == 0, :] = np.diag((seen == 0).astype(np.float64))[seen == 0, :]  # nothing seen: believe it
    joint *= (counts / np.maximum(joint.sum(axis=1), 1.0))[:, None]
    return joint


def transition_matrix(joint: FloatArray, pseudo_rows: float) -> FloatArray:
    """P(given label j | true class k) from a joint count, leaning towards noise without a pattern.

    Every true class gets further rows, ``pseudo_rows`` and as many as it has, whose labels are wrong at the
    overall rate, each wrong class equally often. Half of that lean is for what models confuse and people do
    not; the other half matters only where a class has few rows. Shape (n_classes, n_classes), true classes
    as lines.
    """
    n_classes = len(joint)
    total = max(float(joint.sum()), 1.0)
    wrong = (total - float(np.trace(joint))) / total
    even = np.full((n_classes, n_classes), wrong / max(n_classes - 1, 1))
    np.fill_diagonal(even, 1.0 - wrong)
    counts = joint.T + (pseudo_rows + joint.sum(axis=0)[:, None]) * even
    transition: FloatArray = counts / counts.sum(axis=1, keepdims=True)
    return transition
