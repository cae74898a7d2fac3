"""Numbers: standardised, with a mark where one is missing."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from scipy.sparse import csr_matrix

from emendata.errors import InputError
from emendata.features.block import Block, OnStep, no_steps
from emendata.records import Float32Array, FloatArray

__all__ = ["NumberEmbedder", "standardized"]


class NumberEmbedder:
    """Mean 0, variance 1; missing cells become 0 and a second dimension says so."""

    name = "number"

    def embed(self, column: pa.ChunkedArray, seed: int, on_step: OnStep = no_steps) -> Block:
        """Embed a column of numbers, truth values, or strings of which some are numbers.

        Raises
        ------
        InputError
            If no cell can be read as a number.
        """
        dense = standardized(_numbers(column)[:, None])
        return Block(dense, csr_matrix(dense))


def _numbers(column: pa.ChunkedArray) -> FloatArray:
    """Return float64; what is no number is NaN."""
    if not kinds.is_string(column.type):
        values = pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        return np.asarray(values, dtype=np.float64)
    texts = column.to_pylist()
    numbers = np.array([_number(text) for text in texts])
    if not np.isfinite(numbers).any():
        example = next((text for text in texts if text is not None), "")
        raise InputError(
            f"No cell can be read as a number, such as {example!r}. Give the column another role with --role."
        )
    return numbers


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")


def standardized(values: FloatArray) -> Float32Array:
    """Standardise each column of ``values`` (n, d) and append a mark for each that has gaps (not finite)."""
    gaps = ~np.isfinite(values)
    filled = np.where(gaps, 0.0, values)
    n_known = np.maximum((~gaps).sum(axis=0), 1)
    # Scaled by the largest magnitude first, so that squares of huge numbers stay finite.
    unit = np.maximum(np.abs(filled).max(axis=0, initial=0.0), 1e-300)
    filled = filled / unit
    mean = filled.sum(axis=0) / n_known
    centered = np.where(gaps, 0.0, filled - mean)
    scale = np.sqrt((centered**2).sum(axis=0) / n_known)
    scaled = centered / np.where(scale > 1e-12, scale, 1.0)
    marks = np.unique(gaps[:, gaps.any(axis=0)], axis=1)  # gaps that go together need one mark
    return np.hstack([scaled, marks]).astype(np.float32)
