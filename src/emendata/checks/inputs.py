"""The arrays that checks work on, made once by the pipeline and shared by all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["Content", "Features", "Inputs", "Labels", "Neighbors", "Predictions"]


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
        return Neighbors(self.rows[:, :k], self.distances[:, :k])


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
class Inputs:
    """Everything that a check may ask for; what it did not name in ``needs`` may be None.

    ``missing`` marks the empty cells of each column; ``ranks`` has for each column of single values the place of each
    row's value in the order of all, -1 where it is missing; ``unreadable`` says by column of media and row why it
    could not be read.
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
