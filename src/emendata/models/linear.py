"""Linear models in the wide features: regularised logistic regression, for tables and for texts."""

import warnings
from functools import partial

from emendata.models.predictor import OnFold, Problem, cross_predict
from emendata.records import FloatArray

__all__ = ["LogisticModel", "StochasticLinear"]

_MANY = 2_000  # dimensions from which on the exact solver is too slow and the stochastic one as good


class LogisticModel:
    """Solved exactly, where dimensions are few."""

    name = "logistic_regression"
    title = "Logistic regression"

    def suits(self, problem: Problem) -> str | None:
        """Made for tables."""
        if problem.wide.shape[1] >= _MANY:
            return f"{problem.wide.shape[1]:,} dimensions are a task for the stochastic linear model."
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the wide features."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression

        make = partial(LogisticRegression, max_iter=100, tol=1e-3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
            return cross_predict(problem, make, problem.wide, on_fold)


class StochasticLinear:
    """Solved by a fixed number of stochastic-gradient passes, where dimensions are many."""

    name = "stochastic_linear"
    title = "Stochastic linear model"

    def suits(self, problem: Problem) -> str | None:
        """Made for texts."""
        if problem.wide.shape[1] < _MANY:
            return f"{problem.wide.shape[1]:,} dimensions are a task for logistic regression."
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the wide features."""
        from sklearn.linear_model import SGDClassifier

        make = partial(
            SGDClassifier,
            loss="log_loss",
            alpha=1e-5,
            max_iter=15,
            tol=None,
            n_jobs=2,
            random_state=problem.seed,
        )
        return cross_predict(problem, make, problem.wide, on_fold)
