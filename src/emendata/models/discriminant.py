"""Linear discriminants."""

import warnings
from functools import partial

from emendata.models.predictor import OnFold, Problem, cross_predict
from emendata.records import FloatArray

__all__ = ["ShrunkDiscriminant"]


class ShrunkDiscriminant:
    """One gaussian a class with a shared, shrunk covariance (Ledoit and Wolf, 2004), on the dense features.

    Class means hardly move when a few labels are wrong, which makes it the steadiest of the family.
    """

    name = "shrunk_discriminant"
    title = "Shrunk discriminant"

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the dense features."""
        from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

        make = partial(LinearDiscriminantAnalysis, solver="lsqr", shrinkage="auto")
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", "Only one sample available"
            )  # a class of one row: no covariance
            return cross_predict(problem, make, problem.dense, on_fold)
