"""Rows of class probabilities, whatever brings them."""

from typing import Any, Protocol

import numpy as np

from emendata.engine.blocks import Block, RowSource
from emendata.records import IntArray

__all__ = ["RowsSource"]


class RowsSource(RowSource, Protocol):
    """A row source that also hands out single rows."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the blocks: float32 or float64."""

    @property
    def column_names(self) -> tuple[Any, ...] | None:
        """Classes that the columns are named for, if they have names."""

    def rows(self, indices: IntArray) -> Block:
        """Return some rows, in the order asked for."""
