"""Gradient-boosted trees."""

from functools import partial

from emendata.models.predictor import OnFold, Problem, cross_predict
from emendata.records import FloatArray

__all__ = ["BoostedTrees"]

_AFFORDABLE = 1e7  # rows x dimensions x classes x folds; some ten seconds on two cores


class BoostedTrees:
    """Histogram gradient boosting on the narrow features, for tables."""

    name = "boosted_trees"
    title = "Boosted trees"

    def suits(self, problem: Problem) -> str | None:
        """Too slow where rows, dimensions and classes are all many, and no better than the others there."""
        if problem.narrow.size * problem.n_classes * problem.n_folds > _AFFORDABLE * problem.patience:
            return (
                f"{problem.n_classes} classes and {problem.narrow.shape[1]} dimensions would take too long."
            )
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the narrow features."""
        from sklearn.ensemble import HistGradientBoostingClassifier
        from threadpoolctl import threadpool_limits

        make = partial(
            HistGradientBoostingClassifier,
            learning_rate=0.06,
            max_iter=80,
            max_leaf_nodes=6,
            min_samples_leaf=15,
            l2_regularization=1.0,
            early_stopping=False,
            random_state=problem.seed,
        )
        with threadpool_limits(
            1, user_api="openmp"
        ):  # its threads wait busily, which costs more than it gains
            return cross_predict(problem, make, problem.narrow, on_fold)
