"""A regressor that finds wrong values in what it is fitted to, and learns without them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.base import MetaEstimatorMixin, RegressorMixin
from sklearn.ensemble import RandomForestRegressor
from sklearn.utils import _safe_indexing, check_array
from sklearn.utils.validation import _check_y

from emendata.estimators.cleaning import Array, Cleaning, issue_table
from emendata.estimators.folds import Fold
from emendata.kernels.residuals import local_spread
from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["CleanRegressor"]


class CleanRegressor(RegressorMixin, MetaEstimatorMixin, Cleaning):  # type: ignore[misc] # scikit-learn has no types
    """Predict numbers with an estimator of your choice, fitted to data of which wrong values were cleaned.

    ``fit`` predicts every row by cross-validation from the others. A value is probably wrong where it lies ``cut``
    times as far from its prediction as is usual among rows with similar predictions, by a spread that wrong values
    hardly move. Where there are such values, all rows are predicted again by models that did not learn from them, and
    judged by that: one value that is far off moves a least-squares fit, and so the predictions of right ones.

    Parameters
    ----------
    estimator : regressor, optional
        Anything with ``fit`` and ``predict``, such as a Pipeline; by default a random forest.
    how : {"prune", "relabel", "reweight"}
        Leave out the rows with a probably wrong value; give them the predicted value; or let each row count the less
        the farther it lies from its prediction.
    cut : float
        How many spreads away a value is probably wrong.
    cv : int or splitter
        Folds to predict rows from others; each row must be in exactly one test fold.
    random_state : int or RandomState, optional
        For the folds, and for the random forest.

    Attributes
    ----------
    label_issues_ : pyarrow.Table
        One line for each probably wrong value, worst first: ``row``, ``given``, ``suggested`` (what a model without
        these rows predicts), ``score`` (low = bad) and ``action`` (``"pruned"``, ``"relabelled"`` or ``"weighed"``).
    label_scores_ : float32 array of shape (n,)
        How well each value fits, 0.5 at the cut: low means bad.
    estimator_ : regressor
        Fitted to the cleaned data.

    Notes
    -----
    Fits the estimator twice a fold and once more, twice if values are not pruned; once a fold where nothing is wrong.

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.linear_model import LinearRegression
    >>> rng = np.random.default_rng(1)
    >>> X = rng.normal(size=(200, 2))
    >>> y = X @ [1.0, 2.0] + 0.1 * rng.normal(size=200)
    >>> y[7] = 30.0
    >>> model = CleanRegressor(LinearRegression(), random_state=0).fit(X, y)
    >>> model.label_issues_["row"].to_pylist()
    [7]
    >>> model.estimator_.coef_.round(1).tolist()
    [1.0, 2.0]
    """

    _default = RandomForestRegressor

    def __init__(
        self,
        estimator: Any = None,
        *,
        how: str = "prune",
        cut: float = 4.0,
        cv: Any = 5,
        random_state: Any = None,
    ) -> None:
        self.estimator = estimator
        self.how = how
        self.cut = cut
        self.cv = cv
        self.random_state = random_state

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> "CleanRegressor":
        """Find wrong values and fit the estimator to what is left.

        Parameters
        ----------
        X : array, sparse matrix or data frame of shape (n, d)
            Whatever the estimator takes.
        y : array of shape (n,)
        sample_weight : array of shape (n,), optional
            Passed on to the estimator, or to the last step of a Pipeline, which must take it.
        groups : array of shape (n,), optional
            Rows of one group are never predicted from each other.

        Raises
        ------
        InputError
            If an option cannot be used.
        """
        X, y, weights = self._opened(X, y, sample_weight)
        y = _check_y(y, y_numeric=True, estimator=self)
        folds = list(self._folds(X, y, groups, classes=False))
        away = self._away(X, y, weights, folds)
        if (away > self.cut).any():
            away = self._away(
                X, y, weights, [(_without(learn, away > self.cut), test) for learn, test in folds]
            )
        self.label_scores_ = (1 / (1 + (away / self.cut) ** 2)).astype(np.float32)
        flagged = away > self.cut
        rows, kept = np.flatnonzero(flagged), np.flatnonzero(~flagged)
        self.estimator_ = self._fitted_to(X, y, weights, kept)
        suggested = _predicted(self.estimator_, X, rows) if len(rows) else y[rows]
        if self.how == "relabel":
            right = y.astype(np.float64)
            right[rows] = suggested
            self.estimator_ = self._fitted_to(X, right, weights, np.arange(len(y)))
        elif self.how == "reweight":
            near = np.minimum(1.0, self.cut / np.maximum(2 * away, 1e-12))
            weights = near if weights is None else near * weights
            self.estimator_ = self._fitted_to(X, y, weights, np.arange(len(y)))
        self._remember()
        action = {"prune": "pruned", "relabel": "relabelled", "reweight": "weighed"}[self.how]
        self.label_issues_ = issue_table(
            row=rows,
            given=y[rows],
            suggested=suggested,
            score=self.label_scores_[rows],
            action=np.full(len(rows), action),
        )
        return self

    def _away(self, X: Any, y: Array, weights: FloatArray | None, folds: Sequence[Fold]) -> FloatArray:
        """Return how far each value lies from its prediction by a model that did not see it, in usual distances."""
        predicted = np.zeros(len(y))
        for learn, test in folds:
            model = self._fitted_to(X, y, weights, learn)
            predicted[test] = _predicted(model, X, test)
        away: FloatArray = np.abs(y - predicted) / local_spread(predicted, y - predicted)
        return away


def _predicted(model: Any, X: Any, rows: IntArray) -> Array:
    """Return what a model predicts, as one number a row; networks predict columns."""
    flat: Array = check_array(model.predict(_safe_indexing(X, rows)), ensure_2d=False).reshape(-1)
    return flat


def _without(rows: IntArray, wrong: BoolArray) -> IntArray:
    """Leave out the rows with a wrong value, unless these are all."""
    right: IntArray = rows[~wrong[rows]]
    return right if len(right) else rows
