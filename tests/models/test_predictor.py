"""Cross-validation, watched through a model that remembers what it saw."""

from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.neighbors import KNeighborsClassifier
from tests.models.problems import lonely_class, sample, two_labels, unlabeled

from emendata.models import Problem
from emendata.models.predictor import cross_predict


def predict(problem: Problem, model: Any) -> np.ndarray:
    return cross_predict(problem, lambda: model, problem.dense, lambda done, total: None)


def test_a_model_that_repeats_what_it_saw_never_sees_the_row_itself() -> None:
    numbered = replace(sample(), dense=np.arange(90, dtype=np.float32)[:, None])
    nearest = predict(numbered, KNeighborsClassifier(1)).argmax(axis=1)
    for row in range(90):
        others = [
            r for r in range(90) if numbered.folds[r] != numbered.folds[row] and numbered.labels[r] >= 0
        ]
        distance = min(abs(r - row) for r in others)
        assert nearest[row] in {numbered.labels[r] for r in others if abs(r - row) == distance}


def test_an_absent_class_gets_the_smallest_probability_instead_of_none() -> None:
    problem = lonely_class()
    probs = predict(problem, DummyClassifier(strategy="prior"))
    same_fold = problem.folds == problem.folds[17]
    assert (probs[:, 3] > 0).all()
    assert np.allclose(probs[same_fold, 3], 1e-6, rtol=1e-3)
    assert (probs[~same_fold, 3] > 1e-3).all()
    assert np.allclose(probs.sum(axis=1), 1)


def test_folds_that_tell_nothing_apart_get_an_even_share_of_what_they_saw() -> None:
    problem = two_labels()
    probs = predict(problem, DummyClassifier(strategy="prior"))
    both = (problem.folds != problem.folds[0]) & (problem.folds != problem.folds[1])
    assert np.allclose(probs[both], 0.5)
    assert np.allclose(probs[problem.folds == problem.folds[0]], [0, 1], atol=1e-5)
    assert np.allclose(probs[problem.folds == problem.folds[1]], [1, 0], atol=1e-5)


def test_a_fold_may_be_empty_or_without_labels_and_progress_ends_at_the_total() -> None:
    problem = unlabeled()
    folds = np.where(problem.folds == 1, 0, problem.folds)
    steps: list[tuple[int, int]] = []
    probs = cross_predict(
        replace(problem, folds=folds),
        DummyClassifier,
        problem.dense,
        lambda done, total: steps.append((done, total)),
    )
    assert np.allclose(probs.sum(axis=1), 1)
    assert steps == [(fold, 5) for fold in range(6)]
