"""Votes of the nearest rows."""

from emendata.kernels.votes import neighbor_votes
from emendata.models.predictor import OnFold, Problem
from emendata.records import FloatArray

__all__ = ["NearestRows"]


class NearestRows:
    """Each row is predicted by its nearest other rows: no training, no cross-validation."""

    name = "nearest_rows"
    title = "Nearest rows"

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Count the neighbours' labels, nearer ones more; where folds are kept apart, those of other folds."""
        votes = neighbor_votes(
            problem.neighbors,
            problem.distances,
            problem.labels,
            problem.n_classes,
            apart=problem.folds if problem.is_apart else None,
        )
        on_fold(1, 1)
        return votes
