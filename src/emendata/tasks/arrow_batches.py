"""Numbers out of Arrow batches, which hold one column a class or one column of lists."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, rows_of

__all__ = ["batch_numbers", "holds_lists", "is_numeric"]

Array = npt.NDArray[Any]


def batch_numbers(batch: Any, n_columns: int, dtype: npt.DTypeLike) -> Array:
    """Return the numbers of a batch, shape (n, n_columns); missing values are NaN."""
    if holds_lists(batch.schema):
        return _listed(batch.column(0), n_columns)
    out = np.empty((n_columns, len(batch)), dtype)
    for j, column in enumerate(batch.columns):
        out[j] = column.to_numpy(zero_copy_only=False)
    return out.T


def holds_lists(schema: Any) -> bool:
    """Say whether batches have one column, of lists of numbers."""
    import pyarrow as pa

    if len(schema) != 1:
        return False
    kind = schema.field(0).type
    return any(
        is_kind(kind) for is_kind in (pa.types.is_fixed_size_list, pa.types.is_list, pa.types.is_large_list)
    ) and is_numeric(kind.value_type)


def is_numeric(kind: Any) -> bool:
    """Say whether an Arrow type is read as numbers."""
    import pyarrow as pa

    return any(
        is_kind(kind)
        for is_kind in (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_null)
    )


def _listed(column: Any, k: int) -> Array:
    import pyarrow as pa

    if column.null_count:
        raise InputError(
            f"pred_probs has no value in {rows_of(column.null_count)}. Predict them or leave them out."
        )
    try:
        fixed = column.cast(pa.list_(column.type.value_type, k))
    except pa.ArrowException as error:
        raise InputError(f"pred_probs has rows of different lengths: {error}") from error
    values: Array = fixed.flatten().to_numpy(zero_copy_only=False)
    return values.reshape(-1, k)
