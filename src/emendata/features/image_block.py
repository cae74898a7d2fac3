"""The vectors of a column of images as features: one space for what the network and the gradients see."""

import numpy as np

from emendata.features.block import Block
from emendata.features.directions import evened_directions, evened_vectors, unit_vectors
from emendata.records import BoolArray, Float32Array

__all__ = ["N_GRADIENTS", "image_block"]

N_GRADIENTS = 1764
"""Numbers at the end of a vector that are gradient histograms; before them, if anything, is the network's."""

_GRADIENTS_WEIGHT = 0.7  # beside the network's 1: photos want less, digits more
_WIDE_SCALE = 2.0  # at which linear models with their usual penalty are neither too stiff nor too loose
_DIRECTIONS = 128


def image_block(values: Float32Array, seed: int) -> Block:
    """Return dense and wide features of image vectors.

    Parameters
    ----------
    values : float32 array of shape (n, 3044) or (n, 1764)
        As the embedder makes them, a row of zeros for each image that cannot be read; it stays one.
    seed : int
        For the random start of the search for directions.
    """
    read: BoolArray = np.asarray(values.any(axis=1))
    network, gradients = values[:, :-N_GRADIENTS], values[:, -N_GRADIENTS:]
    parts = [evened_vectors(gradients, read) * np.float32(_GRADIENTS_WEIGHT)]
    if network.shape[1]:
        parts.insert(0, evened_vectors(unit_vectors(np.sqrt(network)), read))
    wide = np.hstack(parts) * np.float32(_WIDE_SCALE)
    return Block(evened_directions(wide, read, _DIRECTIONS, seed), wide)
