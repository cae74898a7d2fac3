"""Probabilities with how sure the model is of each class on average taken away."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine import RowSource
from emendata.kernels.confident import ABSENT
from emendata.records import FloatArray

__all__ = ["Adjusted"]

Block = npt.NDArray[np.floating[Any]]


class Adjusted:
    """A row source: each class's threshold is subtracted, the largest added to all, and rows normalised again.

    A class that no row carries has no threshold of its own; it gets the largest, so nothing is taken from it.
    Kuan, Mueller, "Model-agnostic label quality scoring to detect real-world label errors", 2022.
    """

    is_at_hand = False

    def __init__(self, source: RowSource, thresholds: FloatArray) -> None:
        present = thresholds < ABSENT
        self._shift = np.where(present, thresholds[present].max() - thresholds, 0.0)
        self._source = source
        self.n_rows, self.n_columns = source.n_rows, source.n_columns

    def blocks(self, step: int) -> Iterator[Callable[[], Block]]:
        """Yield one reader for each ``step`` rows, as `RowSource` says."""
        return (partial(self._shifted, read) for read in self._source.blocks(step))

    def _shifted(self, read: Callable[[], Block]) -> Block:
        block = read()
        shifted: Block = block + self._shift.astype(block.dtype)
        shifted /= shifted @ np.ones((shifted.shape[1], 1), shifted.dtype)
        return shifted
