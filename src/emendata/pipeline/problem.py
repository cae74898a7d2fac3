"""What the models are asked: a dataset's features and labels, and which rows are predicted together."""

import numpy as np

from emendata.checks.inputs import Content, Labels, Neighbors
from emendata.data import Dataset
from emendata.errors import InputError
from emendata.features import FeatureTable
from emendata.kernels.folds import grouped_folds, stratified_folds, timed_folds
from emendata.kernels.groups import joined_keys
from emendata.models import Problem
from emendata.pipeline.effort import Effort
from emendata.records import IntArray, Json, Role

__all__ = ["arranged_key", "folds_for", "make_problem"]

_NARROW = 16  # dimensions a column; beyond, boosting costs more than it adds
_ROLES = (Role.GROUP, Role.TIME, Role.WEIGHT)


def make_problem(
    dataset: Dataset,
    features: FeatureTable,
    neighbors: Neighbors,
    labels: Labels,
    folds: IntArray,
    effort: Effort,
    seed: int,
) -> Problem:
    """Return the problem of predicting the labels out of sample."""
    return Problem(
        dense=np.asarray(features.dense),
        narrow=features.narrow(_NARROW),
        wide=features.wide,
        labels=labels.codes,
        n_classes=len(labels.classes),
        folds=folds,
        neighbors=neighbors.rows,
        distances=neighbors.distances,
        seed=seed,
        patience=effort.patience,
        n_trees=effort.n_trees,
        weights=dataset.arrangement.weights,
        is_apart=dataset.arrangement.is_apart,
    )


def folds_for(dataset: Dataset, labels: IntArray, content: Content, n_folds: int, seed: int) -> IntArray:
    """Assign rows to folds: copies of a row to one, and so whole groups, and what came at about the same time.

    Raises
    ------
    InputError
        If the columns of groups leave nothing to predict a row from.
    """
    arrangement = dataset.arrangement
    if not arrangement.is_apart:
        return stratified_folds(labels, content.keys, n_folds, seed)
    groups = joined_keys([content.keys, *arrangement.groups])
    if arrangement.times is not None:
        folds = timed_folds(arrangement.times, groups, n_folds)
    else:
        folds = grouped_folds(labels, groups, n_folds, seed)
    if not folds.any():
        names = [*dataset.names(Role.GROUP), *dataset.names(Role.TIME)]
        raise InputError(
            f"By {' and '.join(map(repr, names))} all rows belong together, so none can be predicted from others. "
            f"Say --role {names[0]}=ignore."
        )
    return folds


def arranged_key(dataset: Dataset) -> Json:
    """Return what folds and weights depend on beside labels and features."""
    return [
        (column.name, column.role.value, dataset.content[column.name])
        for column in dataset.columns
        if column.role in _ROLES
    ]
