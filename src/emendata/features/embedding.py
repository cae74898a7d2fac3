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
_LARGEST = 1e15  # whose square float32 still holds
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

    A column without any number is left out, unless there is no other, and one whose numbers are too large to
    reckon with is scaled.

    Raises
    ------
    InputError
        If a column holds no numbers.
    """
    columns = []
    for name in names:
        try:
            values = pc.cast(table[name], pa.float64(), safe=False).to_numpy()
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise InputError(
                f"Column {name!r} holds no numbers, so it is no part of an embedding. Give it another role with --role."
            ) from error
        known = values[np.isfinite(values)]
        if not len(known):
            continue
        largest = np.abs(known).max()
        columns.append((values / largest if largest > _LARGEST else values).astype(np.float32))
    if not columns:
        return np.zeros((table.num_rows, 1), np.float32)
    found = np.column_stack(columns)
    found[~np.isfinite(found).all(axis=1)] = 0
    return found
