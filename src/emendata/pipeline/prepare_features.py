"""Inputs of the checks that are made of features, but for predictions, each kept under a key that says from what."""

from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from emendata.checks.inputs import Features, Labels, Neighbors
from emendata.features import FeatureTable, embed_dataset, feature_columns, own_features
from emendata.kernels.directions import of_length_one
from emendata.pipeline.columns import unseen_rows
from emendata.pipeline.features import features_from, keep_features
from emendata.pipeline.nearest import nearest_seen_rows
from emendata.pipeline.prepare_media import MediaPreparation
from emendata.pipeline.vectors import kept_vectors
from emendata.records import BoolArray, Float32Array, Metric, Role

__all__ = ["NEAREST", "FeaturePreparation"]

NEAREST = "Finding the nearest rows"

_NOUNS = {Role.TEXT: "texts", Role.IMAGE: "images", Role.AUDIO: "sounds"}
_KEPT_NEIGHBORS = 20
_SHOWN_NEIGHBORS = 10


class FeaturePreparation(MediaPreparation):
    """The inputs of one dataset but for predictions."""

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
    def points(self) -> Float32Array:
        """The dense features as rows are compared by: for the angle, drawn out to length one.

        Distances are then the root of twice one less the cosine: they have the order of cosine distances, and their
        ratios mean what those of euclidean ones do.
        """
        dense = np.asarray(self.features.dense)
        return of_length_one(dense) if self.metric is Metric.COSINE else dense

    @cached_property
    def all_neighbors(self) -> Neighbors:
        """The nearest rows, as many as the models use."""
        key = self.key("neighbors")
        kept = self.shelf.recall(key)
        if kept is None:
            rows, distances, recall = nearest_seen_rows(
                self.points,
                self.unseen,
                _KEPT_NEIGHBORS,
                on_block=lambda done, total: self._on_progress(NEAREST, done, total),
            )
            kept = self.shelf.keep(
                key, "neighbors", {"rows": rows, "distances": distances}, {"recall": recall}
            )
        return Neighbors(kept.arrays["rows"], kept.arrays["distances"], kept.facts["recall"], self._noun)

    @property
    def neighbors_recall(self) -> float:
        """Part of the nearest rows that were found; 1 where nobody asked for them."""
        kept = self.shelf.recall(self.key("neighbors")) if self.has("neighbors") else None
        return 1.0 if kept is None else float(kept.facts["recall"])

    @property
    def _noun(self) -> str:
        """What rows are, if they are of one kind."""
        features = set(feature_columns(self.dataset))
        roles = {column.role for column in self.dataset.columns if column.name in features}
        return _NOUNS.get(roles.pop(), "rows") if len(roles) == 1 and self.own.features is None else "rows"

    @cached_property
    def neighbors(self) -> Neighbors:
        """The nearest rows, as many as a person is told about."""
        return self.all_neighbors.nearest(_SHOWN_NEIGHBORS)

    @cached_property
    def seen_labels(self) -> Labels | None:
        """The labels as the models see them: none for a row of which nothing is known."""
        if self.labels is None or not self.unseen.any():
            return self.labels
        return replace(self.labels, codes=np.where(self.unseen, -1, self.labels.codes))
