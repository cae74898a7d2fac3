"""How strongly the logistic model is regularised."""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from emendata.kernels.folds import stratified_folds
from emendata.models import PREDICTORS, Problem
from emendata.models.linear import LogisticModel
from emendata.records import Float32Array, FloatArray, IntArray
from emendata.testing import sample_problem


def problem_of(wide: Float32Array, labels: IntArray, n_classes: int) -> Problem:
    n = len(labels)
    return replace(
        sample_problem(),
        wide=wide,
        labels=labels,
        n_classes=n_classes,
        folds=stratified_folds(labels, np.arange(n), 5, 0),
    )


def predicted(problem: Problem) -> FloatArray:
    return LogisticModel().predict(problem, lambda done, total: None)


def test_many_full_dimensions_are_trusted_less_than_few() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    rng = np.random.default_rng(0)
    true = rng.integers(0, 2, 400)
    wide = rng.normal(size=(400, 600)).astype(np.float32)
    wide[:, :20] += 0.5 * (2 * true[:, None] - 1)
    given = np.where(rng.random(400) < 0.1, 1 - true, true)
    ours = (predicted(problem_of(wide, given, 2)).argmax(axis=1) == true).mean()
    plain = (cross_val_predict(LogisticRegression(), wide, given) == true).mean()
    assert ours > plain + 0.02


def test_a_few_columns_that_tell_the_classes_apart_are_trusted_fully() -> None:
    true = np.arange(300) % 3
    wide = np.eye(3, dtype=np.float32)[true]
    probs = predicted(problem_of(wide, true, 3))
    assert probs[np.arange(300), true].min() > 0.8


def test_dense_and_sparse_say_the_same() -> None:
    rng = np.random.default_rng(1)
    wide = rng.normal(size=(200, 5)).astype(np.float32)
    labels = (wide[:, 0] > 0).astype(np.int64)
    dense, sparse = (predicted(problem_of(form, labels, 2)) for form in (wide, csr_matrix(wide)))
    assert np.allclose(dense, sparse, atol=1e-3)


def test_thousands_of_full_dimensions_are_no_task_for_the_stochastic_model() -> None:
    problem = replace(sample_problem(), wide=np.zeros((90, 3000), np.float32))
    assert PREDICTORS["logistic_regression"].suits(problem) is None
    assert PREDICTORS["stochastic_linear"].suits(problem) is not None
