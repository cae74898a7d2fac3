"""The vectors of a column as any network makes them, as features."""

import numpy as np

from emendata.features.block import Block
from emendata.features.directions import (
    centered_vectors,
    evened_directions,
    evened_vectors,
    leading_directions,
    unit_vectors,
)
from emendata.records import BoolArray, Float32Array, Role

__all__ = ["model_block", "sentence_block"]

_TEXT_DIRECTIONS, _MEDIA_DIRECTIONS = 100, 128
_BESIDE_WORDS = np.float32(0.4)  # length of a vector that balances weighted words of length 1
_ALONE = np.float32(
    2.0
)  # at which linear models with their usual penalty are neither too stiff nor too loose


def model_block(values: Float32Array, role: Role, seed: int) -> Block:
    """Return dense and wide features of vectors of any length and any number of dimensions.

    Texts stand beside their words, as our own sentence vectors do; images and sounds alone, as our own images do.
    Only the direction of a vector counts, as with the distances that such networks are trained for.

    Parameters
    ----------
    values : float32 array of shape (n, d)
        A row of zeros for each gap; it stays one.
    role : Role
    seed : int
        For the random start of the search for directions.
    """
    if not values.shape[1]:  # nothing could be read
        values = np.zeros((len(values), 1), dtype=np.float32)
    unit = unit_vectors(values)
    if role is Role.TEXT:
        return sentence_block(unit)
    there: BoolArray = np.asarray(unit.any(axis=1))
    wide = evened_vectors(unit, there) * _ALONE
    return Block(evened_directions(wide, there, _MEDIA_DIRECTIONS, seed), wide)


def sentence_block(unit: Float32Array) -> Block:
    """Keep the 100 leading directions (dense), and all at a length that suits TF-IDF beside them (wide)."""
    return Block(leading_directions(centered_vectors(unit), _TEXT_DIRECTIONS), _BESIDE_WORDS * unit)
