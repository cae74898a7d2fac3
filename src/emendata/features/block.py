"""What an embedder returns: the same column twice, once for distances and trees, once for linear models."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_matrix

from emendata.records import Float32Array, Role

__all__ = ["Block", "Embedder", "Item", "ItemReader", "OnStep", "RowEmbedder", "Vectors", "no_steps"]

OnStep = Callable[[int, int], None]
Item = bytes | str
"""What one cell stands for: the bytes of an image or a sound, or a text."""


def no_steps(done: int, total: int) -> None:
    """Ignore progress."""


@dataclass(frozen=True)
class Block:
    """One column as numbers.

    ``dense`` is float32 (n, d) with small d, finite, scaled so that columns can stand beside one another;
    ``wide`` is (n, w), possibly with thousands of mostly empty dimensions, or float32 with some thousand full ones.
    """

    dense: Float32Array
    wide: csr_matrix | Float32Array


@dataclass(frozen=True)
class Vectors:
    """Items as they come out of an embedder, row by row, before their column is looked at as a whole.

    ``values`` is float32 (n, d), zero for what cannot be read; ``problems`` says why in a sentence, ``""``
    for the rest. They are not ``is_lasting`` where a file could not be had, which may be otherwise the next time.
    """

    values: Float32Array
    problems: tuple[str, ...]
    is_lasting: bool = True

    @classmethod
    def joined(cls, parts: Iterable["Vectors"], width: int) -> "Vectors":
        """Put parts of a column behind each other; ``width`` is that of a row, also where there is none."""
        listed = list(parts)
        return cls(
            np.concatenate([np.zeros((0, width), np.float32), *(part.values for part in listed)]),
            tuple(problem for part in listed for problem in part.problems),
        )


class Embedder(Protocol):
    """Turns a column of one role into a `Block`."""

    @property
    def name(self) -> str:
        """The role that it embeds."""

    def embed(self, column: pa.ChunkedArray, seed: int, on_step: OnStep = no_steps) -> Block:
        """Embed a whole column; missing cells become ordinary numbers. Slow ones call ``on_step(done, total)``."""


class ItemReader(Protocol):
    """Turns items of one role into numbers, each by itself, so that these can be kept under its item's content."""

    @property
    def name(self) -> str:
        """The name that numbers are kept under: it changes when they do."""

    @property
    def role(self) -> Role:
        """The role of the columns that it reads."""

    def obstacle(self) -> str | None:
        """Return in a sentence what has to be installed first, or None."""

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Read some hundred items; one that cannot be read never stops the rest."""


class RowEmbedder(ItemReader, Protocol):
    """Turns items of one role into vectors, each by itself, so that a vector can be kept under its item's content."""

    def block(self, values: Float32Array, seed: int) -> Block:
        """Return the vectors of a whole column, (n, d) with a row of zeros for each gap, as features."""
