"""Every input of the checks, made once and kept under a key that says from what it was made."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cached_property, partial

import numpy as np

from emendata.checks.inputs import Content, Features, Labels, Neighbors, Predictions
from emendata.data import Dataset
from emendata.errors import NotApplicable
from emendata.features import FeatureTable, embed_dataset, feature_columns
from emendata.kernels.folds import stratified_folds
from emendata.models import Problem
from emendata.pipeline.columns import content_of, labels_of, missing_cells, unseen_rows
from emendata.pipeline.edition import EDITION
from emendata.pipeline.effort import Effort, effort_for
from emendata.pipeline.embedders import EmbedderChoice, choose_embedders
from emendata.pipeline.features import features_from, keep_features
from emendata.pipeline.nearest import nearest_seen_rows
from emendata.pipeline.stack import stack_models
from emendata.pipeline.vectors import kept_vectors
from emendata.records import (
    BoolArray,
    IntArray,
    Json,
    Mode,
    ModelSummary,
    OnProgress,
    no_progress,
)
from emendata.store import Artifact, Shelf, fingerprint

__all__ = ["NEAREST", "Preparation"]

NEAREST = "Finding the nearest rows"

_KEPT_NEIGHBORS = 20
_FEWEST_CLASSES = 2
_SHOWN_NEIGHBORS = 10
_NARROW = 16  # dimensions a column; beyond, boosting costs more than it adds


class Preparation:
    """The inputs of one dataset.

    Every property is made when it is first asked for, from the shelf if it was made before. ``key`` tells
    the name under which an input is kept without making it.

    Parameters
    ----------
    dataset : Dataset
    shelf : Shelf
        A project folder or memory.
    seed : int
    effort : Effort, optional
        How much work is put into features and predictions; by default that of the balanced mode.
    """

    def __init__(
        self,
        dataset: Dataset,
        shelf: Shelf,
        *,
        seed: int = 0,
        effort: Effort | None = None,
        on_progress: OnProgress = no_progress,
    ) -> None:
        self.dataset = dataset
        self.shelf = shelf
        self.seed = seed
        self.effort = effort or effort_for(Mode.BALANCED, dataset.n_rows)
        self._on_progress = on_progress

    def key(self, need: str) -> str:
        """Fingerprint of everything that the named input depends on."""
        depends: dict[str, Callable[[], list[Json]]] = {
            "labels": lambda: [self._label_key],
            "missing": lambda: [self._features_key, self._label_key],
            "content": lambda: [self._features_key],
            "unreadable": lambda: [self._embedded_key],
            "features": lambda: [self._embedded_key, self.seed],
            "neighbors": lambda: [self._embedded_key, self.seed],
            "predictions": lambda: [self._embedded_key, self._label_key, self.seed, asdict(self.effort)],
        }
        return fingerprint(need, EDITION, depends[need]())

    @cached_property
    def _features_key(self) -> Json:
        content = self.dataset.content
        roles = {column.name: column.role.value for column in self.dataset.columns}
        return [(name, roles[name], content[name]) for name in feature_columns(self.dataset)]

    @property
    def _embedded_key(self) -> Json:
        return [*self._features_key, *self.embedders.names]

    @property
    def _label_key(self) -> Json:
        return self.dataset.label and (self.dataset.label, self.dataset.content[self.dataset.label])

    # -- inputs ---------------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> Labels | None:
        """The label column as numbers, classes in order of their names."""
        return labels_of(self.dataset)

    @cached_property
    def missing(self) -> dict[str, BoolArray]:
        """Which cells are missing, in the feature columns and the label."""
        return missing_cells(self.dataset)

    @cached_property
    def content(self) -> Content:
        """Which rows are identical in all feature columns."""
        return content_of(self.dataset)

    @cached_property
    def unreadable(self) -> dict[str, dict[int, str]]:
        """Which cells of images and sounds could not be read, and why."""
        problems = self.feature_table.problems
        return {name: dict(problems.get(name, {})) for name in self.dataset.media}

    @cached_property
    def unseen(self) -> BoolArray:
        """Rows of which nothing is known: whatever they hold of images and sounds could not be read."""
        return unseen_rows(self.dataset, self.unreadable)

    @cached_property
    def features(self) -> Features:
        """The dense features."""
        return Features(self.feature_table.dense, self.feature_table.dense_columns)

    @cached_property
    def feature_table(self) -> FeatureTable:
        """The features in both forms."""
        key = self.key("features")
        kept = self.shelf.recall(key)
        if kept is None:
            made = embed_dataset(
                self.dataset,
                seed=self.seed,
                slow=self.embedders.reads_sentences,
                on_progress=self._on_progress,
                embed=partial(kept_vectors, self.shelf),
            )
            if not made.is_lasting:
                return made
            kept = keep_features(self.shelf, key, made)
        return features_from(kept)

    @cached_property
    def all_neighbors(self) -> Neighbors:
        """The nearest rows, as many as the models use."""
        key = self.key("neighbors")
        kept = self.shelf.recall(key)
        if kept is None:
            rows, distances = nearest_seen_rows(
                np.asarray(self.features.dense),
                self.unseen,
                _KEPT_NEIGHBORS,
                on_block=lambda done, total: self._on_progress(NEAREST, done, total),
            )
            kept = self.shelf.keep(key, "neighbors", {"rows": rows, "distances": distances}, {})
        return Neighbors(kept.arrays["rows"], kept.arrays["distances"])

    @cached_property
    def neighbors(self) -> Neighbors:
        """The nearest rows, as many as a person is told about."""
        near = self.all_neighbors
        return Neighbors(near.rows[:, :_SHOWN_NEIGHBORS], near.distances[:, :_SHOWN_NEIGHBORS])

    @cached_property
    def predictions(self) -> Predictions:
        """Out-of-sample probabilities of the stacked models."""
        kept = self._stack
        names = tuple(model["name"] for model in kept.facts["models"])
        return Predictions(kept.arrays["pred_probs"].astype(np.float64), kept.arrays["votes"], names)

    @property
    def models(self) -> tuple[ModelSummary, ...]:
        """The stacked models: how well each predicts the given labels, and its weight."""
        return tuple(ModelSummary(**model) for model in self._stack.facts["models"])

    @property
    def seconds(self) -> dict[str, float]:
        """How long each model family took when it predicted, by its title."""
        return dict(self._stack.facts["seconds"])

    @property
    def left_out(self) -> dict[str, str]:
        """Why features and model families were not used, by their titles."""
        why = self.embedders.left_out
        return dict(self._stack.facts["left_out"]) | ({"Sentence vectors": why} if why else {})

    @property
    def stack_accuracy(self) -> float:
        """Part of the given labels that the stack predicts."""
        return float(self._stack.facts["accuracy"])

    @cached_property
    def _stack(self) -> Artifact:
        key = self.key("predictions")
        kept = self.shelf.recall(key)
        if kept is not None:
            return kept
        first = self.problem
        others = [self._folds(self.seed + i) for i in range(1, self.effort.n_repeats)]
        return stack_models(first, self.shelf, key, self._on_progress, others)

    @property
    def problem(self) -> Problem:
        """What the models predict, in the first of the repeats.

        Raises
        ------
        NotApplicable
            If there are not two classes to tell apart.
        """
        if self.seen_labels is None:
            raise NotApplicable("No label column was named.")
        if len(np.unique(self.seen_labels.codes[self.seen_labels.codes >= 0])) < _FEWEST_CLASSES:
            raise NotApplicable("Fewer than two classes have a row of which anything could be read.")
        return self._problem(self._folds(self.seed))

    @cached_property
    def embedders(self) -> EmbedderChoice:
        """What reads items one by one, and why others do not."""
        return choose_embedders(self.dataset, self.effort)

    @cached_property
    def seen_labels(self) -> Labels | None:
        """The labels as the models see them: none for a row of which nothing is known."""
        if self.labels is None or not self.unseen.any():
            return self.labels
        return replace(self.labels, codes=np.where(self.unseen, -1, self.labels.codes))

    def _folds(self, seed: int) -> IntArray:
        assert self.seen_labels is not None
        return stratified_folds(self.seen_labels.codes, self.content.keys, self.effort.n_folds, seed)

    def _problem(self, folds: IntArray) -> Problem:
        assert self.seen_labels is not None
        return Problem(
            dense=np.asarray(self.feature_table.dense),
            narrow=self.feature_table.narrow(_NARROW),
            wide=self.feature_table.wide,
            labels=self.seen_labels.codes,
            n_classes=len(self.seen_labels.classes),
            folds=folds,
            neighbors=self.all_neighbors.rows,
            distances=self.all_neighbors.distances,
            seed=self.seed,
            patience=self.effort.patience,
            n_trees=self.effort.n_trees,
        )
