"""Tables that are already in memory: pandas, polars, Arrow, a dict of columns, or a list of rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa

from emendata.data.media import Media, media_cells
from emendata.data.pictures import is_picture, pictures
from emendata.data.source import Reading
from emendata.data.table_file import reading_of, refuse_twice
from emendata.data.values import as_text
from emendata.errors import InputError
from emendata.records import IntArray

__all__ = ["array_of", "as_sequence", "read_frame", "rearranged"]


def read_frame(source: object) -> Reading:
    """Return what is in a dataframe, an Arrow table, a dict of columns or a list with a dict for each row.

    Keys that a row lacks are missing cells. A column of images of Pillow is one of media.

    Raises
    ------
    InputError
        If it is none of these, is empty, has columns of different lengths or the same name, or a column
        that is no sequence of values.

    Examples
    --------
    >>> read_frame({"text": ["good", "bad"], "label": [1, 0]}).table.num_rows
    2
    """
    if isinstance(source, list | tuple):
        source = _as_columns(source)
    if isinstance(source, Mapping):
        names = [str(name) for name in source]
        given = [as_sequence(name, values) for name, values in zip(names, source.values(), strict=True)]
        _refuse_uneven(names, given)
        _refuse_passing(dict(zip(names, source.values(), strict=True)), dict(zip(names, given, strict=True)))
    else:
        names, given = _columns(source)
    refuse_twice("The table", names)
    if not given or not len(given[0]):
        raise InputError("The table has no rows or no columns. Give one with at least one row.")
    media = {
        name: _pictures(values) for name, values in zip(names, given, strict=True) if _are_pictures(values)
    }
    columns = [
        media_cells(media[name]) if name in media else array_of(name, values)
        for name, values in zip(names, given, strict=True)
    ]
    reading = reading_of(pa.table(columns, names=names))
    return replace(reading, media={**reading.media, **media})


def _as_columns(rows: Sequence[Any]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for i, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise InputError(f"Item {i:,} of the list is a {type(row).__name__}. Give a dict for each row.")
        refuse_twice(f"Item {i:,} of the list", [str(name) for name in row])
        for name, value in row.items():
            columns.setdefault(str(name), [None] * len(rows))[i] = value
    return columns


def _columns(source: object) -> tuple[list[str], list[Any]]:
    if isinstance(source, pa.Table | pa.RecordBatch):
        return source.schema.names, source.columns
    try:
        frame = nw.from_native(source)  # type: ignore[call-overload, unused-ignore]
    except TypeError as error:
        raise InputError(
            f"Cannot read a {type(source).__name__}. Give a path, a dataframe, a dict of columns, a list of dicts, "
            "or a dataset of Hugging Face or torch."
        ) from error
    except nw.exceptions.DuplicateError:
        refuse_twice("The table", [str(name) for name in source.columns])  # type: ignore[attr-defined]
        raise
    except nw.exceptions.NarwhalsError as error:
        raise InputError(f"The table cannot be used: {str(error).splitlines()[0]}") from error
    if isinstance(frame, nw.LazyFrame):
        raise InputError("The table is lazy. Call .collect() on it first.")
    names = [str(name) for name in frame.columns]
    return names, [_series(frame[:, i]) for i in range(len(names))]


def _series(series: Any) -> Any:
    if series.dtype == nw.Object:  # polars would give their addresses
        return series.to_list()
    try:
        return series.to_arrow()
    except (pa.ArrowException, TypeError, ValueError):
        return series.to_list()


def as_sequence(name: str, values: Any) -> Any:
    """Return the values of a column as they are, or an iterable of them as a list."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise InputError(f"Column {name!r} is {values!r:.80}. Give a sequence with one value per row.")
    if (n_dimensions := getattr(values, "ndim", 1)) != 1:
        raise InputError(f"Column {name!r} has {n_dimensions} dimensions. Give one value per row.")
    return values if hasattr(values, "__len__") else list(values)


def _are_pictures(values: Any) -> bool:
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return False
    there = (value for value in values if not _is_missing(value))
    return is_picture(next(there, None)) and all(map(is_picture, there))


def _refuse_passing(source: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise where pictures can be had only once: a corrected copy must hold them as well."""
    for name, values in source.items():
        if not hasattr(values, "__len__") and _are_pictures(given[name]):
            raise InputError(
                f"Column {name!r} is a {type(values).__name__} of images, which can be gone through only once. "
                "Give a list."
            )


def _pictures(values: Any) -> Media:
    each = [None if _is_missing(value) else value for value in values]
    return pictures(each.__getitem__, len(each))


def array_of(name: str, values: Any) -> pa.Array:
    """Return any sequence as one array; values of several types become their text."""
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError):
        texts = [_text(value) for value in values]
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError as error:
        raise InputError(
            f"Column {name!r} holds {error.object[error.start]!r}, half of a surrogate pair, which stands for "
            "no character. Take it out."
        ) from error


def _text(value: object) -> str | None:
    if _is_missing(value):
        return None
    return as_text(value.item() if isinstance(value, np.generic) else value)


def _is_missing(value: object) -> bool:
    try:
        return value is None or bool(value != value)  # only NaN differs from itself
    except (TypeError, ValueError):  # pandas.NA refuses to say so, an array says so of each of its values
        return not hasattr(value, "__len__")


def _refuse_uneven(names: list[str], columns: list[Any]) -> None:
    for name, column in zip(names, columns, strict=True):
        if len(column) != len(columns[0]):
            raise InputError(
                f"Column {names[0]!r} has {len(columns[0]):,} values and column {name!r} has {len(column):,}. "
                "Give each one value per row."
            )


def rearranged(frame: Any, rows: IntArray, moved: Mapping[str, IntArray]) -> Any:
    """Return the given rows of a dataframe, with the cells of some columns taken from other rows of them.

    Types, index and everything else that the kind of dataframe knows stay.

    Parameters
    ----------
    rows : int array of shape (n,)
    moved : mapping of str to int array of shape (n,)
        By column, the rows whose cells it gets instead.
    """
    given = nw.from_native(frame, eager_only=True)
    columns = [given[:, i][moved[str(name)]] for i, name in enumerate(given.columns) if str(name) in moved]
    return given[rows].with_columns(*columns).to_native()
