"""Tables that are already in memory: pandas, polars, Arrow, or a dict of columns."""

import os
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pyarrow as pa

from emendata.data.normalise import normalised
from emendata.errors import InputError

__all__ = ["native_like", "read_frame"]

_RESTORED = (nw.Categorical, nw.Enum, nw.Datetime, nw.Date, nw.dtypes.NumericType)


def read_frame(source: object) -> pa.Table:
    """Return the typed table of a dataframe, an Arrow table or a dict of columns.

    Raises
    ------
    InputError
        If it is none of these, is empty, or has columns of different lengths or the same name.

    Examples
    --------
    >>> read_frame({"text": ["good", "bad"], "label": [1, 0]}).num_rows
    2
    """
    if isinstance(source, Mapping):
        names, columns = [str(name) for name in source], [_array(values) for values in source.values()]
        _refuse_uneven(names, columns)
    else:
        names, columns = _columns(source)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"There are several columns called {', '.join(map(repr, twice[:5]))}. Rename them.")
    if not columns or not len(columns[0]):
        raise InputError("The table has no rows or no columns. Give one with at least one row.")
    return normalised(pa.table(columns, names=names))


def _columns(source: object) -> tuple[list[str], list[pa.ChunkedArray]]:
    if isinstance(source, pa.Table):
        return source.column_names, source.columns
    try:
        frame = nw.from_native(source)  # type: ignore[call-overload, unused-ignore]
    except TypeError as error:
        raise InputError(
            f"Cannot read a {type(source).__name__}. Give a path, a dataframe or a dict of columns."
        ) from error
    except nw.exceptions.NarwhalsError as error:
        raise InputError(f"The table cannot be used: {str(error).splitlines()[0]}") from error
    if isinstance(frame, nw.LazyFrame):
        raise InputError("The table is lazy. Call .collect() on it first.")
    return [str(name) for name in frame.columns], [_series(frame[:, i]) for i in range(len(frame.columns))]


def _series(series: Any) -> pa.Array:
    try:
        return series.to_arrow()
    except (pa.ArrowException, TypeError, ValueError):
        return _array(series.to_list())


def _array(values: Any) -> pa.Array:
    """Return any sequence as one array; values of several types become their text."""
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError):
        return pa.array([None if _is_missing(value) else str(value) for value in values], pa.string())


def _is_missing(value: object) -> bool:
    return value is None or value != value  # only NaN differs from itself


def _refuse_uneven(names: list[str], columns: list[pa.Array]) -> None:
    lengths = {name: len(column) for name, column in zip(names, columns, strict=True)}
    if len(set(lengths.values())) > 1:
        raise InputError(f"The columns have different lengths: {lengths}. Give each one value per row.")


def native_like(table: pa.Table, like: object) -> Any:
    """Return an Arrow table as the kind of table that ``like`` is: pandas, polars, a dict, else Arrow.

    Columns get the types that they have in ``like`` where these differ, such as categories.

    Examples
    --------
    >>> native_like(pa.table({"a": [1]}), {"a": [2, 3]})
    {'a': [1]}
    """
    if isinstance(like, Mapping):
        return table.to_pydict()
    if isinstance(like, pa.Table | str | os.PathLike):
        return table
    given = nw.from_native(like, eager_only=True)  # type: ignore[call-overload, unused-ignore]
    frame = nw.from_arrow(table, backend=given.implementation)
    types = {str(name): kind for name, kind in given.schema.items()}
    changed = [
        nw.col(name).cast(types[name])
        for name, kind in frame.schema.items()
        if types.get(name, kind) != kind and isinstance(types[name], _RESTORED)
    ]
    return frame.with_columns(*changed).to_native() if changed else frame.to_native()
