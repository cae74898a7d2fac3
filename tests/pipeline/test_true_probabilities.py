"""Probabilities of the true class, from real models of real digits with planted errors."""

from functools import cache

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from emendata.kernels.temperature import best_power, sharpened
from emendata.pipeline.true_probabilities import true_probabilities
from emendata.records import FloatArray, IntArray


@cache
def digits(kind: str) -> tuple[FloatArray, IntArray, IntArray]:
    """Return predictions of a model that learned from labels with errors, the labels, and the true ones."""
    images, true = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    rate = {"none": 0.0, "even": 0.1, "next": 0.2}[kind]
    step = rng.integers(1, 10, len(true)) if kind == "even" else 1
    labels = np.where(rng.random(len(true)) < rate, (true + step) % 10, true)
    model = LogisticRegression(C=0.1, max_iter=1000)
    probs = cross_val_predict(model, images / 16, labels, cv=4, method="predict_proba")
    return sharpened(probs, best_power(labels, probs)), labels, true


def log_loss(probs: FloatArray, labels: IntArray) -> float:
    return -float(np.log(np.maximum(probs[np.arange(len(labels)), labels], 1e-6)).mean())


@pytest.mark.parametrize(("kind", "rate"), [("even", 0.1), ("next", 0.2)])
def test_true_labels_become_likelier_though_only_wrong_ones_were_seen(kind: str, rate: float) -> None:
    probs, labels, true = digits(kind)
    made = true_probabilities(labels, probs)
    assert made.temperature < 0.7
    assert made.noise_rate == pytest.approx(rate, abs=0.03)
    assert log_loss(made.without_label, true) < 0.75 * log_loss(probs, true)
    assert log_loss(made.with_label, true) < log_loss(made.without_label, true)


def test_nothing_changes_where_labels_are_right() -> None:
    probs, labels, true = digits("none")
    made = true_probabilities(labels, probs)
    assert made.noise_rate < 0.005
    assert log_loss(made.without_label, true) == pytest.approx(log_loss(probs, true), abs=0.005)


def test_changes_to_a_class_that_is_probable_given_the_label_are_right() -> None:
    probs, labels, true = digits("next")
    made = true_probabilities(labels, probs)
    best = made.with_label.argmax(axis=1)
    sure = (best != labels) & (made.with_label.max(axis=1) >= 0.9)
    assert sure.sum() > 200
    assert (best[sure] == true[sure]).mean() > 0.95
    assert (
        (probs[sure].max(axis=1)) >= 0.9
    ).sum() < sure.sum() / 2  # those of the given label found few of them


def test_the_label_of_a_row_does_not_move_its_own_prediction() -> None:
    probs, labels, _ = digits("even")
    changed = labels.copy()
    changed[7] = (changed[7] + 3) % 10
    before, after = true_probabilities(labels, probs), true_probabilities(changed, probs)
    fold = np.arange(len(labels)) % 5 == 7 % 5
    assert np.array_equal(before.without_label[fold], after.without_label[fold])
    assert not np.array_equal(before.without_label[~fold], after.without_label[~fold])


def test_rows_without_a_label_are_tempered_and_teach_nothing() -> None:
    probs, labels, _ = digits("even")
    some = np.where(np.arange(len(labels)) % 7 == 0, -1, labels)
    made = true_probabilities(some, probs)
    bare = some < 0
    assert np.array_equal(made.with_label[bare], made.without_label[bare])
    assert np.abs(made.without_label[bare] - probs[bare]).max() > 0.01
    assert np.allclose(made.with_label.sum(axis=1), 1)


def test_errors_of_very_many_classes_are_taken_as_even() -> None:
    rng = np.random.default_rng(0)
    honest = rng.dirichlet(np.full(260, 0.01), 600)
    true = honest.argmax(axis=1)
    labels = np.where(rng.random(600) < 0.1, rng.integers(0, 260, 600), true)
    made = true_probabilities(labels, sharpened(honest, 0.5))
    assert made.noise_rate == pytest.approx(0.1, abs=0.04)
