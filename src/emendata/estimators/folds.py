"""Which rows are predicted from which others."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from emendata.errors import InputError
from emendata.records import IntArray

__all__ = ["Fold", "Folds", "folds_of", "numbered_folds"]

Fold = tuple[IntArray, IntArray]
"""Rows to learn from and rows to predict."""

Folds = Iterator[Fold]


def numbered_folds(numbers: IntArray) -> Folds:
    """Yield rows to learn from and rows to predict, given the fold of each row."""
    for fold in np.unique(numbers):
        yield np.flatnonzero(numbers != fold), np.flatnonzero(numbers == fold)


def folds_of(splitter: Any, X: Any, y: Any, groups: Any) -> Folds:
    """Yield rows to learn from and rows to predict, as a splitter of scikit-learn's kind says.

    Raises
    ------
    InputError
        If the splitter leaves a row unpredicted or predicts one twice.
    """
    folds = list(splitter.split(X, y, groups))
    counts = np.bincount(np.concatenate([test for _, test in folds]), minlength=len(y))
    if (counts != 1).any():
        raise InputError(
            "cv must put every row into exactly one test fold. Give a number or a k-fold splitter."
        )
    yield from folds
