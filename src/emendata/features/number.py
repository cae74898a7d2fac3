"""Numbers: standardised, with a mark where one is missing."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from emendata.features.block import Block
from emendata.records import Float32Array, FloatArray

__all__ = ["NumberEmbedder", "standardized"]


class NumberEmbedder:
    """Mean 0, variance 1; missing cells become 0 and a second dimension says so."""

    name = "number"

    def embed(self, column: pa.ChunkedArray, seed: int) -> Block:
        """Embed a numeric or boolean column."""
        values = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
        dense = standardized(values.astype(np.float64)[:, None])
        return Block(dense, csr_matrix(dense))


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
    marks = gaps[:, gaps.any(axis=0)]
    return np.hstack([scaled, marks]).astype(np.float32)
