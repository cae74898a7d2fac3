from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.model_selection import cross_val_predict

import emendata as em
from emendata.checks.inputs import Inputs, Labels, Predictions
from emendata.checks.unusual_for_model import UnusualForModel
from emendata.errors import NotApplicable
from emendata.records import Findings, FloatArray, IntArray

CLASSES = ("cat", "dog", "eel", "fox")


def found(probs: FloatArray, codes: IntArray, classes: tuple[str, ...] = CLASSES) -> Findings:
    predictions = Predictions(probs, probs.argmax(axis=1)[None], ("model",))
    return UnusualForModel().find(
        Inputs(len(codes), labels=Labels("kind", codes, classes), predictions=predictions)
    )


def sure(n: int = 200) -> tuple[FloatArray, IntArray]:
    codes = np.arange(n) % 4
    certainty = np.random.default_rng(0).uniform(0.9, 0.99, n)
    probs = np.tile((1 - certainty)[:, None] / 3, (1, 4))
    probs[np.arange(n), codes] = certainty
    return probs, codes


def test_a_row_of_no_class_is_flagged_and_one_between_two_classes_is_not() -> None:
    probs, codes = sure()
    probs[3] = [0.3, 0.25, 0.25, 0.2]
    probs[8] = [0.5, 0.48, 0.01, 0.01]
    findings = found(probs, codes)
    assert findings.rows.tolist() == [3]
    assert findings.scores[3] == findings.scores.min() < 0.1
    assert findings.scores[8] == np.sort(findings.scores)[1]
    assert "of 4 classes 'cat' is the most probable, at 0.30" in findings.reasons[0]


def test_rows_without_a_label_are_judged_as_well() -> None:
    probs, codes = sure()
    probs[5], codes[5] = 0.25, -1
    assert found(probs, codes).rows.tolist() == [5]


def test_where_the_models_know_little_of_any_row_none_is_unusual() -> None:
    rng = np.random.default_rng(0)
    probs = rng.dirichlet(np.full(4, 20.0), 300)
    findings = found(probs, rng.integers(0, 4, 300))
    assert not len(findings.rows)
    assert np.median(findings.scores) < 0.1


def test_what_models_find_less_probable_for_all_rows_of_a_class_counts_for_less() -> None:
    probs, codes = sure(400)
    probs[codes == 3] = [0.2, 0.2, 0.2, 0.4]
    scores = found(probs, codes).scores
    plain = 1 + (probs * np.log(probs)).sum(axis=1) / np.log(4)
    assert scores[codes == 3].mean() > 1.5 * plain[codes == 3].mean()


def test_two_classes_are_too_few() -> None:
    with pytest.raises(NotApplicable, match="2 classes; doubt between two"):
        found(np.full((9, 2), 0.5), np.arange(9) % 2, ("a", "b"))


@pytest.mark.parametrize("load", [load_iris, load_digits])
def test_on_real_data_hardly_a_row_is_of_no_class_and_noise_is(load: Callable[..., Any]) -> None:
    features, codes = load(return_X_y=True)
    model = ExtraTreesClassifier(n_estimators=50, random_state=0)
    probs = cross_val_predict(model, features, codes, cv=5, method="predict_proba")
    names = tuple(map(str, range(probs.shape[1])))
    clean = found(probs, codes, names)
    assert len(clean.rows) <= 0.01 * len(codes)
    if load is load_digits:
        noise = np.random.default_rng(0).permuted(features[:20], axis=1)
        strange = model.fit(features, codes).predict_proba(noise)
        scores = found(np.vstack([probs, strange]), np.append(codes, np.full(20, -1)), names).scores
        assert np.mean(scores[-20:, None] < scores[None, :-20]) > 0.9


def test_predictions_without_labels_end_in_an_answer_and_not_an_error() -> None:
    """The peer tries the scores all the same, and fails inside (W30)."""
    audit = em.Audit({"size": [1.0, 2.0, 5.0, 9.0]}, checks=["unusual_for_model", "outlier"]).run()
    verdicts = {check.name: check for check in audit.summary.checks}
    assert verdicts["unusual_for_model"].status == "not_applicable"
    assert verdicts["unusual_for_model"].message == "No label column was named."
    assert verdicts["outlier"].status in ("passed", "found")
