"""Naive Bayes on words and categories."""

from functools import partial

import numpy as np

from emendata.models.predictor import OnFold, Problem, cross_predict
from emendata.records import BoolArray, FloatArray

__all__ = ["NaiveBayes"]

_FEWEST = 200


class NaiveBayes:
    """Multinomial in those wide dimensions that are never negative: a second's work, and strong on texts."""

    name = "naive_bayes"
    title = "Naive Bayes"

    def suits(self, problem: Problem) -> str | None:
        """Needs words, or very many categories."""
        n_words = int(_never_negative(problem).sum())
        return f"{n_words} dimensions of words or categories are too few." if n_words < _FEWEST else None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the words and categories."""
        from sklearn.naive_bayes import MultinomialNB

        words = problem.wide[:, np.flatnonzero(_never_negative(problem))]
        return cross_predict(problem, partial(MultinomialNB, alpha=0.05), words, on_fold)


def _never_negative(problem: Problem) -> BoolArray:
    """Mark the dimensions of words and categories: mostly empty, and never below zero."""
    if isinstance(problem.wide, np.ndarray):
        return np.zeros(problem.wide.shape[1], dtype=bool)
    never: BoolArray = problem.wide.min(axis=0).toarray().ravel() >= 0
    return never
