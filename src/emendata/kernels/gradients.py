"""Histograms of gradient directions: the shapes in an image, whatever its brightness."""

import numpy as np

from emendata.records import Float32Array, FloatArray

__all__ = ["gradient_histograms"]

_DIRECTIONS = 9
_CELL = 4  # pixels a side
_CEILING = 0.2  # of one number within a block, before it gets unit length again


def gradient_histograms(images: Float32Array) -> Float32Array:
    """Describe grey images by how much of their gradient points where, in overlapping blocks of cells.

    Parameters
    ----------
    images : float32 array of shape (n, side, side)
        From 0, black, to 255, white; ``side`` is a multiple of 4, at least 8.

    Returns
    -------
    float32 array of shape (n, (side / 4 - 1)^2 * 36)
        For each block of 2 x 2 cells of 4 x 4 pixels, nine directions between 0 and 180 degrees in each cell,
        of unit length; zeros where nothing changes (Dalal and Triggs, CVPR 2005).

    Notes
    -----
    Each image is worked on by itself: its numbers are the same to the bit in any company.
    """
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode="edge")
    across = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    cells = _cell_histograms(np.hypot(across, down), np.arctan2(down, across))
    corners = (cells[:, :-1, :-1], cells[:, :-1, 1:], cells[:, 1:, :-1], cells[:, 1:, 1:])
    blocks = _unit_length(np.concatenate(corners, axis=-1), 1.0)
    capped = _unit_length(np.minimum(blocks, _CEILING), 1e-6)
    n_numbers = int(np.prod(capped.shape[1:]))
    return capped.reshape(len(images), n_numbers).astype(np.float32)


def _cell_histograms(strength: Float32Array, angle: Float32Array) -> FloatArray:
    """Sum the strength of each cell's pixels by direction, each shared between the two nearest of nine."""
    n, side, _ = strength.shape
    place = angle * np.float32(_DIRECTIONS / np.pi)
    below = np.floor(place)
    upper_share = place - below
    cell_of = np.arange(side) // _CELL
    n_across = side // _CELL
    cell = (np.arange(n)[:, None, None] * n_across + cell_of[:, None]) * n_across + cell_of
    lower = below.astype(np.int64) % _DIRECTIONS
    upper = (lower + 1) % _DIRECTIONS
    bins = np.stack([cell * _DIRECTIONS + lower, cell * _DIRECTIONS + upper])
    shares = np.stack([strength * (1 - upper_share), strength * upper_share])
    sums = np.bincount(bins.ravel(), shares.ravel(), n * n_across**2 * _DIRECTIONS)
    return np.asarray(sums, dtype=np.float64).reshape(n, n_across, n_across, _DIRECTIONS)


def _unit_length(blocks: FloatArray, floor: float) -> FloatArray:
    """Scale each block to length one; ``floor`` keeps the noise of an even surface small."""
    squares = (blocks * blocks).sum(axis=-1, keepdims=True)
    scaled: FloatArray = blocks / np.sqrt(squares + floor * floor)
    return scaled
