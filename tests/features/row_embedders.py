"""What every embedder of items promises."""

from collections.abc import Sequence

import numpy as np

from emendata.features.block import Block, Item, RowEmbedder, Vectors

__all__ = ["block_of", "vectors_of"]


def vectors_of(embedder: RowEmbedder, items: Sequence[Item]) -> Vectors:
    """Embed items and make sure that each vector is its item's alone, to the bit."""
    together = embedder.vectors(items)
    assert together.values.dtype == np.float32
    assert together.values.ndim == 2
    assert len(together.values) == len(together.problems) == len(items)
    assert np.isfinite(together.values).all()
    alone = [embedder.vectors([item]) for item in items]
    assert np.array_equal(np.vstack([one.values for one in alone]), together.values)
    assert [one.problems for one in alone] == [(problem,) for problem in together.problems]
    backwards = embedder.vectors(list(items)[::-1])
    assert np.array_equal(backwards.values[::-1], together.values)
    for problem, vector in zip(together.problems, together.values, strict=True):
        assert not problem or (problem.endswith(".") and not vector.any())
    return together


def block_of(embedder: RowEmbedder, values: np.ndarray) -> Block:
    """Make features of a column and make sure of what every block promises."""
    block, again = embedder.block(values, 0), embedder.block(values, 0)
    for features, repeated in ((block.dense, again.dense), (block.wide, again.wide)):
        assert isinstance(features, np.ndarray)
        assert features.dtype == np.float32
        assert features.ndim == 2
        assert len(features) == len(values)
        assert features.shape[1] >= 1
        assert np.isfinite(features).all()
        assert np.array_equal(features, repeated)
    return block
