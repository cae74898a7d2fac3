"""Which rows are identical, and how many identical rows accident alone would make."""

from collections.abc import Sequence

import numpy as np

from emendata.records import FloatArray, IntArray

__all__ = ["accidental_twins", "row_keys"]

_UNIQUE = np.log(1e-9)


def row_keys(columns: Sequence[IntArray]) -> IntArray:
    """One integer a row, equal exactly where all columns are equal, shape (n,).

    Parameters
    ----------
    columns : sequence of int arrays of shape (n,)
        The values of each column as small non-negative codes.
    """
    keys = np.zeros(len(columns[0]), dtype=np.int64)
    for codes in columns:
        # Renumbered after every column, so that the product stays below n * n_values and never overflows.
        _, keys = np.unique(keys * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
    return keys


def accidental_twins(columns: Sequence[IntArray], unique_kind: Sequence[bool]) -> FloatArray:
    """Count the other rows to be expected to agree with each row if columns were independent, shape (n,).

    ``(n - 1) * prod_c count_c(v) / n``. Values of a ``unique_kind`` column, such as long texts, do not
    repeat by accident: they count as one in a billion.
    """
    n = len(columns[0])
    log_chance = np.full(n, np.log(max(n - 1, 1)))
    for codes, unique in zip(columns, unique_kind, strict=True):
        log_chance += _UNIQUE if unique else np.log(np.bincount(codes)[codes] / n)
    chance: FloatArray = np.exp(log_chance)
    return chance
