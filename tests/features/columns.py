"""Columns for the embedders."""

from typing import Any

import numpy as np
import pyarrow as pa

from emendata.features import Block, Embedder

__all__ = ["column", "embed"]


def column(values: list[Any], kind: pa.DataType | None = None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, kind)])


def embed(embedder: Embedder, values: list[Any], kind: pa.DataType | None = None) -> Block:
    """Embed a column and make sure of what every block promises."""
    block = embedder.embed(column(values, kind), 0)
    again = embedder.embed(column(values, kind), 0)
    assert np.array_equal(block.dense, again.dense)
    assert (block.wide != again.wide).nnz == 0
    assert block.dense.dtype == np.float32
    assert block.dense.ndim == 2
    assert len(block.dense) == block.wide.shape[0] == len(values)
    assert np.isfinite(block.dense).all()
    assert np.isfinite(block.wide.data).all()
    return block
