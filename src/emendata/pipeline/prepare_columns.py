"""Inputs of the checks that are read off the columns as they are, and what all inputs are made of."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Self

from emendata.checks.inputs import Categories, Content, Labels, Splits
from emendata.data import Dataset
from emendata.features import ModelEmbedder, feature_columns
from emendata.pipeline.cells import cell_columns
from emendata.pipeline.columns import (
    categories_of,
    content_of,
    labels_of,
    missing_cells,
    ranks_of,
    splits_of,
)
from emendata.pipeline.effort import Effort, effort_for
from emendata.pipeline.embedders import EmbedderChoice, choose_embedders
from emendata.pipeline.keys import input_key
from emendata.pipeline.own import Own
from emendata.records import BoolArray, FloatArray, IntArray, Metric, Mode, OnProgress, Role, no_progress
from emendata.store import MemoryShelf, Shelf

__all__ = ["NEEDED_ROLES", "ColumnPreparation"]

NEEDED_ROLES = {
    "texts": (Role.TEXT, "There is no column of texts."),
    "languages": (Role.TEXT, "There is no column of texts."),
    "splits": (Role.SPLIT, "No column says which split a row belongs to."),
    "groups": (Role.GROUP, "No column says which rows belong together."),
    "times": (Role.TIME, "No column says when rows came."),
    "pictures": (Role.IMAGE, "There is no column of images."),
    "looks": (Role.IMAGE, "There is no column of images."),
    "sounds": (Role.AUDIO, "There is no column of sounds."),
    "prints": (Role.AUDIO, "There is no column of sounds."),
}
"""The role of the columns that some inputs are read off, and what is said where there is none."""

_OF_FEATURES = ("features", "neighbors", "content", "missing")


class ColumnPreparation:
    """The inputs of one dataset that need nothing but its columns.

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
    calibrate : bool
        Whether probabilities of the true class are wanted beside those of the given label.
    metric : Metric
        By which rows are near.
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
        calibrate: bool = False,
        metric: Metric = Metric.EUCLIDEAN,
        on_progress: OnProgress = no_progress,
    ) -> None:
        self.dataset = dataset
        self.shelf = shelf
        self.seed = seed
        self.own = own or Own()
        self.calibrate = calibrate
        self.metric = metric
        self._passing = MemoryShelf()
        self.effort = effort or effort_for(Mode.BALANCED, dataset.n_rows)
        self.named = embedders or {}
        self._on_progress = on_progress

    def sampled(self, rows: IntArray, shelf: Shelf, effort: Effort) -> Self:
        """Return the inputs of some of the rows, to be kept elsewhere."""
        return self._made_again(self.dataset.take(rows), shelf, effort, self.own.take(rows))

    def watched(self, on_progress: OnProgress) -> Self:
        """Return the same inputs, to be made under somebody's eyes."""
        return self._made_again(self.dataset, self.shelf, self.effort, self.own, on_progress)

    def of_version(self, dataset: Dataset, shelf: Shelf) -> Self:
        """Return the inputs of another version of the same rows, made in the same way and kept elsewhere."""
        return self._made_again(dataset, shelf, self.effort, self.own)

    def _made_again(
        self, dataset: Dataset, shelf: Shelf, effort: Effort, own: Own, on_progress: OnProgress = no_progress
    ) -> Self:
        return type(self)(
            dataset,
            shelf,
            seed=self.seed,
            effort=effort,
            embedders=self.named,
            own=own,
            calibrate=self.calibrate,
            metric=self.metric,
            on_progress=on_progress,
        )

    def key(self, need: str) -> str:
        """Fingerprint of everything that the named input depends on."""
        return input_key(
            need,
            self.dataset,
            self.own,
            lambda: self.embedders.names,
            self.seed,
            self.effort,
            calibrate=self.calibrate,
            metric=self.metric,
        )

    def has(self, want: str) -> bool:
        """Tell whether an input can be had that is only wanted: there must be columns that it is made of."""
        if want in NEEDED_ROLES:
            return bool(self.dataset.names(NEEDED_ROLES[want][0]))
        if want == "true_probs":
            return self.calibrate
        if want in ("cells", "cell_predictions"):
            return bool(cell_columns(self.dataset))
        return (
            want not in _OF_FEATURES or self.own.features is not None or bool(feature_columns(self.dataset))
        )

    def shelf_for(self, needs: Iterable[str]) -> Shelf:
        """Return where what depends on some inputs is kept: for this run alone, if nobody can tell when it changes."""
        return self._passing if "predictions" in needs and not self.own.is_lasting else self.shelf

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
    def splits(self) -> Splits | None:
        """Which split each row belongs to."""
        return splits_of(self.dataset)

    @property
    def groups(self) -> dict[str, IntArray]:
        """Which rows belong together, by the column that says so."""
        return dict(zip(self.dataset.names(Role.GROUP), self.dataset.arrangement.groups, strict=True))

    @property
    def times(self) -> FloatArray | None:
        """When rows came."""
        return self.dataset.arrangement.times

    @cached_property
    def categories(self) -> dict[str, Categories]:
        """The columns by whose values rows can be put together."""
        return categories_of(self.dataset)

    @cached_property
    def embedders(self) -> EmbedderChoice:
        """What reads items one by one, and why others do not."""
        return choose_embedders(self.dataset, self.effort, self.named)
