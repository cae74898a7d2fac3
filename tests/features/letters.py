"""A row embedder small enough to be recounted by hand: how often each of two letters occurs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from emendata.features.block import Block, Item, Vectors
from emendata.records import Float32Array, Role

__all__ = ["Letters"]


@dataclass
class Letters:
    """Counts of "a" and "b"; a text with a "?" cannot be read. ``asked`` lists what it was given."""

    name: str = "letters"
    role: Role = Role.TEXT
    asked: list[list[Item]] = field(default_factory=list)

    def obstacle(self) -> str | None:
        return None

    def vectors(self, items: Sequence[Item]) -> Vectors:
        self.asked.append(list(items))
        texts = [item if isinstance(item, str) else item.decode() for item in items]
        values = np.array([[text.count("a"), text.count("b")] for text in texts], dtype=np.float32)
        values[["?" in text for text in texts]] = 0
        return Vectors(values, tuple("It has a question." if "?" in text else "" for text in texts))

    def block(self, values: Float32Array, seed: int) -> Block:
        return Block(values, values)
