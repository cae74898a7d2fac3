"""Dates: when, in which month, on which day of the week, at what time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from scipy.sparse import csr_matrix

from emendata.data.date_forms import DAYS, TIMES
from emendata.errors import InputError
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
        moment = _moments(column)
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


def _moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return timestamps; cells that are no date are missing."""
    if kinds.is_timestamp(column.type):
        return pc.cast(column, pa.timestamp("us"), safe=False)
    texts = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    best: pa.ChunkedArray | None = None
    for form in (day + time for time in TIMES for day in DAYS):
        read = pc.strptime(texts, format=form, unit="us", error_is_null=True)
        if best is None or read.null_count < best.null_count:
            best = read
        if best.null_count == column.null_count:
            break
    assert best is not None
    if best.null_count == len(column):
        example = next((cell for cell in column.drop_null()[:1].to_pylist()), "")
        raise InputError(
            f"No cell can be read as a date, such as {example!r}. Give the column another role with --role."
        )
    return best
