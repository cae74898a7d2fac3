"""Columns whose cells are vectors, spread over columns of numbers."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.column_blocks import SHORTEST_EMBEDDING
from emendata.data.source import Verdict
from emendata.records import Role

__all__ = ["spread_vectors"]

_MOST_NUMBERS = 2_000


def spread_vectors(table: pa.Table) -> tuple[pa.Table, dict[str, Verdict]]:
    """Return a table in which each list of numbers stands in columns ``NAME_0``, ``NAME_1`` and so on, and their roles.

    Lists count if they hold numbers with a fraction and all have one length, from 2 to 2,000; an empty list is missing.
    Eight numbers and more are an embedding; of fewer, each is judged as other columns are. Where one of the new names
    is taken, the column stays as it is.

    Examples
    --------
    >>> table, verdicts = spread_vectors(pa.table({"v": [[0.5, 1.0], None], "n": [1, 2]}))
    >>> table.to_pydict(), verdicts
    ({'v_0': [0.5, None], 'v_1': [1.0, None], 'n': [1, 2]}, {})
    >>> spread_vectors(pa.table({"v": [[0.5] * 9]}))[1]["v_1"]
    (<Role.EMBEDDING: 'embedding'>, 'one of the 9 numbers of each vector')
    """
    columns: dict[str, pa.ChunkedArray] = {}
    verdicts: dict[str, Verdict] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        width = _width(column)
        names = [f"{name}_{i}" for i in range(width)]
        if not width or not set(names).isdisjoint(table.column_names):
            columns[name] = column
            continue
        column = pc.if_else(pc.equal(pc.list_value_length(column), 0), pa.scalar(None, column.type), column)
        for i, part in enumerate(names):
            columns[part] = pc.list_element(column, i).cast(pa.float64())
            if width >= SHORTEST_EMBEDDING:
                verdicts[part] = (Role.EMBEDDING, f"one of the {width} numbers of each vector")
    return (table if list(columns) == table.column_names else pa.table(columns)), verdicts


def _width(column: pa.ChunkedArray) -> int:
    """Return the one length of all lists of numbers that are not empty, 0 if there is none."""
    kind = column.type
    if not (kinds.is_list(kind) or kinds.is_large_list(kind) or kinds.is_fixed_size_list(kind)):
        return 0
    if not kinds.is_floating(kind.value_type):
        return 0
    lengths = np.unique(pc.list_value_length(column).drop_null().to_numpy())
    lengths = lengths[lengths > 0]
    return int(lengths[0]) if len(lengths) == 1 and 2 <= lengths[0] <= _MOST_NUMBERS else 0
