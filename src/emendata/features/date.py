"""Dates: when, in which month, on which day of the week, at what time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from emendata.features.block import Block
from emendata.features.number import standardized

__all__ = ["DateEmbedder"]


class DateEmbedder:
    """The moment itself and its place in the year, the week and the day, all standardised."""

    name = "date"

    def embed(self, column: pa.ChunkedArray, seed: int) -> Block:
        """Embed a timestamp column."""
        moment = pc.cast(column, pa.timestamp("us"), safe=False)
        parts = [
            pc.cast(moment, pa.int64()),
            pc.month(moment),
            pc.day_of_week(moment),
            pc.hour(moment),
        ]
        values = np.column_stack(
            [pc.cast(part, pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64) for part in parts]
        )
        dense = standardized(values)
        return Block(dense, csr_matrix(dense))
