"""What the models are asked: a dataset's features and labels, and which rows are predicted together."""

from dataclasses import dataclass

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

__all__ = ["Folding", "arranged_key", "folding_for", "make_problem"]

_NARROW = 16  # dimensions a column; beyond, boosting costs more than it adds
_ROLES = (Role.GROUP, Role.TIME, Role.WEIGHT)
_REAL_COPY = 0.01  # accidental twins up to which equal rows are copies
_LARGEST_FOLD = 0.5  # part of the rows from which on inferred groups leave too few to learn from
_LEARNED = 0.9  # part of the rows whose class must be found in other folds, for inferred groups


@dataclass(frozen=True)
class Folding:
    """Which rows are predicted together, in each of the repeats.

    Models may not use any label of a row's own fold where it ``is_apart``. ``notes`` say to people what was done.
    """

    rounds: tuple[IntArray, ...]
    is_apart: bool
    notes: tuple[str, ...] = ()


def make_problem(
    dataset: Dataset,
    features: FeatureTable,
    neighbors: Neighbors,
    labels: Labels,
    folding: Folding,
    effort: Effort,
    seed: int,
) -> Problem:
    """Return the problem of predicting the labels out of sample, in the first of the repeats."""
    return Problem(
        dense=np.asarray(features.dense),
        narrow=features.narrow(_NARROW),
        wide=features.wide,
        labels=labels.codes,
        n_classes=len(labels.classes),
        folds=folding.rounds[0],
        neighbors=neighbors.rows,
        distances=neighbors.distances,
        seed=seed,
        patience=effort.patience,
        n_trees=effort.n_trees,
        weights=dataset.arrangement.weights,
        is_apart=folding.is_apart,
    )


def folding_for(dataset: Dataset, labels: Labels, content: Content, effort: Effort, seed: int) -> Folding:
    """Assign rows to folds: copies of a row to one, or whole groups, and what came at about the same time.

    Groups that were inferred are let go where they leave too little to learn from.

    Raises
    ------
    InputError
        If the columns that a person named leave nothing to predict a row from.
    """
    seeds = range(seed, seed + effort.n_repeats)
    apart = _apart(dataset, labels, content, effort.n_folds, seeds)
    if apart is not None:
        return apart
    rounds = tuple(stratified_folds(labels.codes, content.keys, effort.n_folds, one) for one in seeds)
    names = dataset.names(Role.GROUP)
    let_go = [
        f"Rows with the same value of {name!r} were not kept together: too little is left." for name in names
    ]
    return Folding(rounds, False, tuple(let_go))


def _apart(dataset: Dataset, labels: Labels, content: Content, n_folds: int, seeds: range) -> Folding | None:
    """Return folds that keep groups and times apart, None where nothing asks for it or guesses do not work out."""
    arrangement = dataset.arrangement
    if not arrangement.is_apart:
        return None
    groups = joined_keys(arrangement.groups) if arrangement.groups else _copies(content)
    if arrangement.times is not None:
        rounds = [timed_folds(arrangement.times, groups, n_folds)]
    else:
        rounds = [grouped_folds(labels.codes, groups, n_folds, seed) for seed in seeds]
    learned = _learned(rounds[0], labels)
    if arrangement.is_guessed and arrangement.times is None:
        largest = np.bincount(rounds[0]).max() / len(groups)
        if largest > _LARGEST_FOLD or learned.mean() < _LEARNED:
            return None
    if not rounds[0].any():
        raise InputError(_nothing_apart(dataset))
    lost = [name for code, name in enumerate(labels.classes) if not learned[labels.codes == code].all()]
    notes = [
        *(f"Rows with the same value of '{name}' were predicted together, from rows with other values."
          for name in dataset.names(Role.GROUP)),
        *(f"Each row was predicted from rows of other times, by '{name}'." for name in dataset.names(Role.TIME)),
    ]  # fmt: skip
    if lost:
        shown = ", ".join(map(repr, lost[:5])) + (" and others" if len(lost) > 5 else "")
        notes.append(f"All rows of {shown} belong together, so no model could learn that class from others.")
    return Folding(tuple(rounds), True, tuple(notes))


def _copies(content: Content) -> IntArray:
    """Return equal numbers for rows that are copies of one another, not equal by accident."""
    alone = np.arange(len(content.keys)) + int(content.keys.max(initial=0)) + 1
    return np.where(content.chance <= _REAL_COPY, content.keys, alone)


def _learned(folds: IntArray, labels: Labels) -> np.ndarray:
    """Say of each row whether its class is found in another fold; rows without a label count as such."""
    n_folds, n_classes = int(folds.max()) + 1, len(labels.classes)
    known = labels.codes >= 0
    counts = np.zeros((n_folds, n_classes), dtype=np.int64)
    np.add.at(counts, (folds[known], labels.codes[known]), 1)
    others = counts.sum(axis=0) - counts
    return np.where(known, others[folds, np.maximum(labels.codes, 0)] > 0, True)


def _nothing_apart(dataset: Dataset) -> str:
    times = dataset.arrangement.times
    names = dataset.names(Role.GROUP)
    if times is not None and len(np.unique(times[~np.isnan(times)])) < 2:
        names = dataset.names(Role.TIME)
    return (
        f"By {' and '.join(map(repr, names))} all rows belong together, so none can be predicted from others. "
        f"Say --role {names[0]}=ignore."
    )


def arranged_key(dataset: Dataset) -> Json:
    """Return what folds and weights depend on beside labels and features."""
    return [
        (column.name, column.role.value, column.reason, dataset.content[column.name])
        for column in dataset.columns
        if column.role in _ROLES
    ]
