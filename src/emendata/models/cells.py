"""What the other columns of a row lead trees to expect in a cell that they never saw."""

import warnings
from typing import Any, NamedTuple

import numpy as np

from emendata.records import Float32Array, FloatArray, IntArray

__all__ = ["WordExpectation", "expect_numbers", "expect_words"]

_N_TREES = 60
_LEAF = 3
_LEARNED = 10_000  # rows are enough to learn from
_AT_ONCE = 100_000


class WordExpectation(NamedTuple):
    """The class that each row is expected to have, its probability, and that of the class given, all (n,)."""

    expected: IntArray
    probability: FloatArray
    given: FloatArray


def expect_words(table: Float32Array, codes: IntArray, n_classes: int, seed: int) -> WordExpectation:
    """Return what random trees expect of a column of classes.

    Rows that they learned from are judged by the trees that did not draw them, all others by all trees. At most 10,000
    rows are learned from.

    Parameters
    ----------
    table : ndarray of float32, shape (n, d)
        The other columns; NaN where a cell is missing.
    codes : ndarray of int, shape (n,)
        Classes, -1 where a row has none, or one that is not predicted.
    n_classes : int
    seed : int
    """
    from sklearn.ensemble import ExtraTreesClassifier

    n = len(table)
    expected, probability, given = np.full(n, -1), np.full(n, np.nan), np.full(n, np.nan)
    learned, trees, own = _grown(ExtraTreesClassifier, table, codes, codes >= 0, seed)

    def judge(rows: IntArray, votes: FloatArray) -> None:
        spread = np.zeros((len(rows), n_classes))
        spread[:, trees.classes_] = votes
        smoothed = (spread * _N_TREES + 0.5 / n_classes) / (_N_TREES + 0.5)
        at = np.arange(len(rows))
        expected[rows] = smoothed.argmax(axis=1)
        probability[rows] = smoothed.max(axis=1)
        given[rows] = np.where(codes[rows] >= 0, smoothed[at, np.maximum(codes[rows], 0)], np.nan)

    judge(learned, own)
    others = np.setdiff1d(np.arange(n), learned, assume_unique=True)
    for at in range(0, len(others), _AT_ONCE):
        rows = others[at : at + _AT_ONCE]
        judge(rows, trees.predict_proba(table[rows]))
    return WordExpectation(expected, probability, given)


def expect_numbers(table: Float32Array, numbers: FloatArray, seed: int) -> FloatArray:
    """Return what random trees expect of a column of numbers (n,), each without having seen it."""
    from sklearn.ensemble import ExtraTreesRegressor

    learned, trees, own = _grown(ExtraTreesRegressor, table, numbers, ~np.isnan(numbers), seed)
    expected = np.full(len(table), np.nan)
    expected[learned] = own
    others = np.setdiff1d(np.arange(len(table)), learned, assume_unique=True)
    for at in range(0, len(others), _AT_ONCE):
        rows = others[at : at + _AT_ONCE]
        expected[rows] = trees.predict(table[rows])
    return expected


def _grown(
    kind: Any, table: Float32Array, target: IntArray | FloatArray, known: np.ndarray, seed: int
) -> tuple[IntArray, Any, FloatArray]:
    """Return the rows that trees were grown on, the trees, and what those say of a row that did not draw it."""
    rows = np.flatnonzero(known)
    if len(rows) > _LEARNED:
        rows = np.sort(np.random.default_rng(seed).choice(rows, _LEARNED, replace=False))
    trees = kind(
        _N_TREES, bootstrap=True, oob_score=True, min_samples_leaf=_LEAF, max_features=0.5, n_jobs=-1, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Some inputs do not have OOB scores")  # of few rows
        trees.fit(table[rows], target[rows])
    trees.n_jobs = 1  # threads would add votes up in any order, and sums differ in the last bit
    of_classes = hasattr(trees, "oob_decision_function_")
    own = np.nan_to_num(trees.oob_decision_function_) if of_classes else trees.oob_prediction_
    return rows, trees, own
