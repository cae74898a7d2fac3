"""What both estimators share: predicting out of sample, and fitting again to what is left."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sklearn.base import BaseEstimator, clone
from sklearn.model_selection import check_cv
from sklearn.utils import _safe_indexing, check_random_state, get_tags, indexable
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import _check_sample_weight, _num_samples, check_is_fitted

from emendata.errors import InputError
from emendata.estimators.folds import Folds, folds_of, numbered_folds
from emendata.estimators.weights import learner_of, weights_argument
from emendata.kernels.folds import grouped_folds, stratified_folds
from emendata.records import FloatArray

__all__ = ["Array", "Cleaning", "delegated", "issue_table"]

_HOW = ("prune", "relabel", "reweight")

Array = npt.NDArray[Any]
Method = TypeVar("Method", bound=Callable[..., Any])


def delegated(method: str) -> Callable[[Method], Method]:
    """Return the decorator for a method that is there if the wrapped estimator has it."""

    def has_it(self: Any) -> bool:
        return hasattr(getattr(self, "estimator_", None) or self._wrapped(), method)

    decorator: Callable[[Method], Method] = available_if(has_it)
    return decorator


def issue_table(**columns: Any) -> pa.Table:
    """Return a table of label issues, the worst first."""
    order = np.argsort(columns["score"], kind="stable")
    return pa.table({name: np.asarray(values)[order] for name, values in columns.items()})


class Cleaning(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """The part of an estimator that does not depend on what is predicted."""

    _default: Callable[..., Any]
    estimator: Any
    cv: Any
    how: str
    random_state: Any

    def predict(self, X: Any) -> Array:
        """Predict with the estimator that was fitted to the cleaned data."""
        check_is_fitted(self, "estimator_")
        predicted: Array = self.estimator_.predict(X)
        return predicted

    def _wrapped(self) -> Any:
        if self.estimator is not None:
            return self.estimator
        return type(self)._default(random_state=self.random_state)

    def _opened(self, X: Any, y: Any, sample_weight: Any) -> tuple[Any, Any, FloatArray | None]:
        """Return the input in a form that can be taken apart by rows, or refuse it."""
        if y is None:
            raise InputError(f"{type(self).__name__} requires y to be passed, but the target y is None.")
        self._check_how(has_weights=sample_weight is not None)
        X, y = indexable(X, y)
        self._check_size(X)
        weights = None if sample_weight is None else _check_sample_weight(sample_weight, X, dtype=np.float64)
        return X, y, weights

    def _folds(self, X: Any, y: Array, groups: Any, *, classes: bool) -> Folds:
        """Yield rows to learn from and rows to predict; those of a group are predicted from others."""
        if not isinstance(self.cv, int):
            return folds_of(check_cv(self.cv, y, classifier=classes), X, y, groups)
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        codes = y if classes else np.zeros(len(y), dtype=np.int64)
        if groups is None:
            return numbered_folds(stratified_folds(codes, np.arange(len(y)), self.cv, seed))
        numbers = np.unique(np.asarray(groups), return_inverse=True)[1]
        return numbered_folds(grouped_folds(codes, numbers, self.cv, seed))

    def _fitted_to(self, X: Any, y: Array, weights: Array | None, rows: Array) -> Any:
        """Return a clone of the estimator that is fitted to some of the rows, with weights where there are any."""
        model = clone(self._wrapped())
        if weights is None:
            return model.fit(_safe_indexing(X, rows), y[rows])
        name = weights_argument(model)
        assert name is not None  # it was checked
        return model.fit(_safe_indexing(X, rows), y[rows], **{name: weights[rows]})

    def _check_how(self, *, has_weights: bool) -> None:
        if self.how not in _HOW:
            raise InputError(f"how is {self.how!r}. Give one of {', '.join(map(repr, _HOW))}.")
        needs_weights = self.how == "reweight" or has_weights
        if needs_weights and weights_argument(self._wrapped()) is None:
            what = "how='reweight'" if self.how == "reweight" else "sample_weight"
            learner = learner_of(self._wrapped())
            place = "" if learner is self._wrapped() else ", the last step of the Pipeline,"
            name = learner if isinstance(learner, str) else type(learner).__name__
            raise InputError(
                f"{name}{place} takes no sample_weight, which {what} needs. Use how='prune' without weights, or "
                "another estimator."
            )

    def _check_size(self, X: Any) -> None:
        n, n_folds = _num_samples(X), self.cv if isinstance(self.cv, int) else 2
        if n < n_folds:
            counted = "There is 1 sample" if n == 1 else f"There are {n} samples"
            raise InputError(
                f"{counted}, and {n_folds} folds take as many at least. Give more rows or a smaller cv."
            )

    def _remember(self) -> None:
        """Take over what the fitted estimator knows of the columns."""
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(self.estimator_, name):
                setattr(self, name, getattr(self.estimator_, name))

    def __sklearn_tags__(self) -> Any:
        """Say of the input what the wrapped estimator says of it."""
        tags = super().__sklearn_tags__()
        try:
            inner = get_tags(self._wrapped())
        except (TypeError, ValueError, AttributeError):  # it is none of scikit-learn's kind
            return tags
        tags.input_tags.sparse = inner.input_tags.sparse
        tags.input_tags.allow_nan = inner.input_tags.allow_nan
        tags.input_tags.categorical = inner.input_tags.categorical
        tags.input_tags.string = inner.input_tags.string
        return tags
