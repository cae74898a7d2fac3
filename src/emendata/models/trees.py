"""Extremely randomised trees, judged by their out-of-bag votes."""

import warnings
from functools import partial

import numpy as np

from emendata.models.predictor import OnFold, Problem, cross_predict, weighed
from emendata.records import FloatArray

__all__ = ["RandomTrees"]

_STEPS = 5
_LEAF = 3


class RandomTrees:
    """Each row is predicted by the trees that did not draw it: no cross-validation needed.

    Leaves hold at least three rows, so that one wrong label cannot vouch for itself through its copies in a
    bootstrap sample of the row's near twins.
    """

    name = "random_trees"
    title = "Random trees"

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Return the out-of-bag votes; unlabelled rows get the votes of all trees.

        Where folds must be kept apart, rows are predicted fold by fold instead.
        """
        from sklearn.ensemble import ExtraTreesClassifier

        if problem.is_apart:
            forest = partial(
                ExtraTreesClassifier,
                problem.n_trees,
                bootstrap=True,
                min_samples_leaf=_LEAF,
                n_jobs=1,  # threads would add the votes up in any order
                random_state=problem.seed,
            )
            return cross_predict(problem, forest, problem.dense, on_fold)
        labeled = problem.teaches
        n_trees = problem.n_trees
        trees = ExtraTreesClassifier(
            n_trees // _STEPS,
            bootstrap=True,
            oob_score=True,
            warm_start=True,
            min_samples_leaf=_LEAF,
            n_jobs=-1,
            random_state=problem.seed,
        )
        weights = weighed(problem, ExtraTreesClassifier, labeled)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Some inputs do not have OOB scores")  # the first trees only
            for step in range(_STEPS):
                on_fold(step, _STEPS)
                trees.n_estimators = n_trees // _STEPS * (step + 1)
                trees.fit(problem.dense[labeled], problem.labels[labeled], **weights)
        on_fold(_STEPS, _STEPS)
        votes = np.zeros((problem.n_rows, problem.n_classes))
        votes[np.ix_(labeled, trees.classes_)] = np.nan_to_num(trees.oob_decision_function_)
        if not labeled.all():
            trees.n_jobs = 1  # threads would add the votes up in any order, and sums differ in the last bit
            votes[np.ix_(~labeled, trees.classes_)] = trees.predict_proba(problem.dense[~labeled])
        smoothed = votes + 0.5 / n_trees
        probabilities: FloatArray = smoothed / smoothed.sum(axis=1, keepdims=True)
        return probabilities
