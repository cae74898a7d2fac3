"""Ranks, the common scale of scores that have none."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray, IntArray

__all__ = ["ascending", "mean_ranks"]


def ascending(values: npt.NDArray[np.floating[Any]]) -> IntArray:
    """Places of the values from low to high, equal ones in their order, shape (n,); n is below 2**32.

    Single precision is sorted as 64-bit keys of value and place, several times faster than an argsort.
    """
    if values.dtype != np.float32:
        return np.argsort(values, kind="stable")
    bits = (values + np.float32(0)).view(np.uint32)
    keys = np.where(bits >> 31, ~bits, bits | np.uint32(1 << 31)).astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)


def mean_ranks(values: FloatArray) -> FloatArray:
    """Rank of each value from 1 to n, shape (n,); equal values share their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: FloatArray = (last - (counts - 1) / 2)[place]
    return ranks
