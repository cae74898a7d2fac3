"""The arrays that checks work on, made once by the pipeline and shared by all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["Content", "Features", "Inputs", "Labels", "Neighbors", "Predictions", "Splits", "Texts", "Traits"]


@dataclass(frozen=True)
class Labels:
    """The label column as numbers.

    ``codes`` has shape (n,), each an index into ``classes`` or -1 for a row without a label.
    """

    column: str
    codes: IntArray
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Predictions:
    """Out-of-sample class probabilities.

    ``pred_probs`` (n, n_classes) is the stack; ``votes`` (n_models, n) the class that each model prefers.
    """

    pred_probs: FloatArray
    votes: IntArray
    model_names: tuple[str, ...]


@dataclass(frozen=True)
class Features:
    """Dense features (n, d), standardised, and the column that each dimension comes from."""

    dense: Float32Array
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Neighbors:
    """The k nearest other rows of every row in the dense features, nearest first, both (n, k)."""

    rows: IntArray
    distances: Float32Array


@dataclass(frozen=True)
class Content:
    """What makes rows identical.

    ``keys`` (n,) are equal for rows that agree in every compared column; ``chance`` (n,) is the number of
    such twins that a row would have by accident.
    """

    keys: IntArray
    chance: FloatArray
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """A column of texts: ``cells`` (n,) holds a str for each row, None where it is missing."""

    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Splits:
    """Which part of the data each row belongs to, such as train or test.

    ``codes`` (n,) are indices into ``names``, -1 where a row has none.
    """

    column: str
    codes: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True)
class Traits:
    """Properties of a column's images or sounds that people can name.

    ``values`` (n, len(names)) has a line for each row, NaN where the item is missing or cannot be read.
    """

    names: tuple[str, ...]
    values: Float32Array

    def of(self, name: str) -> Float32Array:
        """Return one property of every row, (n,)."""
        found: Float32Array = self.values[:, self.names.index(name)]
        return found


@dataclass(frozen=True)
class Inputs:
    """Everything that a check may ask for; what it did not name in ``needs`` may be None.

    ``missing`` marks the empty cells of each column; ``ranks`` has for each column of single values the place of each
    row's value in the order of all, -1 where it is missing; ``unreadable`` says by column of media and row why it
    could not be read; ``texts`` holds each column of texts; ``groups`` (n,) has, for each column of groups, equal
    numbers for rows that belong together; ``times`` (n,) says when rows came, NaN where that is not known.
    ``pictures`` and ``sounds`` hold what was measured on each column of images and of sounds; ``looks`` (n, 64) has
    what each image looks like, its lowest frequencies, and ``prints`` (n, 176) what each recording is known by, both
    NaN where an item cannot be read.
    """

    n_rows: int
    labels: Labels | None = None
    predictions: Predictions | None = None
    features: Features | None = None
    neighbors: Neighbors | None = None
    content: Content | None = None
    missing: Mapping[str, BoolArray] | None = None
    ranks: Mapping[str, IntArray] | None = None
    unreadable: Mapping[str, Mapping[int, str]] | None = None
    texts: Mapping[str, Texts] | None = None
    splits: Splits | None = None
    groups: Mapping[str, IntArray] | None = None
    times: FloatArray | None = None
    pictures: Mapping[str, Traits] | None = None
    looks: Mapping[str, Float32Array] | None = None
    sounds: Mapping[str, Traits] | None = None
    prints: Mapping[str, Float32Array] | None = None
