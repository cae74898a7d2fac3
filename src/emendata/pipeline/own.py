"""What people bring to an audit: their predictions, features or models take the place of ours."""

import hashlib
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from emendata.checks.inputs import Labels
from emendata.data import Dataset
from emendata.data.number_matrix import read_matrix
from emendata.errors import InputError
from emendata.models.own import KEPT, KeptModel, OwnModel, recorded
from emendata.own_code import named_object
from emendata.pipeline.columns import labels_of
from emendata.pipeline.own_predictions import probability_tables, read_predictions
from emendata.records import Float32Array, FloatArray, IntArray, Json

__all__ = ["Own", "places_of", "read_own"]


@dataclass(frozen=True, eq=False)
class Own:
    """What a person brings, read and found to fit the dataset; empty where ours is wanted.

    Parameters
    ----------
    features : float32 array of shape (n, d), optional
    pred_probs : tuple of float64 array of shape (n, k)
        By model.
    labels : Labels, optional
        The labels in the order of the predictions' classes.
    predictors : tuple of OwnModel or KeptModel
    """

    features: Float32Array | None = None
    pred_probs: tuple[FloatArray, ...] = ()
    labels: Labels | None = None
    predictors: tuple[OwnModel | KeptModel, ...] = ()

    def take(self, rows: IntArray) -> "Own":
        """Return what belongs to some of the rows."""
        return Own(
            None if self.features is None else self.features[rows],
            tuple(model[rows] for model in self.pred_probs),
            None if self.labels is None else replace(self.labels, codes=self.labels.codes[rows]),
            self.predictors,
        )

    @cached_property
    def features_key(self) -> Json:
        """A hash of the features, None without any."""
        return None if self.features is None else _hash(self.features)

    @cached_property
    def predictions_key(self) -> Json:
        """A hash of the predictions, or the identities of the models; None without either."""
        if self.pred_probs:
            assert self.labels is not None
            return [*map(_hash, self.pred_probs), *self.labels.classes]
        return [predictor.identity for predictor in self.predictors] or None

    @property
    def is_lasting(self) -> bool:
        """Whether predictions may be kept: not those of models of which nobody can tell when they change."""
        return all(predictor.identity is not None for predictor in self.predictors)


def read_own(dataset: Dataset, pred_probs: Any = None, features: Any = None, model: Any = None) -> Own:
    """Read what was given for an audit; predictions and models may be one or a list of them.

    Columns of the dataset with the role probability are predictions, where neither these nor a model are given.

    Raises
    ------
    InputError
        If both predictions and a model are given, or one of them does not fit the dataset.
    """
    if pred_probs is not None and model is not None:
        raise InputError("Both pred_probs and a model are given. Give one of them.")
    models = model if isinstance(model, list | tuple) else [] if model is None else [model]
    predictors = _predictors(models)
    labels = labels_of(dataset)
    if labels is None and (pred_probs is not None or predictors):
        what = "pred_probs are" if pred_probs is not None else "A model is"
        raise InputError(f"{what} given and no label column is named. Name it with --label.")
    matrix = None if features is None else read_matrix(features, dataset.n_rows, "features")
    given = _several(pred_probs)
    if labels is not None and not given and not predictors:
        given = probability_tables(dataset, labels)
    if labels is None or not given:
        return Own(matrix, predictors=predictors)
    labels, read = read_predictions(given, labels)
    return Own(matrix, tuple(read), labels)


def _predictors(models: Sequence[Any]) -> tuple[OwnModel | KeptModel, ...]:
    """Return the models, those of one title numbered."""
    seen: Counter[str] = Counter()
    predictors: list[OwnModel | KeptModel] = []
    for given in models:
        if isinstance(given, str) and given.startswith(KEPT):
            predictors.append(KeptModel(given))
            continue
        model = named_object(given, "model") if isinstance(given, str) else given
        title = OwnModel(model).title
        seen[title] += 1
        predictors.append(OwnModel(model, seen[title]))
    return tuple(predictors)


def places_of(own: Own, pred_probs: Any = None, features: Any = None) -> Mapping[str, Json] | None:
    """Return where all that was given can be had again, as JSON; None if a part of it is in memory alone.

    Of a model, which a project must not run, there are its kept predictions.
    """
    models = [recorded(predictor) for predictor in own.predictors]
    paths = [*_several(pred_probs), *([] if features is None else [features])]
    if not all(isinstance(path, str | os.PathLike) for path in paths):
        return None
    if None in models:
        return None
    return {
        "pred_probs": [_absolute(path) for path in _several(pred_probs)] or None,
        "features": None if features is None else _absolute(features),
        "model": models or None,
    }


def _several(pred_probs: Any) -> Sequence[Any]:
    """Return predictions by model: a list of paths or of matrices is several, one of numbers is a matrix."""
    if pred_probs is None:
        return []
    if isinstance(pred_probs, list | tuple) and pred_probs:
        first = pred_probs[0]
        if isinstance(first, str | os.PathLike) or len(getattr(first, "shape", ())) == 2:
            return pred_probs
    if len(getattr(pred_probs, "shape", ())) == 3:
        return list(pred_probs)
    return [pred_probs]


def _absolute(path: str | os.PathLike[str]) -> str:
    return str(Path(path).resolve())


def _hash(array: np.ndarray[Any, Any]) -> str:
    digest = hashlib.blake2b(str((array.shape, array.dtype.str)).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
