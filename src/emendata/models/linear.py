"""Regularised multinomial logistic regression."""

import warnings
from functools import partial

from emendata.models.predictor import OnFold, Problem, cross_predict
from emendata.records import FloatArray

__all__ = ["LogisticModel"]


class LogisticModel:
    """Linear in the wide features: strong on texts and on many categories."""

    name = "logistic_regression"
    title = "Logistic regression"

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the wide features."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression

        make = partial(LogisticRegression, C=10.0, max_iter=40, tol=1e-3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
            return cross_predict(problem, make, problem.wide, on_fold)
