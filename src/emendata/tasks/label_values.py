"""What people pass as labels, as an array or as Arrow chunks whose type says what the values are."""

import os
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError

__all__ = ["chunks", "plain_values"]

_CHUNK = 1 << 20


def plain_values(labels: Any) -> Any:
    """Return a numpy array of numbers, booleans, strings or times, Arrow chunks, or a list of anything else."""
    if isinstance(labels, str | bytes | os.PathLike):
        labels = _loaded(labels)
    _refuse_shape(labels)
    if isinstance(labels, np.ma.MaskedArray):
        return _arrow(labels.data, mask=np.ma.getmaskarray(labels))
    if isinstance(labels, np.ndarray):
        return _typed(np.asarray(labels))
    if hasattr(labels, "to_arrow"):  # polars
        return _arrow(labels.to_arrow())
    if hasattr(labels, "iloc") or hasattr(labels, "get_indexer"):  # pandas Series, Index
        return _typed(labels.to_numpy()) if isinstance(labels.dtype, np.dtype) else plain_values(labels.array)
    if hasattr(labels, "categories"):
        return _categorical(labels)
    if any(hasattr(labels, f"__arrow_{way}__") for way in ("array", "c_array", "c_stream")):
        return _arrow(labels)
    if hasattr(labels, "__dlpack__") or hasattr(labels, "__array__"):
        return _typed(_tensor(labels))
    return _typed(_listed(labels))


def chunks(values: npt.NDArray[Any]) -> Iterator[tuple[int, npt.NDArray[Any]]]:
    """Yield an array in pieces, each with the row that it starts at."""
    for first in range(0, len(values), _CHUNK):
        yield first, values[first : first + _CHUNK]


def _categorical(labels: Any) -> Any:
    import pyarrow as pa

    try:
        return _arrow(labels)
    except (pa.ArrowException, TypeError, ValueError):  # categories of a type that only pandas knows
        return _typed(np.asarray(labels, object))


def _loaded(path: Any) -> npt.NDArray[Any]:
    name = os.fsdecode(path)
    if not name.endswith(".npy"):
        raise InputError(
            f"labels is the text {name!r:.80}. Give one label per row, or the path of a .npy file."
        )
    if not Path(name).exists():
        raise InputError(f"There is no file {name!r} to read labels from. Check the path.")
    try:
        return np.load(name, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]
    except (ValueError, EOFError) as error:  # the last of an empty file
        raise InputError(f"{name!r} cannot be read as a .npy file of labels: {error}") from error


def _refuse_shape(labels: Any) -> None:
    shape = tuple(getattr(labels, "shape", (0,)))
    if len(shape) != 1:
        raise InputError(f"labels has shape {shape}. Give one label per row.")


def _tensor(labels: Any) -> npt.NDArray[Any]:
    for move in ("detach", "cpu"):
        labels = getattr(labels, move)() if hasattr(labels, move) else labels
    if hasattr(labels, "__array__"):
        return np.asarray(labels)
    return np.from_dlpack(labels)


def _listed(labels: Any) -> Any:
    if isinstance(labels, Mapping | Set) or not isinstance(labels, Iterable):
        raise InputError(f"labels is a {type(labels).__name__}. Give a sequence with one label per row.")
    return list(labels)


def _typed(values: Any) -> Any:
    """Return an array whose type says what its values are; objects go through Arrow, which finds it out."""
    if isinstance(values, list) or values.dtype.kind == "O":
        import pyarrow as pa

        try:
            return _arrow(values, from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return [_unwrapped(value) for value in values]
    if values.dtype.kind not in "biufUSTMm":
        raise InputError(f"labels cannot be read as an array of labels: they are of type {values.dtype}.")
    return values


def _arrow(values: Any, **options: Any) -> Any:
    """Return Arrow chunks, or a numpy array if they hold numbers."""
    import pyarrow as pa

    given = values
    if not isinstance(values, pa.Array | pa.ChunkedArray):
        values = (
            pa.chunked_array(values) if hasattr(values, "__arrow_c_stream__") else pa.array(values, **options)
        )
    if isinstance(values.type, pa.BaseExtensionType):  # such as the periods of pandas
        return _typed(np.asarray(given, object))
    if pa.types.is_dictionary(values.type) and _is_number(values.type.value_type):
        chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
        values = pa.chunked_array([c.dictionary_decode() for c in chunks], values.type.value_type)
    if _is_number(values.type):
        return (
            values.to_numpy()
            if isinstance(values, pa.ChunkedArray)
            else values.to_numpy(zero_copy_only=False)
        )
    if pa.types.is_nested(values.type) and not pa.types.is_dictionary(values.type):
        raise InputError(
            f"labels cannot be read as an array of labels: each one is a {values.type}. Give one value."
        )
    return values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])


def _is_number(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _unwrapped(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value
    try:
        return None if bool(value != value) else value  # only NaN differs from itself
    except (TypeError, ValueError):  # pandas.NA refuses to say so
        return value if hasattr(value, "__len__") else None
