"""Clouds of points and what checks are told of them."""

from typing import Any

import numpy as np

from emendata.checks.inputs import Content, Features, Inputs, Neighbors
from emendata.kernels.neighbors import nearest_rows
from emendata.records import Float32Array

__all__ = ["cloud", "seen"]


def cloud(n: int = 60, d: int = 2, seed: int = 0) -> Float32Array:
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)


def seen(points: Float32Array, k: int = 10, **more: Any) -> Inputs:
    """Return the inputs that are read off points; rows are alike where these are."""
    n = len(points)
    names = tuple(f"x{i}" for i in range(points.shape[1]))
    keys = np.unique(points, axis=0, return_inverse=True)[1].ravel().astype(np.int64)
    given = {
        "features": Features(points, names),
        "neighbors": Neighbors(*nearest_rows(points, min(k, n - 1))),
        "content": Content(keys, np.zeros(n), names),
    }
    return Inputs(n, **{**given, **more})
