from functools import partial
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline

from emendata.models.own import OwnModel
from emendata.records import FloatArray, IntArray
from emendata.testing import check_predictor


def judged(train: FloatArray, labels: IntArray, test: FloatArray) -> FloatArray:
    found = np.full((test.shape[0], 3), 0.1)
    model = GaussianNB().fit(_full(train), labels)
    found[:, model.classes_] += model.predict_proba(_full(test))
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _full(features: Any) -> FloatArray:
    return np.asarray(features.toarray() if hasattr(features, "toarray") else features)


@pytest.mark.parametrize(
    "model",
    [LogisticRegression(), RandomForestClassifier(20, random_state=0), judged],
    ids=lambda model: str(model)[:9],
)
def test_a_model_of_somebody_keeps_the_contract(model: Any) -> None:
    check_predictor(OwnModel(model))


def test_the_object_itself_is_never_fitted() -> None:
    model = LogisticRegression()
    check_predictor(OwnModel(model))
    assert not hasattr(model, "classes_")


def test_the_same_parameters_are_the_same_model_and_others_are_not() -> None:
    def identity(**given: Any) -> str | None:
        return OwnModel(make_pipeline(SelectKBest(f_classif, k=2), LogisticRegression(**given))).identity

    assert OwnModel(LogisticRegression(C=2)).identity == OwnModel(LogisticRegression(C=2)).identity
    assert OwnModel(LogisticRegression(C=2)).identity != OwnModel(LogisticRegression(C=3)).identity
    assert OwnModel(LogisticRegression()).identity != OwnModel(GaussianNB()).identity
    assert identity() is None  # a function among the parameters, which may be another one of that name


@pytest.mark.parametrize("model", [judged, partial(judged), lambda train, labels, test: None])
def test_nobody_can_tell_when_a_function_changes(model: Any) -> None:
    assert OwnModel(model).identity is None


def test_titles() -> None:
    assert OwnModel(judged).title == "judged"
    assert OwnModel(lambda train, labels, test: None).title == "Your function"
    assert OwnModel(GaussianNB(), 2).title == "GaussianNB 2"
