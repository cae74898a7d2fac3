"""A model that somebody brings, as one of the family."""

import copy
import hashlib
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib import metadata
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

from emendata.errors import InputError
from emendata.models.predictor import OnFold, Problem, are_words, cross_predict
from emendata.records import Float32Array, FloatArray, IntArray

__all__ = ["KEPT", "KeptModel", "OwnModel", "recorded"]

KEPT = "kept:"
"""How the words begin by which a project knows a model."""

_LOWEST, _OFF = -1e-6, 0.02  # what rounding may leave of zero, and of a sum of one

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
        make = partial(_Called, self._model, problem.n_classes) if not _can_fit(self._model) else self._fitted
        wide = problem.wide
        if isinstance(wide, csr_matrix) and not are_words(problem):
            wide = wide.toarray()  # which few models know what to do with
        return cross_predict(problem, make, wide, on_fold)

    def _fitted(self) -> "_Fitted":
        return _Fitted(self._copy(), self.title)

    def _copy(self) -> Any:
        if not hasattr(self._model, "get_params"):
            return copy.deepcopy(self._model)
        from sklearn.base import clone

        return clone(self._model)


class KeptModel:
    """What stands for somebody's model in a project that is opened again: it runs no code, and knows what was kept."""

    def __init__(self, words: str) -> None:
        _, *parts = words.split(":", 2)
        if len(parts) != 2:
            raise InputError(f"{words!r} is no model that a project kept. Name a model as MODULE:NAME.")
        self.identity: str | None = parts[0]
        self.title = parts[1]
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


class _Fitted:
    """A copy of somebody's classifier; what goes wrong in it is told in a sentence."""

    def __init__(self, model: Any, title: str) -> None:
        self._model = self.wrapped = model
        self._title = title

    def fit(self, features: Matrix, labels: IntArray, **weights: FloatArray) -> "_Fitted":
        with _told(self._title):
            self._model.fit(features, labels, **weights)
            self.classes_ = np.asarray(self._model.classes_).astype(np.int64)
        return self

    def predict_proba(self, features: Matrix) -> FloatArray:
        with _told(self._title):
            found = np.asarray(self._model.predict_proba(features), dtype=np.float64)
        return _sound(found, (int(features.shape[0]), len(self.classes_)), self._title)


class _Called:
    """A function of training and test rows with the face of a classifier."""

    def __init__(self, function: Callable[[Matrix, IntArray, Matrix], Any], n_classes: int) -> None:
        self._function = function
        self.classes_ = np.arange(n_classes)

    def fit(self, features: Matrix, labels: IntArray) -> "_Called":
        self._train = features, labels
        return self

    def predict_proba(self, features: Matrix) -> FloatArray:
        with _told("your function"):
            found = np.asarray(self._function(*self._train, features), dtype=np.float64)
        return _sound(found, (int(features.shape[0]), len(self.classes_)), "your function")


@contextmanager
def _told(title: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise InputError(f"The model {title!r} failed ({type(error).__name__}: {error}). Mend it.") from error


def _sound(found: FloatArray, shape: tuple[int, int], title: str) -> FloatArray:
    """Return probabilities, or refuse what is none."""
    if found.shape != shape:
        raise InputError(
            f"The model {title!r} returned shape {found.shape}. Return probabilities of shape {shape}: a row for each "
            "test row, a column for each class."
        )
    if not np.isfinite(found).all() or found.min(initial=0.0) < _LOWEST:
        raise InputError(
            f"The model {title!r} returned NaN, infinity or negative values. Return probabilities."
        )
    if np.abs(found.sum(axis=1) - 1).max(initial=0.0) > _OFF:
        raise InputError(f"The model {title!r} returned rows that do not sum to one. Return probabilities.")
    return found


def _can_fit(model: Any) -> bool:
    return hasattr(model, "fit") and hasattr(model, "predict_proba")


def _descriptions(model: Any) -> Iterator[str | None]:
    """Yield the classes of a model and of those in it with their versions, and its parameters; None for the unknown."""
    for part in (model, *model.get_params(deep=True).values()):
        if hasattr(part, "get_params"):
            yield from (_description(kind) for kind in type(part).__mro__ if kind is not object)
    for name, value in sorted(model.get_params(deep=True).items()):
        yield f"{name}={value!r}" if hasattr(value, "get_params") or _is_plain(value) else None


def _description(kind: type) -> str | None:
    """Return a class's name with the version of the distribution that it came in; None for one in somebody's own file.

    That may call what is in other files, and nobody can tell when these change.
    """
    package = kind.__module__.partition(".")[0]
    found = _distributions().get(package)
    if package in sys.stdlib_module_names:
        return f"{kind.__module__}.{kind.__qualname__}"
    return f"{kind.__module__}.{kind.__qualname__} {metadata.version(found[0])}" if found else None


@cache
def _distributions() -> Mapping[str, Sequence[str]]:
    return metadata.packages_distributions()


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
