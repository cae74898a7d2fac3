"""The names under which inputs are kept: hashes of everything that they depend on."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from emendata.data import Dataset
from emendata.features import ImageTraits, SoundTraits, feature_columns
from emendata.pipeline.cells import cell_columns
from emendata.pipeline.columns import CATEGORY_ROLES, label_is_named
from emendata.pipeline.edition import EDITION
from emendata.pipeline.effort import Effort
from emendata.pipeline.own import Own
from emendata.pipeline.problem import arranged_key
from emendata.records import Json, Metric, Role
from emendata.store import fingerprint

__all__ = ["input_key"]


def input_key(
    need: str,
    dataset: Dataset,
    own: Own,
    embedders: Callable[[], Sequence[str]],
    seed: int,
    effort: Effort,
    *,
    calibrate: bool = False,
    metric: Metric = Metric.EUCLIDEAN,
) -> str:
    """Return a fingerprint of everything that the named input depends on, without making it.

    Parameters
    ----------
    need : str
        A field of `emendata.checks.inputs.Inputs`.
    dataset : Dataset
    own : Own
        What takes the place of ours.
    embedders : callable
        Gives the names of what embeds items one by one.
    seed : int
    effort : Effort
    calibrate : bool
        Whether probabilities of the true class are wanted.
    metric : Metric
        By which rows are near.
    """
    depends: dict[str, Callable[[], list[Json]]] = {
        "labels": lambda: [_label(dataset, own)],
        "missing": lambda: [_columns(dataset), _label(dataset, own)],
        "content": lambda: [_columns(dataset)],
        "ranks": lambda: [
            _columns(dataset, dataset.table.column_names),
            _label(dataset, own),
            label_is_named(dataset),
        ],
        "texts": lambda: [of_role(Role.TEXT)],
        "languages": lambda: [of_role(Role.TEXT)],
        "splits": lambda: [of_role(Role.SPLIT)],
        "groups": lambda: [of_role(Role.GROUP)],
        "times": lambda: [of_role(Role.TIME)],
        "categories": lambda: [of_role(role) for role in CATEGORY_ROLES],
        "cells": lambda: [_columns(dataset, cell_columns(dataset))],
        "cell_predictions": lambda: [_columns(dataset, cell_columns(dataset)), effort.n_cell_trees, seed],
        "pictures": lambda: [of_role(Role.IMAGE), ImageTraits.name],
        "looks": lambda: [of_role(Role.IMAGE), ImageTraits.name],
        "sounds": lambda: [of_role(Role.AUDIO), SoundTraits.name],
        "prints": lambda: [of_role(Role.AUDIO), SoundTraits.name],
        "unreadable": lambda: [embedded()],
        "features": lambda: [embedded(), seed],
        "neighbors": lambda: [embedded(), seed, metric.value],
        "predictions": lambda: predicted(),
        "true_probs": lambda: [calibrate, *(predicted() if calibrate else [])],
    }

    def predicted() -> list[Json]:
        return [
            embedded(),
            _label(dataset, own),
            arranged_key(dataset),
            own.predictions_key,
            seed,
            metric.value,
            asdict(effort),
        ]

    def of_role(role: Role) -> Json:
        return _columns(dataset, dataset.names(role))

    def embedded() -> Json:
        embedders_or_own = embedders() if own.features is None else [own.features_key]
        return [
            *_columns(dataset),
            *embedders_or_own,
        ]  # of columns, folds and what could be read depend as well

    return fingerprint(need, EDITION, depends[need]())


def _columns(dataset: Dataset, names: Sequence[str] | None = None) -> list[Json]:
    """Name, role and content of columns, by default of those that are features."""
    roles = {column.name: column.role.value for column in dataset.columns}
    chosen = feature_columns(dataset) if names is None else names
    return [(name, roles[name], dataset.content[name]) for name in chosen]


def _label(dataset: Dataset, own: Own) -> Json:
    if dataset.label is None:
        return None
    classes = None if own.labels is None else own.labels.classes
    return dataset.label, dataset.content[dataset.label], dataset.task.value, classes
