"""A model that somebody brings, as one of the family."""

import copy
import hashlib
import inspect
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

from emendata.errors import InputError
from emendata.models.predictor import OnFold, Problem, are_words, cross_predict
from emendata.records import Float32Array, FloatArray, IntArray

__all__ = ["KEPT", "KeptModel", "OwnModel", "recorded"]

KEPT = "kept:"
"""How the words begin by which a project knows a model."""

Matrix: TypeAlias = Float32Array | csr_matrix


def recorded(model: "OwnModel | KeptModel") -> str | None:
    """Return the words by which a project knows a model; None if nobody can tell when it changes."""
    return None if model.identity is None else f"{KEPT}{model.identity}:{model.title}"


class OwnModel:
    """Somebody's classifier, cross-validated on the wide features in the same folds as ours.

    Parameters
    ----------
    model : object with ``fit`` and ``predict_proba``, or callable
        As scikit-learn has them, never fitted itself but copied for each fold; or a function that is called as
        ``model(train, labels, test)`` with features of shape (n_train, d), class numbers of shape (n_train,) and
        features of shape (n_test, d), and returns probabilities of shape (n_test, n_classes).
    number : int
        Which of several of the same title it is, from 1.

    Raises
    ------
    InputError
        If it is neither.

    Examples
    --------
    >>> from sklearn.tree import DecisionTreeClassifier
    >>> OwnModel(DecisionTreeClassifier()).title
    'DecisionTreeClassifier'
    """

    def __init__(self, model: Any, number: int = 1) -> None:
        is_class = inspect.isclass(model)
        if is_class or not (callable(model) or _can_fit(model)):
            way_out = (
                f"Give an instance: {model.__name__}()."
                if is_class
                else "Give an object with fit and predict_proba, or a function of training features, labels and "
                "test features."
            )
            raise InputError(f"{model!r:.80} is no model. {way_out}")
        self._model = model
        name = type(model).__name__ if _can_fit(model) else getattr(model, "__name__", "")
        title = name if name.isidentifier() else "Your function"
        self.title = title if number == 1 else f"{title} {number}"
        self.name = f"own {self.title}"

    @property
    def identity(self) -> str | None:
        """What predictions are kept under: a hash of parameters and code; None if nobody can tell when they change."""
        if not hasattr(self._model, "get_params"):
            return None
        parts = [*_descriptions(self._model)]
        if any(part is None for part in parts):
            return None
        return hashlib.blake2b("\n".join(map(str, parts)).encode(), digest_size=16).hexdigest()

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem: somebody wants it."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Cross-validate on the wide features."""
        make = partial(_Called, self._model, problem.n_classes) if not _can_fit(self._model) else self._copy
        wide = problem.wide
        if isinstance(wide, csr_matrix) and not are_words(problem):
            wide = wide.toarray()  # which few models know what to do with
        return cross_predict(problem, make, wide, on_fold)

    def _copy(self) -> Any:
        if not hasattr(self._model, "get_params"):
            return copy.deepcopy(self._model)
        from sklearn.base import clone

        return clone(self._model)


class KeptModel:
    """What stands for somebody's model in a project that is opened again: it runs no code, and knows what was kept."""

    def __init__(self, words: str) -> None:
        _, identity, self.title = (*words.split(":", 2), "", "")[:3]
        self.identity: str | None = identity
        self.name = f"own {self.title}"

    def suits(self, problem: Problem) -> str | None:
        """Fit for every problem."""
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        """Refuse: only predictions that are kept can be had.

        Raises
        ------
        InputError
            Always.
        """
        raise InputError(
            f"Labels were judged by the model {self.title!r}, and not all of its predictions are kept. A project runs "
            "no code: audit the data again as before."
        )


class _Called:
    """A function of training and test rows with the face of a classifier."""

    def __init__(self, function: Callable[[Matrix, IntArray, Matrix], Any], n_classes: int) -> None:
        self._function = function
        self.classes_ = np.arange(n_classes)

    def fit(self, features: Matrix, labels: IntArray) -> "_Called":
        self._train = features, labels
        return self

    def predict_proba(self, features: Matrix) -> FloatArray:
        found = np.asarray(self._function(*self._train, features), dtype=np.float64)
        expected = (int(features.shape[0]), len(self.classes_))
        if found.shape != expected:
            raise InputError(
                f"Your function returned shape {found.shape}. Return probabilities of shape {expected}: a row for each "
                "test row, a column for each class."
            )
        return found


def _can_fit(model: Any) -> bool:
    return hasattr(model, "fit") and hasattr(model, "predict_proba")


def _descriptions(model: Any) -> Iterator[str | None]:
    """Yield a model's class, its code and its parameters, and those of the models in it; None where one is unknown."""
    for part in (model, *model.get_params(deep=True).values()):
        if hasattr(part, "get_params"):
            yield f"{type(part).__module__}.{type(part).__qualname__}"
            try:
                yield inspect.getsource(type(part))
            except (OSError, TypeError):  # made where no file is, such as a notebook's cell or C
                yield None
    for name, value in sorted(model.get_params(deep=True).items()):
        yield f"{name}={value!r}" if hasattr(value, "get_params") or _is_plain(value) else None


def _is_plain(value: Any) -> bool:
    """Tell whether the words for a value say all of it: a function or a network has a name, and code that changes."""
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
    return (
        value is None
        or isinstance(value, bool | int | float | str | np.generic)
        or hasattr(value, "get_params")
    )
