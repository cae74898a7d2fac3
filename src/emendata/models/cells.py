"""What the other columns of a row lead trees to expect in a cell that they never saw."""

import warnings
from typing import Any, NamedTuple

import numpy as np

from emendata.engine.blocks import map_ranges
from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["WordExpectation", "expect_numbers", "expect_words"]

_LEAF = 3
_LEARNED = 10_000  # rows are enough to learn from
_AT_ONCE = 10_000


class WordExpectation(NamedTuple):
    """The class that each row is expected to have, its probability, and that of the class given, all (n,)."""

    expected: IntArray
    probability: FloatArray
    given: FloatArray


def expect_words(
    table: Float32Array, codes: IntArray, n_classes: int, *, n_trees: int, seed: int
) -> WordExpectation:
    """Return what random trees expect of a column of classes.

    Rows that they learned from are judged by the trees that did not draw them, all others by all trees. At most 10,000
    rows are learned from. All probabilities are a little above 0.

    Parameters
    ----------
    table : ndarray of float32, shape (n, d)
        The other columns; NaN where a cell is missing.
    codes : ndarray of int, shape (n,)
        Classes, -1 where a row has none, or one that is not predicted.
    n_classes, n_trees, seed : int

    Notes
    -----
    O(n n_trees log n) time beyond the 10,000 rows, O(n) memory.

    Examples
    --------
    >>> table = np.repeat(np.float32([[0, 1], [5, 3]]), 20, axis=0)
    >>> found = expect_words(table, np.repeat([0, 1], 20), 2, n_trees=20, seed=0)
    >>> found.expected[[0, -1]], bool(found.probability.min() > 0.9)
    (array([0, 1]), True)
    """
    from sklearn.ensemble import ExtraTreesClassifier

    votes = np.zeros((len(table), n_classes), np.float32)
    rows = _sample(codes >= 0, seed)
    trees = _grown(ExtraTreesClassifier, table[rows], codes[rows], n_trees, seed)
    _predict_rest(table, rows, lambda some: trees.predict_proba(some), votes, trees.classes_)
    votes[np.ix_(rows, trees.classes_)] = np.nan_to_num(trees.oob_decision_function_)
    votes = (votes * n_trees + 0.5 / n_classes) / (n_trees + 0.5)
    given = votes[np.arange(len(table)), np.maximum(codes, 0)]
    return WordExpectation(
        votes.argmax(axis=1),
        votes.max(axis=1).astype(np.float64),
        np.where(codes >= 0, given, np.nan).astype(np.float64),
    )


def expect_numbers(table: Float32Array, numbers: FloatArray, *, n_trees: int, seed: int) -> FloatArray:
    """Return what random trees expect of a column of numbers (n,), each without having seen it. See `expect_words`.

    Examples
    --------
    >>> table = np.repeat(np.float32([[0, 1], [5, 3]]), 20, axis=0)
    >>> expect_numbers(table, np.repeat([7.0, 9.0], 20), n_trees=20, seed=0)[[0, -1]].round(1)
    array([7., 9.])
    """
    from sklearn.ensemble import ExtraTreesRegressor

    expected = np.empty((len(table), 1))
    rows = _sample(~np.isnan(numbers), seed)
    trees = _grown(ExtraTreesRegressor, table[rows], numbers[rows], n_trees, seed)
    _predict_rest(table, rows, lambda some: trees.predict(some)[:, None], expected, [0])
    expected[rows, 0] = trees.oob_prediction_
    return expected[:, 0]


def _sample(known: BoolArray, seed: int) -> IntArray:
    rows = np.flatnonzero(known)
    if len(rows) <= _LEARNED:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, _LEARNED, replace=False))


def _grown(kind: Any, table: Float32Array, target: IntArray | FloatArray, n_trees: int, seed: int) -> Any:
    trees = kind(
        n_trees,
        bootstrap=True,
        oob_score=True,
        min_samples_leaf=_LEAF,
        max_features=0.5,
        n_jobs=-1,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Some inputs do not have OOB scores")  # of few rows
        trees.fit(table, target)
    trees.n_jobs = 1  # its threads would add votes up in any order, and sums differ in the last bit
    return trees


def _predict_rest(table: Float32Array, learned: IntArray, predict: Any, into: Any, columns: Any) -> None:
    """Fill in what trees predict for the rows that they did not learn from."""
    others = np.setdiff1d(np.arange(len(table)), learned, assume_unique=True)

    def work(run: slice) -> None:
        rows = others[run]
        into[np.ix_(rows, columns)] = predict(table[rows])

    for _ in map_ranges(len(others), work, step=_AT_ONCE):
        pass
