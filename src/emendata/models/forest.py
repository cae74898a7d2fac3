"""Random forests, judged by their out-of-bag votes."""

import warnings

import numpy as np

from emendata.models.predictor import OnFold, Problem
from emendata.records import FloatArray

__all__ = ["RandomForest"]

_TREES = 300
_STEPS = 6


class RandomForest:
    """Each row is predicted by the trees that did not draw it: no cross-validation needed."""

    name = "random_forest"
    title = "Random forest"

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Return the out-of-bag votes; unlabelled rows get the votes of all trees."""
        from sklearn.ensemble import RandomForestClassifier

        labeled = problem.labels >= 0
        forest = RandomForestClassifier(
            _TREES // _STEPS, oob_score=True, warm_start=True, n_jobs=-1, random_state=problem.seed
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Some inputs do not have OOB scores")  # the first trees only
            for step in range(_STEPS):
                on_fold(step, _STEPS)
                forest.n_estimators = _TREES // _STEPS * (step + 1)
                forest.fit(problem.dense[labeled], problem.labels[labeled])
        on_fold(_STEPS, _STEPS)
        votes = np.full((problem.n_rows, problem.n_classes), 0.0)
        columns = forest.classes_
        votes[np.ix_(labeled, columns)] = np.nan_to_num(forest.oob_decision_function_)
        if not labeled.all():
            votes[np.ix_(~labeled, columns)] = forest.predict_proba(problem.dense[~labeled])
        smoothed = votes + 0.5 / _TREES
        probabilities: FloatArray = smoothed / smoothed.sum(axis=1, keepdims=True)
        return probabilities
