"""The arrays that checks work on, made once by the pipeline and shared by all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from emendata.records import BoolArray, Float32Array, FloatArray, Int32Array, IntArray

__all__ = [
    "Categories",
    "CellColumn",
    "CellKind",
    "CellPrediction",
    "Content",
    "Features",
    "Inputs",
    "Labels",
    "Languages",
    "Neighbors",
    "Predictions",
    "Splits",
    "Texts",
    "Traits",
]


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
    """The k nearest other rows of every row in the dense features, nearest first, both (n, k).

    ``recall`` is the part of the nearest rows that were found, 1 where all rows were compared; ``noun`` what rows are,
    where all features are of one kind: texts, images or sounds.
    """

    rows: IntArray
    distances: Float32Array
    recall: float = 1.0
    noun: str = "rows"

    def nearest(self, k: int) -> "Neighbors":
        """Return a view of the ``k`` nearest: what a search for ``k`` would have found, without a copy.

        Parameters
        ----------
        k : int
            At least 1; all that there are, if there are fewer.

        Examples
        --------
        >>> import numpy as np
        >>> near = Neighbors(np.array([[1, 2], [0, 2], [1, 0]]), np.array([[1, 3], [1, 2], [2, 3]], np.float32))
        >>> near.nearest(1).rows.ravel().tolist()
        [1, 0, 1]
        """
        return replace(self, rows=self.rows[:, :k], distances=self.distances[:, :k])


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
class Categories:
    """A column of few values: ``codes`` (n,) are indices into ``names``, -1 where a row has none."""

    codes: IntArray
    names: tuple[str, ...]


@dataclass(frozen=True)
class Languages:
    """The language of each text of a column.

    ``codes`` (n,) are indices into ``names``, -1 where a text is missing or too short to tell; ``probabilities`` (n,)
    are those of that language, ``usual`` (n,) those of all languages together that many of the texts are in.
    """

    names: tuple[str, ...]
    codes: IntArray
    probabilities: Float32Array
    usual: Float32Array


@dataclass(frozen=True)
class Splits:
    """Which part of the data each row belongs to, such as train or test.

    ``codes`` (n,) are indices into ``names``, -1 where a row has none.
    """

    column: str
    codes: IntArray
    names: tuple[str, ...]


CellKind = Literal["number", "date", "word"]


@dataclass(frozen=True)
class CellColumn:
    """A column of single values: which of its distinct values each row has.

    ``codes`` (n,) are indices into ``values``, -1 where a cell is missing; ``values`` are the distinct values as people
    read them. ``kind`` is what most of them are. ``numbers`` (n_values,) are the values as numbers, or as days since
    1970 where they are dates, NaN for a value that is none; it is None among words. ``is_typed`` says that the source
    itself holds numbers or dates, not texts that read like them; ``is_name`` that a value only names something, as an
    id does.
    """

    kind: CellKind
    codes: Int32Array
    values: Sequence[str]
    numbers: FloatArray | None = None
    is_typed: bool = False
    is_name: bool = False


@dataclass(frozen=True)
class CellPrediction:
    """What models that never saw a cell expect in it, from the other columns of its row.

    For words, ``expected`` (n,) is the code of the most probable value, ``probability`` (n,) its probability and
    ``given`` (n,) that of the value that stands there, NaN where it was not predicted. For numbers, ``expected`` is a
    number and ``spread`` (n,) the usual distance from it; the two probabilities are None.
    """

    expected: FloatArray
    probability: FloatArray | None = None
    given: FloatArray | None = None
    spread: FloatArray | None = None


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

    ``missing`` marks the empty cells of each column; ``ranks`` has for each column of single values the place of
    each row's value in the order of all, -1 where it is missing; ``unreadable`` says by column of media and row why
    it could not be read; ``texts`` holds each column of texts, and ``languages`` their languages; ``groups`` (n,)
    has, for each column of groups, equal numbers for rows that belong together; ``times`` (n,) says when rows came,
    NaN where that is not known; ``categories`` holds the columns by whose values rows can be put together;
    ``cells`` holds the columns of single values and short texts, but for the label, and ``cell_predictions`` what
    models expect in some of them. ``pictures`` and ``sounds`` hold what was measured on each column of images and
    of sounds; ``looks`` (n, 64) has what each image looks like, its lowest frequencies, and ``prints`` (n, 176)
    what each recording is known by, both NaN where an item cannot be read. ``true_probs`` (n, n_classes) are the
    probabilities of the true class once a row's label is known, where somebody asked for them; those of
    ``predictions`` are of the given label, before it is.
    """

    n_rows: int
    labels: Labels | None = None
    predictions: Predictions | None = None
    true_probs: FloatArray | None = None
    features: Features | None = None
    neighbors: Neighbors | None = None
    content: Content | None = None
    missing: Mapping[str, BoolArray] | None = None
    ranks: Mapping[str, IntArray] | None = None
    unreadable: Mapping[str, Mapping[int, str]] | None = None
    texts: Mapping[str, Texts] | None = None
    languages: Mapping[str, Languages] | None = None
    splits: Splits | None = None
    groups: Mapping[str, IntArray] | None = None
    times: FloatArray | None = None
    categories: Mapping[str, Categories] | None = None
    cells: Mapping[str, CellColumn] | None = None
    cell_predictions: Mapping[str, CellPrediction] | None = None
    pictures: Mapping[str, Traits] | None = None
    looks: Mapping[str, Float32Array] | None = None
    sounds: Mapping[str, Traits] | None = None
    prints: Mapping[str, Float32Array] | None = None
