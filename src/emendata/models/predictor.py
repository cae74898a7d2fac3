"""What a model family is to us: something that predicts every row without having seen its label."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy.sparse import csr_matrix

from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["FoldMemory", "Predictor", "Problem", "are_words", "cross_predict", "weighed"]

_MANY = 2_000  # dimensions from which on exact linear solvers are too slow and stochastic ones as good
_FULL = 0.3  # part of the cells that hold something, from which on the exact ones are faster all the same

OnFold = Callable[[int, int], None]


class FoldMemory(Protocol):
    """Where the predictions of finished folds outlast an interruption."""

    def recall(self, fold: int) -> FloatArray | None:
        """Return what was kept of a fold, or None."""

    def keep(self, fold: int, probabilities: FloatArray) -> None:
        """Keep the predictions of the rows of a fold."""


@dataclass(frozen=True)
class Problem:
    """A classification problem as the models see it.

    ``narrow`` holds the first few dimensions of each column in ``dense``, for models whose cost grows with
    them; ``wide`` is dense where no column is of words. ``labels`` are class indices, -1 where there is none;
    ``folds`` says which rows are predicted together; ``neighbors`` and ``distances`` (n, k) are the nearest other
    rows in ``dense``. ``memory`` holds the folds that were finished before an interruption;
    ``patience`` is how many times the ordinary cost a model may have; forests have ``n_trees``. Models that can weigh
    rows do so by ``weights`` (n,). Where it ``is_apart``, rows of one fold are alike in more than their features, and
    a row must not be predicted from any other of its fold.
    """

    dense: Float32Array
    narrow: Float32Array
    wide: csr_matrix | Float32Array
    labels: IntArray
    n_classes: int
    folds: IntArray
    neighbors: IntArray
    distances: Float32Array
    seed: int
    memory: FoldMemory | None = None
    patience: float = 1.0
    n_trees: int = 200
    weights: FloatArray | None = None
    is_apart: bool = False

    @property
    def teaches(self) -> BoolArray:
        """Which rows have a label, and a weight above zero, and so something to teach."""
        known: BoolArray = self.labels >= 0
        return known if self.weights is None else known & (self.weights > 0)

    @property
    def n_rows(self) -> int:
        """Number of rows, labelled or not."""
        return len(self.labels)

    @property
    def n_folds(self) -> int:
        """Number of folds."""
        return int(self.folds.max()) + 1


class Predictor(Protocol):
    """A model family.

    ``suits`` says why a family is left out of a problem, or None where it fits. ``predict`` returns
    out-of-sample probabilities (n, n_classes), rows summing to one, for labelled and unlabelled rows, and
    calls ``on_fold(done, total)`` as it goes.
    """

    @property
    def name(self) -> str:
        """The name that people type."""

    @property
    def title(self) -> str:
        """The name that people read."""

    def suits(self, problem: Problem) -> str | None:
        """Return why this family should not be used here, or None."""

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Predict every row out of sample."""


def cross_predict(
    problem: Problem,
    make: Callable[[], Any],
    matrix: Float32Array | csr_matrix,
    on_fold: OnFold,
    *,
    first: Callable[[], Any] | None = None,
) -> FloatArray:
    """Predict each fold with a scikit-learn classifier fitted to the labelled rows of the others.

    A class that is absent from the other folds gets the smallest probability instead of none. The first fold may be
    predicted by a classifier that is set in another way.
    """
    probabilities = np.full((problem.n_rows, problem.n_classes), 1e-6)
    for fold in range(problem.n_folds):
        on_fold(fold, problem.n_folds)
        test = problem.folds == fold
        if test.any():
            probabilities[test] = _fold(problem, make if fold or first is None else first, matrix, fold, test)
    on_fold(problem.n_folds, problem.n_folds)
    total: FloatArray = probabilities / probabilities.sum(axis=1, keepdims=True)
    return total


def are_words(problem: Problem) -> bool:
    """Tell many mostly empty dimensions from few, and from those of images beside a category or two."""
    wide = problem.wide
    if not isinstance(wide, csr_matrix) or wide.shape[1] < _MANY:
        return False
    return bool(wide.nnz < _FULL * wide.shape[0] * wide.shape[1])


def weighed(problem: Problem, make: Callable[[], Any], rows: BoolArray) -> dict[str, FloatArray]:
    """Return the weights of some rows as an argument of ``fit``, if there are any and the model takes them."""
    from sklearn.utils.validation import has_fit_parameter

    model = make()
    if problem.weights is None or not has_fit_parameter(getattr(model, "wrapped", model), "sample_weight"):
        return {}
    return {"sample_weight": problem.weights[rows]}


def _fold(
    problem: Problem, make: Callable[[], Any], matrix: Float32Array | csr_matrix, fold: int, test: BoolArray
) -> FloatArray:
    kept = problem.memory.recall(fold) if problem.memory else None
    if kept is not None:
        return kept
    probabilities = np.full((int(test.sum()), problem.n_classes), 1e-6)
    train = ~test & problem.teaches
    present = np.unique(problem.labels[train])
    if not 1 < len(present) < train.sum():  # nothing to tell apart, or a class for every row
        probabilities[:, present] = 1.0
        return probabilities
    model = make().fit(matrix[train], problem.labels[train], **weighed(problem, make, train))
    probabilities[:, model.classes_] = np.maximum(model.predict_proba(matrix[test]), 1e-6)
    if problem.memory:
        problem.memory.keep(fold, probabilities)
    return probabilities
