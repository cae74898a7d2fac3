"""Inputs of the checks that need no model, made once and kept under a key that says from what they were made."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Self

import numpy as np

from emendata.checks.inputs import Content, Features, Labels, Neighbors
from emendata.data import Dataset
from emendata.features import FeatureTable, ModelEmbedder, embed_dataset, feature_columns, own_features
from emendata.pipeline.columns import content_of, labels_of, missing_cells, ranks_of, unseen_rows
from emendata.pipeline.effort import Effort, effort_for
from emendata.pipeline.embedders import EmbedderChoice, choose_embedders
from emendata.pipeline.features import features_from, keep_features
from emendata.pipeline.keys import input_key
from emendata.pipeline.nearest import nearest_seen_rows
from emendata.pipeline.own import Own
from emendata.pipeline.vectors import kept_vectors
from emendata.records import (
    BoolArray,
    IntArray,
    Mode,
    OnProgress,
    no_progress,
)
from emendata.store import MemoryShelf, Shelf

__all__ = ["NEAREST", "FeaturePreparation"]

NEAREST = "Finding the nearest rows"

_OF_FEATURES = ("features", "neighbors", "content", "missing")
_KEPT_NEIGHBORS = 20
_SHOWN_NEIGHBORS = 10


class FeaturePreparation:
    """The inputs of one dataset but for predictions.

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
    embedders : mapping of str to ModelEmbedder, optional
        By column, embedders that a person named in place of ours.
    own : Own, optional
        What takes the place of our features, predictions or models.
    """

    def __init__(
        self,
        dataset: Dataset,
        shelf: Shelf,
        *,
        seed: int = 0,
        effort: Effort | None = None,
        embedders: Mapping[str, ModelEmbedder] | None = None,
        own: Own | None = None,
        on_progress: OnProgress = no_progress,
    ) -> None:
        self.dataset = dataset
        self.shelf = shelf
        self.seed = seed
        self.own = own or Own()
        self._passing = MemoryShelf()
        self.effort = effort or effort_for(Mode.BALANCED, dataset.n_rows)
        self.named = embedders or {}
        self._on_progress = on_progress

    def sampled(self, rows: IntArray, shelf: Shelf, effort: Effort) -> Self:
        """Return the inputs of some of the rows, to be kept elsewhere."""
        dataset = self.dataset.take(rows)
        return type(self)(
            dataset, shelf, seed=self.seed, effort=effort, embedders=self.named, own=self.own.take(rows)
        )

    def watched(self, on_progress: OnProgress) -> Self:
        """Return the same inputs, to be made under somebody's eyes."""
        return type(self)(
            self.dataset,
            self.shelf,
            seed=self.seed,
            effort=self.effort,
            embedders=self.named,
            own=self.own,
            on_progress=on_progress,
        )

    def key(self, need: str) -> str:
        """Fingerprint of everything that the named input depends on."""
        return input_key(need, self.dataset, self.own, lambda: self.embedders.names, self.seed, self.effort)

    def has(self, want: str) -> bool:
        """Tell whether an input can be had that is only wanted: those of features need columns, or own features."""
        return (
            want not in _OF_FEATURES or self.own.features is not None or bool(feature_columns(self.dataset))
        )

    def shelf_for(self, needs: Iterable[str]) -> Shelf:
        """Return where what depends on some inputs is kept: for this run alone, if nobody can tell when it changes."""
        return self._passing if "predictions" in needs and not self.own.is_lasting else self.shelf

    # -- inputs ---------------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> Labels | None:
        """The label column as numbers, classes in order of their names, or of own predictions."""
        return self.own.labels or labels_of(self.dataset)

    @cached_property
    def missing(self) -> dict[str, BoolArray]:
        """Which cells are missing, in the feature columns and the label."""
        return missing_cells(self.dataset)

    @cached_property
    def ranks(self) -> dict[str, IntArray]:
        """Where each row's value stands in the order of its column, for columns of single values."""
        return ranks_of(self.dataset)

    @cached_property
    def content(self) -> Content:
        """Which rows are identical in all feature columns."""
        return content_of(self.dataset)

    @cached_property
    def unreadable(self) -> dict[str, dict[int, str]]:
        """Which cells of images and sounds could not be read, and why."""
        if not self.dataset.media:
            return {}
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
        if self.own.features is not None:
            return own_features(self.own.features)
        key = self.key("features")
        kept = self.shelf.recall(key)
        if kept is None:
            made = embed_dataset(
                self.dataset,
                seed=self.seed,
                slow=self.embedders.reads_sentences,
                named=self.named,
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
        return self.all_neighbors.nearest(_SHOWN_NEIGHBORS)

    @cached_property
    def embedders(self) -> EmbedderChoice:
        """What reads items one by one, and why others do not."""
        return choose_embedders(self.dataset, self.effort, self.named)

    @cached_property
    def seen_labels(self) -> Labels | None:
        """The labels as the models see them: none for a row of which nothing is known."""
        if self.labels is None or not self.unseen.any():
            return self.labels
        return replace(self.labels, codes=np.where(self.unseen, -1, self.labels.codes))
