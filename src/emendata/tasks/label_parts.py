"""Labels that are no whole numbers, such as strings and dates, counted out piece by piece."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.tasks.label_values import chunks

__all__ = ["Part", "encoded_parts"]

Part = tuple[npt.NDArray[Any], list[Any]]
"""Positions in a list of values, -1 where there is none, and the values."""


def encoded_parts(values: Any) -> Iterator[Part]:
    """Yield pieces of the rows, each with its own list of different values."""
    if isinstance(values, list):
        yield _counted_out(values)
        return
    if not isinstance(values, np.ndarray):
        yield from map(_encoded, values.chunks)
    elif values.dtype.kind == "b":
        for _, chunk in chunks(values):
            yield chunk.view(np.int8), [False, True]
    else:
        for _, chunk in chunks(values):
            yield _encoded_array(chunk)


def _encoded_array(chunk: npt.NDArray[Any]) -> Part:
    import pyarrow as pa

    if chunk.dtype.kind in "Mm":
        unit = np.datetime_data(chunk.dtype)[0]
        coarse = {"Y": "D", "M": "D", "W": "D", "h": "s", "m": "s"}.get(unit, unit)
        coarse = "s" if coarse == "D" and chunk.dtype.kind == "m" else coarse
        chunk = chunk.astype(f"{chunk.dtype.kind}8[{coarse}]")
    if chunk.dtype.kind == "T":
        chunk = chunk.astype(object)
    try:
        return _encoded(pa.array(chunk, from_pandas=True))
    except (pa.ArrowException, ValueError):  # such as half of a surrogate pair
        return _counted_out(chunk.tolist())


def _encoded(chunk: Any) -> Part:
    import pyarrow as pa

    if pa.types.is_null(chunk.type):
        return np.full(len(chunk), -1, np.int8), []
    if pa.types.is_boolean(chunk.type):
        return chunk.cast(pa.int8()).fill_null(-1).to_numpy(), [False, True]
    if not pa.types.is_dictionary(chunk.type):
        chunk = chunk.dictionary_encode()
    positions = chunk.indices
    if positions.null_count:
        positions = positions.cast(pa.int64()).fill_null(-1)
    return positions.to_numpy(), chunk.dictionary.to_pylist()


def _counted_out(values: list[Any]) -> Part:
    place: dict[Any, int] = {}
    try:
        positions = [-1 if value is None else place.setdefault(value, len(place)) for value in values]
    except TypeError as error:
        raise InputError(
            f"labels cannot be read as an array of labels: {error}. Give one value per row."
        ) from error
    return np.array(positions, np.int32), list(place)
