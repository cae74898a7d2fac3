"""Categories: one dimension a frequent value."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from emendata.features.block import Block, OnStep, no_steps

__all__ = ["CategoryEmbedder"]

_DENSE_LEVELS = 32
_RARE = 2


class CategoryEmbedder:
    """One-hot; rows apart by 1 when their values differ.

    The dense form keeps the 32 most frequent values and the logarithm of the value's frequency; the wide
    form keeps every value that occurs more than once. A missing cell is a value of its own.
    """

    name = "category"

    def embed(self, column: pa.ChunkedArray, seed: int, on_step: OnStep = no_steps) -> Block:
        """Embed a column of any type by its distinct values."""
        encoded = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
        codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        counts = np.bincount(codes)
        n = len(codes)
        by_count = np.argsort(-counts, kind="stable")
        kept = by_count[counts[by_count] >= _RARE]
        place = np.full(len(counts), -1)
        place[kept] = np.arange(len(kept))
        rows = np.flatnonzero(place[codes] >= 0)
        one = np.full(len(rows), np.sqrt(0.5), dtype=np.float32)
        wide = csr_matrix((one, (rows, place[codes[rows]])), shape=(n, max(len(kept), 1)))
        dense = wide[:, : min(_DENSE_LEVELS, wide.shape[1])].toarray()
        if len(kept) > _DENSE_LEVELS:
            frequency = np.log(counts[codes])
            spread = frequency.std()
            dense = np.column_stack([dense, 0.1 * (frequency - frequency.mean()) / (spread or 1.0)])
        return Block(dense.astype(np.float32), wide)
