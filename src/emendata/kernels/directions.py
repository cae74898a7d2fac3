"""Rows of which only the direction counts."""

import numpy as np

from emendata.records import Float32Array

__all__ = ["of_length_one"]


def of_length_one(points: Float32Array) -> Float32Array:
    """Return rows drawn out to length one; those that are nothing but zeros stay.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)

    Returns
    -------
    float32 array of shape (n, d)

    Examples
    --------
    >>> of_length_one(np.array([[3, 4], [0, 0]], dtype=np.float16)).round(3).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    dense = np.asarray(points, dtype=np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", dense, dense, dtype=np.float64))
    made: Float32Array = dense / np.where(lengths > 0, lengths, 1.0).astype(np.float32)[:, None]
    return made
