"""The vectors of a column of images as features: one space for what the network and the gradients see."""

import numpy as np

from emendata.features.block import Block
from emendata.records import BoolArray, Float32Array

__all__ = ["N_GRADIENTS", "image_block"]

N_GRADIENTS = 1764
"""Numbers at the end of a vector that are gradient histograms; before them, if anything, is the network's."""

_GRADIENTS_WEIGHT = 0.7  # beside the network's 1: photos want less, digits more
_WIDE_SCALE = 2.0  # at which linear models with their usual penalty are neither too stiff nor too loose
_DIRECTIONS = 128
_MOST_ROWS = 10_000  # that directions are found in


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
    parts = [_even(gradients, read) * np.float32(_GRADIENTS_WEIGHT)]
    if network.shape[1]:
        parts.insert(0, _even(_unit_length(np.sqrt(network)), read))
    wide = np.hstack(parts) * np.float32(_WIDE_SCALE)
    return Block(_leading_directions(wide, read, seed), wide)


def _even(values: Float32Array, read: BoolArray) -> Float32Array:
    """Move the mean of the rows that were read to zero and their mean squared length to one; others are zeros."""
    n_read = max(int(read.sum()), 1)
    centred: Float32Array = values - (values.sum(axis=0, dtype=np.float64) / n_read).astype(np.float32)
    centred[~read] = 0
    length = np.sqrt(np.einsum("ij,ij->", centred, centred, dtype=np.float64) / n_read)
    centred /= np.float32(length if length > 1e-6 else 1)
    return centred


def _leading_directions(wide: Float32Array, read: BoolArray, seed: int) -> Float32Array:
    """Return each row's place along the directions in which rows vary most, at unit length.

    Directions are evened out halfway: divided by the root of how far rows spread along them.
    """
    from sklearn.utils.extmath import randomized_svd

    rows = np.flatnonzero(read)
    if len(rows) > _MOST_ROWS:
        rows = np.sort(np.random.default_rng(seed).choice(rows, _MOST_ROWS, replace=False))
    n_directions = min(_DIRECTIONS, len(rows) - 1)
    if n_directions < 1:
        return np.zeros((len(wide), 1), dtype=np.float32)
    _, spread, directions = randomized_svd(wide[rows], n_directions, n_iter=4, random_state=seed)
    halfway = np.sqrt(np.maximum(spread, 1e-6 * max(spread[0], 1e-6)))
    return _unit_length(wide @ (directions.T / halfway).astype(np.float32))


def _unit_length(rows: Float32Array) -> Float32Array:
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled: Float32Array = rows / np.maximum(length, np.float32(1e-6))
    return scaled
