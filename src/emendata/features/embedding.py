"""Numbers that are features already: columns of an embedding, or a matrix that somebody brings."""

import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from emendata.errors import InputError
from emendata.features.block import Block
from emendata.features.directions import leading_directions, standardized_vectors
from emendata.records import Float32Array

__all__ = ["embedding_block", "embedding_of", "embedding_runs", "stem"]

_DIRECTIONS = 100
_WIDE_SCALE = 2.0  # of a row's length: at which linear models are neither too stiff nor too loose


def embedding_block(values: Float32Array) -> Block:
    """Return dense and wide features of vectors.

    Parameters
    ----------
    values : float32 array of shape (n, d)
        Finite; a row of zeros is a gap.
    """
    scaled = standardized_vectors(values)
    wide = scaled * np.float32(_WIDE_SCALE / np.sqrt(values.shape[1]))
    return Block(leading_directions(scaled, _DIRECTIONS), wide)


def stem(name: str) -> str:
    """Return the name of a column without the number at its end.

    Examples
    --------
    >>> stem("emb_12"), stem("vector[3]")
    ('emb', 'vector')
    """
    return re.sub(r"[\W_]*\d+[\W_]*$", "", name)


def embedding_runs(names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Put columns of one embedding together, by what their names begin with, in the order of the table."""
    by_stem = sorted(names, key=stem)  # stable: columns stay in their order
    runs = [(key, list(group)) for key, group in groupby(by_stem, key=stem)]
    return sorted(runs, key=lambda run: names.index(run[1][0]))


def embedding_of(table: pa.Table, names: Sequence[str]) -> Float32Array:
    """Return columns of numbers side by side; a row in which one is missing becomes zeros.

    Raises
    ------
    InputError
        If a column holds no numbers.
    """
    columns = []
    for name in names:
        try:
            columns.append(pc.cast(table[name], pa.float32(), safe=False).to_numpy())
        except pa.ArrowInvalid as error:
            raise InputError(
                f"Column {name!r} holds no numbers, so it is no part of an embedding. Give it another role with --role."
            ) from error
    values = np.column_stack(columns).astype(np.float32, copy=False)
    values[~np.isfinite(values).all(axis=1)] = 0
    return values
