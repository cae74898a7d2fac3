"""Ranks, the common scale of scores that have none."""

import numpy as np

from emendata.records import FloatArray

__all__ = ["mean_ranks"]


def mean_ranks(values: FloatArray) -> FloatArray:
    """Rank of each value from 1 to n, shape (n,); equal values share their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: FloatArray = (last - (counts - 1) / 2)[place]
    return ranks
