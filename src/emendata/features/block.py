"""What an embedder returns: the same column twice, once for distances and trees, once for linear models."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
from scipy.sparse import csr_matrix

from emendata.records import Float32Array

__all__ = ["Block", "Embedder", "OnStep", "no_steps"]

OnStep = Callable[[int, int], None]


def no_steps(done: int, total: int) -> None:
    """Ignore progress."""


@dataclass(frozen=True)
class Block:
    """One column as numbers.

    ``dense`` is float32 (n, d) with small d, finite, scaled so that columns can stand beside one another;
    ``wide`` is (n, w), possibly with thousands of mostly empty dimensions.
    """

    dense: Float32Array
    wide: csr_matrix


class Embedder(Protocol):
    """Turns a column of one role into a `Block`."""

    @property
    def name(self) -> str:
        """The role that it embeds."""

    def embed(self, column: pa.ChunkedArray, seed: int, on_step: OnStep = no_steps) -> Block:
        """Embed a whole column; missing cells become ordinary numbers. Slow ones call ``on_step(done, total)``."""
