"""Linear models in the wide features: regularised logistic regression, for tables and for texts."""

import warnings
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from emendata.models.predictor import OnFold, Problem, are_words, cross_predict, weighed
from emendata.records import FloatArray

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

__all__ = ["LogisticModel", "StochasticLinear"]

_STRENGTHS = (0.001, 0.01, 0.1, 1.0)
_MIDDLE = 0.1


class LogisticModel:
    """Solved exactly, where dimensions are few or all of them are full; regularised as one held-out fold asks for."""

    name = "logistic_regression"
    title = "Logistic regression"

    def suits(self, problem: Problem) -> str | None:
        """Made for tables, images and sounds, and not for words."""
        if are_words(problem):
            return f"{problem.wide.shape[1]:,} dimensions are a task for the stochastic linear model."
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the wide features."""
        from sklearn.exceptions import ConvergenceWarning

        on_fold(0, problem.n_folds)  # what follows is work as well
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
            make = partial(_logistic, _best_strength(problem, 0))
            first = make
            if problem.is_apart:  # else the first fold would choose for itself
                enough = problem.n_folds > 2
                first = partial(_logistic, _best_strength(problem, 1, without=0) if enough else _MIDDLE)
            return cross_predict(problem, make, problem.wide, on_fold, first=first)


def _logistic(strength: float) -> "LogisticRegression":
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=100, tol=1e-3)


def _best_strength(problem: Problem, fold: int, *, without: int | None = None) -> float:
    """Return the C under which the given labels of one fold are likeliest, learnt from the others, or all but one.

    The less a model trusts single labels, the less wrong ones mislead it; how far to go differs by a factor of a
    thousand between a few columns and the vectors of images.
    """
    known_rows = problem.teaches & (problem.folds != without)
    test = (problem.folds == fold) & known_rows
    train = (problem.folds != fold) & known_rows
    known = np.unique(problem.labels[train])
    test &= np.isin(problem.labels, known)
    if not test.any() or not 1 < len(known) < train.sum():
        return 1.0
    places = np.searchsorted(known, problem.labels[test])
    counts = None if problem.weights is None else problem.weights[test]
    losses = {}
    for strength in _STRENGTHS:
        make = partial(_logistic, strength)
        model = make().fit(problem.wide[train], problem.labels[train], **weighed(problem, make, train))
        likelihoods = model.predict_proba(problem.wide[test])[np.arange(len(places)), places]
        losses[strength] = -float(np.average(np.log(np.maximum(likelihoods, 1e-6)), weights=counts))
        if losses[strength] > min(losses.values()):  # it only gets worse from here
            break
    return min(losses, key=losses.__getitem__)


class StochasticLinear:
    """Solved by a fixed number of stochastic-gradient passes, where dimensions are many."""

    name = "stochastic_linear"
    title = "Stochastic linear model"

    def suits(self, problem: Problem) -> str | None:
        """Made for texts."""
        if not are_words(problem):
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
