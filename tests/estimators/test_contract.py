"""What scikit-learn asks of every estimator."""

from typing import Any

import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.utils.estimator_checks import parametrize_with_checks

from emendata.estimators import CleanClassifier, CleanRegressor

_WEIGHTS = {
    f"check_sample_weight_equivalence_on_{kind}_data": why
    for kind in ("dense", "sparse")
    for why in [
        "folds are drawn by rows, so a row twice is not a row of weight two; random forests differ likewise"
    ]
}


def expected_failures(estimator: Any) -> dict[str, str]:
    """Name what cannot hold, and why, by scikit-learn's own way to say it."""
    draws = estimator.estimator is None or estimator.how == "reweight"
    finds = isinstance(estimator, CleanRegressor)  # finds something in what the check fits, by its folds
    return _WEIGHTS if draws or finds else {}


@pytest.mark.filterwarnings("ignore")
@parametrize_with_checks(
    [
        CleanClassifier(LogisticRegression()),
        CleanClassifier(LogisticRegression(), how="relabel"),
        CleanClassifier(LogisticRegression(), how="reweight"),
        CleanRegressor(Ridge()),
        CleanRegressor(Ridge(), how="relabel"),
        CleanRegressor(Ridge(), how="reweight"),
    ],
    expected_failed_checks=expected_failures,
)
def test_it_is_an_estimator_of_scikit_learn(estimator: Any, check: Any) -> None:
    check(estimator)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
@parametrize_with_checks([CleanClassifier(), CleanRegressor()], expected_failed_checks=expected_failures)
def test_it_is_one_without_a_word_on_the_estimator(estimator: Any, check: Any) -> None:
    check(estimator)
