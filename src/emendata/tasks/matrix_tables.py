"""Matrices from tables: of pandas, polars, Arrow and whatever else speaks its protocol."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from emendata.errors import InputError
from emendata.tasks.arrow_batches import holds_lists, is_numeric
from emendata.tasks.matrices import Matrix, PieceMatrix, Pieces, RowMatrix

__all__ = ["arrow_matrix", "batches_matrix", "pandas_matrix"]


def pandas_matrix(frame: Any) -> Matrix:
    """Return the matrix of a data frame of pandas."""
    _refuse_one_dimension(frame)
    names = _column_names(frame.columns)
    kinds = set(frame.dtypes)
    if len(kinds) == 1 and all(isinstance(kind, np.dtype) and kind.kind in "biuf" for kind in kinds):
        return RowMatrix(frame.to_numpy(), names)
    import pyarrow as pa

    matrix = arrow_matrix(pa.Table.from_pandas(frame, preserve_index=False))
    matrix.column_names = names
    return matrix


def arrow_matrix(given: Any) -> Matrix:
    """Return the matrix of anything that Arrow takes for a table or a column of lists."""
    import pyarrow as pa

    if not isinstance(given, pa.Table | pa.RecordBatch | pa.Array | pa.ChunkedArray):
        given = pa.table(given) if hasattr(given, "__arrow_c_stream__") else pa.array(given)
    if isinstance(given, pa.Array | pa.ChunkedArray):
        given = pa.table([given], names=["pred_probs"])
    if isinstance(given, pa.RecordBatch):
        given = pa.Table.from_batches([given])
    return batches_matrix(
        lambda step: iter(given.to_batches(max_chunksize=step)), given.num_rows, given.schema
    )


def batches_matrix(pieces: Pieces, n_rows: int, schema: Any) -> Matrix:
    """Return the matrix of Arrow batches, which ``pieces`` yields each time it is called."""
    import pyarrow as pa

    if holds_lists(schema):
        kind = schema.field(0).type
        first = next((len(batch.column(0)[0] or ()) for batch in pieces(1) if len(batch)), 0)
        k = kind.list_size if pa.types.is_fixed_size_list(kind) else first
        return PieceMatrix(pieces, (n_rows, k), _arrow_type([kind.value_type]))
    for field in schema:
        if not is_numeric(field.type):
            raise InputError(
                f"Column {field.name!r} of pred_probs holds {field.type}. Give columns of numbers only, one per class."
            )
    names = _column_names(schema.names)
    return PieceMatrix(pieces, (n_rows, len(schema)), _arrow_type([field.type for field in schema]), names)


def _refuse_one_dimension(frame: Any) -> None:
    if not hasattr(frame, "columns"):
        raise InputError("pred_probs must have two dimensions, one row an example; got 1.")


def _arrow_type(kinds: list[Any]) -> np.dtype[Any]:
    import pyarrow as pa

    small = all(pa.types.is_float16(kind) or pa.types.is_float32(kind) for kind in kinds)
    return np.dtype(np.float32 if small else np.float64)


def _column_names(names: Iterable[Any]) -> tuple[Any, ...] | None:
    """Return the names of columns, or None where they only count them."""
    given = tuple(name.item() if isinstance(name, np.generic) else name for name in names)
    counted = range(len(given))
    counting = (list(counted), [str(i) for i in counted], [f"column_{i}" for i in counted])
    return None if list(given) in counting else given
