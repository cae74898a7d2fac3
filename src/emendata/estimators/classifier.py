"""A classifier that finds wrong labels in what it is fitted to, and learns without them."""

from typing import Any

import numpy as np
from sklearn.base import ClassifierMixin, MetaEstimatorMixin
from sklearn.ensemble import RandomForestClassifier
from sklearn.utils import _safe_indexing, column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from emendata.errors import InputError
from emendata.estimators.cleaning import Array, Cleaning, delegated, issue_table
from emendata.kernels.label_scores import best_others
from emendata.records import BoolArray, FloatArray
from emendata.tasks.classification import find_label_issues, score_labels

__all__ = ["CleanClassifier"]

_FEWEST = 2  # rows of a class that every kind of cleaning leaves
_LEAST_WEIGHT = 1e-6


class CleanClassifier(ClassifierMixin, MetaEstimatorMixin, Cleaning):  # type: ignore[misc] # scikit-learn has no types
    """Classify with an estimator of your choice, fitted to data of which wrong labels were cleaned.

    ``fit`` predicts every row by cross-validation from the others, finds the labels that are probably wrong, and fits
    the estimator again: without these rows, with their suggested labels, or with weights.

    Parameters
    ----------
    estimator : classifier, optional
        Anything with ``fit`` and ``predict_proba``, such as a Pipeline; by default a random forest.
    how : {"prune", "relabel", "reweight"}
        Leave out the rows with a probably wrong label; give them the suggested label where it is at least
        ``min_probability`` probable, and leave out the others; or weigh each row by how probably its label is right.
    min_odds : float
        How many times as probable as the given class another must be for a label to be called wrong.
    min_probability : float in [0, 1]
        Only for ``how="relabel"``.
    cv : int or splitter
        Folds to predict rows from others; each row must be in exactly one test fold.
    random_state : int or RandomState, optional
        For the folds, and for the random forest.

    Attributes
    ----------
    label_issues_ : pyarrow.Table
        One line for each probably wrong label, worst first: ``row``, ``given``, ``suggested``, ``score`` (low = bad),
        ``probability`` (of the suggested class) and ``action``: ``"pruned"``, ``"relabelled"``, ``"weighed"``, or
        ``"kept"`` where nothing would be left of its class.
    label_scores_ : float32 array of shape (n,)
        How well each given label fits: low means bad.
    estimator_ : classifier
        Fitted to the cleaned data.
    classes_ : array of shape (n_classes,)

    Notes
    -----
    Fits the estimator once a fold and once more. Labels are scored, and as many are called wrong, as
    `emendata.find_label_issues` says, but for those that are nearly as probable as another: these are hard rows, and
    hard rows teach most.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.linear_model import LogisticRegression
    >>> X, y = load_iris(return_X_y=True)
    >>> y[[3, 60]] = 2
    >>> model = CleanClassifier(LogisticRegression(max_iter=1000)).fit(X, y)
    >>> sorted(model.label_issues_["row"].to_pylist())[:2]
    [3, 60]
    >>> model.predict(X[[3, 60]]).tolist()
    [0, 1]
    """

    _default = RandomForestClassifier

    def __init__(
        self,
        estimator: Any = None,
        *,
        how: str = "prune",
        min_odds: float = 2.0,
        min_probability: float = 0.9,
        cv: Any = 5,
        random_state: Any = None,
    ) -> None:
        self.estimator = estimator
        self.how = how
        self.min_odds = min_odds
        self.min_probability = min_probability
        self.cv = cv
        self.random_state = random_state

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> "CleanClassifier":
        """Find wrong labels and fit the estimator to what is left.

        Parameters
        ----------
        X : array, sparse matrix or data frame of shape (n, d)
            Whatever the estimator takes.
        y : array of shape (n,)
        sample_weight : array of shape (n,), optional
            Passed on to the estimator, or to the last step of a Pipeline, which must take it. Rows of weight 0 teach
            nothing and are scored all the same.
        groups : array of shape (n,), optional
            Rows of one group are never predicted from each other.

        Raises
        ------
        InputError
            If the estimator has no ``predict_proba``, or an option cannot be used.
        """
        X, y, weights = self._opened(X, y, sample_weight)
        y = column_or_1d(y, warn=True)
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        probs = self._out_of_sample(X, codes, weights, groups)
        self.label_scores_ = score_labels(codes, probs)
        suggested, own, probability = best_others(codes, probs)
        wrong = (probability >= self.min_odds * own) & (len(self.classes_) > 1)
        if wrong.any():
            wrong &= find_label_issues(codes, probs)
        learned, action = codes.copy(), np.full(len(codes), "kept", dtype=object)
        if self.how == "reweight":
            action[wrong] = "weighed"
            right = np.maximum(self.label_scores_.astype(np.float64), _LEAST_WEIGHT)
            weights = right if weights is None else right * weights
        else:
            sure = wrong & (self.how == "relabel") & (probability >= self.min_probability)
            learned[sure] = suggested[sure]
            action[sure] = "relabelled"
            action[self._left_out(codes, wrong & ~sure)] = "pruned"
        self.estimator_ = self._fitted_to(
            X, self.classes_[learned], weights, np.flatnonzero(action != "pruned")
        )
        self._remember()
        rows = np.flatnonzero(wrong)
        self.label_issues_ = issue_table(
            row=rows,
            given=self.classes_[codes[rows]],
            suggested=self.classes_[suggested[rows]],
            score=self.label_scores_[rows],
            probability=probability[rows],
            action=action[rows].astype(str),
        )
        return self

    @delegated("predict_proba")
    def predict_proba(self, X: Any) -> Array:
        """Predict the probability of each class, in the order of ``classes_``."""
        check_is_fitted(self, "estimator_")
        found: Array = self._on_all_classes(self.estimator_, X)
        return found

    @delegated("decision_function")
    def decision_function(self, X: Any) -> Array:
        """Return what the estimator says before it decides."""
        check_is_fitted(self, "estimator_")
        found: Array = self.estimator_.decision_function(X)
        return found

    def _out_of_sample(self, X: Any, codes: Array, weights: FloatArray | None, groups: Any) -> FloatArray:
        """Return probabilities (n, k) of every row, from models that did not see it."""
        probs = np.zeros((len(codes), len(self.classes_)))
        for learn, test in self._folds(X, codes, groups, classes=True):
            model = self._fitted_to(X, self.classes_[codes], weights, learn)
            probs[test] = self._on_all_classes(model, _safe_indexing(X, test))
        return probs

    def _on_all_classes(self, model: Any, X: Any) -> FloatArray:
        """Return a model's probabilities with a column for each class, also for those that it never saw."""
        if not hasattr(model, "predict_proba"):
            raise InputError(
                f"{type(self._wrapped()).__name__} has no predict_proba, by which wrong labels are found. Wrap it in "
                "CalibratedClassifierCV, or use an estimator that has one."
            )
        found = np.asarray(model.predict_proba(X), dtype=np.float64)
        known = getattr(model, "classes_", self.classes_)
        if len(known) == len(self.classes_):
            return found
        probs = np.zeros((len(found), len(self.classes_)))
        probs[:, np.searchsorted(self.classes_, known)] = found
        return probs

    def _left_out(self, codes: Array, wanted: BoolArray) -> BoolArray:
        """Return which rows go; of a class that would be gone the ones of best score stay."""
        left_out = wanted.copy()
        for code in range(len(self.classes_)):
            members = np.flatnonzero(codes == code)
            n_missing = min(_FEWEST, len(members)) - int((~left_out[members]).sum())
            if n_missing > 0:
                going = members[left_out[members]]
                best = going[np.argsort(-self.label_scores_[going], kind="stable")[:n_missing]]
                left_out[best] = False
        return left_out
