"""Every family on problems with something missing."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from tests.models.problems import lonely_class, sample, two_classes, two_labels, unlabeled

from emendata.models import PREDICTORS, Problem

MODELS = [model.name for model in PREDICTORS]


def fitting(make: Callable[[], Problem], name: str) -> Problem:
    """Return the problem with as many wide dimensions as the family likes."""
    problem = make()
    if name == "logistic_regression":
        problem = replace(problem, wide=problem.wide[:, :900])
    assert PREDICTORS[name].suits(problem) is None
    return problem


@pytest.mark.parametrize("make", [lonely_class, two_classes, unlabeled, two_labels])
@pytest.mark.parametrize("name", MODELS)
def test_every_row_gets_a_distribution_whatever_is_missing(name: str, make: Callable[[], Problem]) -> None:
    problem = fitting(make, name)
    probs = PREDICTORS[name].predict(problem, lambda done, total: None)
    assert probs.shape == (90, problem.n_classes)
    assert np.isfinite(probs).all()
    assert (probs >= 0).all()
    assert np.allclose(probs.sum(axis=1), 1)


@pytest.mark.parametrize("name", MODELS)
def test_rows_without_a_label_are_predicted_from_the_others(name: str) -> None:
    problem = fitting(unlabeled, name)
    predicted = PREDICTORS[name].predict(problem, lambda done, total: None).argmax(axis=1)
    gaps = np.setdiff1d(np.flatnonzero(problem.labels < 0), [7, 10, 11])  # these are copies of each other
    assert len(gaps) > 20
    assert (predicted == np.arange(90) % 3)[gaps].mean() > 0.9


@pytest.mark.parametrize("name", MODELS)
def test_a_class_that_occurs_once_is_never_predicted_for_its_own_row(name: str) -> None:
    problem = fitting(lonely_class, name)
    probs = PREDICTORS[name].predict(problem, lambda done, total: None)
    assert probs[17].argmax() == 17 % 3
    assert probs[17, 3] == probs[17].min()


def test_each_family_says_in_a_sentence_why_it_is_left_out() -> None:
    many = replace(sample(), narrow=np.zeros((90, 3000), np.float32), n_classes=10)
    refused = {
        "boosted_trees": (many, "10 classes and 3000 dimensions would take too long."),
        "logistic_regression": (sample(), "2,100 dimensions are a task for the stochastic linear model."),
        "stochastic_linear": (sample(wide=1999), "1,999 dimensions are a task for logistic regression."),
        "naive_bayes": (sample(wide=199), "199 dimensions of words or categories are too few."),
    }
    for name, (problem, why) in refused.items():
        assert PREDICTORS[name].suits(problem) == why
    for name in set(MODELS) - set(refused):
        assert PREDICTORS[name].suits(many) is None


def test_exactly_one_linear_model_suits_whatever_the_width() -> None:
    for width in (1, 1999, 2000, 2100):
        suited = [
            PREDICTORS[name].suits(sample(wide=width))
            for name in ("logistic_regression", "stochastic_linear")
        ]
        assert suited.count(None) == 1


def test_words_of_naive_bayes_are_never_negative() -> None:
    problem = sample(wide=300)
    negative = csr_matrix(problem.wide).toarray()
    negative[0, :150] = -1.0
    assert PREDICTORS["naive_bayes"].suits(problem) is None
    said = PREDICTORS["naive_bayes"].suits(replace(problem, wide=csr_matrix(negative)))
    assert said == "150 dimensions of words or categories are too few."
