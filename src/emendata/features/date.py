"""Dates: when, in which month, on which day of the week, at what time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from emendata.data.date_forms import moments
from emendata.features.block import Block, OnStep, no_steps
from emendata.features.number import standardized

__all__ = ["DateEmbedder"]


class DateEmbedder:
    """The moment itself and its place in the year, the week and the day, all standardised."""

    name = "date"

    def embed(self, column: pa.ChunkedArray, seed: int, on_step: OnStep = no_steps) -> Block:
        """Embed a column of timestamps, or of strings in one of the common ways to write dates.

        Raises
        ------
        InputError
            If no cell can be read as a date.
        """
        moment = moments(column)
        parts = [
            pc.cast(moment, pa.int64()),
            pc.month(moment),
            pc.day_of_week(moment),
            pc.hour(moment),
        ]
        values = np.column_stack(
            [
                pc.cast(part, pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(np.float64)
                for part in parts
            ]
        )
        dense = standardized(values)
        return Block(dense, csr_matrix(dense))
