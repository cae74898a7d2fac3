"""Problems with something missing."""

from dataclasses import replace

import numpy as np

from emendata.models import Problem
from emendata.testing import sample_problem

__all__ = ["WORDS", "lonely_class", "sample", "two_classes", "two_labels", "unlabeled"]

WORDS = 2100


def sample(*, wide: int = WORDS) -> Problem:
    """Three classes, 90 rows, none of them far away, with so many wide dimensions."""
    problem = sample_problem()
    dense = problem.dense.copy()
    dense[80] = dense[77]
    return replace(problem, dense=dense, narrow=dense, wide=problem.wide[:, :wide])


def lonely_class() -> Problem:
    """A class of one row, which the other folds lack."""
    labels = sample().labels.copy()
    labels[17] = 3
    return replace(sample(), labels=labels, n_classes=4)


def two_classes() -> Problem:
    return replace(sample(), labels=np.minimum(sample().labels, 1), n_classes=2)


def unlabeled() -> Problem:
    """A whole fold and some more rows without a label."""
    gaps = (np.arange(90) % 10 == 1) | (sample().folds == 2)
    return replace(sample(), labels=np.where(gaps, -1, sample().labels))


def two_labels() -> Problem:
    """One labelled row a class."""
    labels = np.full(90, -1)
    labels[[0, 1]] = [0, 1]
    return replace(sample(), labels=labels, n_classes=2)
