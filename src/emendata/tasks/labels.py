"""What people pass as labels, as one code a row.

Numbers stay numbers all the way; everything else is counted out value by value, where "value" means each
different one, not each row.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, nearest
from emendata.records import BoolArray

__all__ = ["GivenLabels", "join_labels", "read_labels"]

_CHUNK = 1 << 20
_LARGEST = np.iinfo(np.int32).max

Codes = npt.NDArray[np.int32]
Part = tuple[npt.NDArray[Any], list[Any]]  # positions in a list of values, -1 where there is none; the values


@dataclass(frozen=True)
class GivenLabels:
    """Labels as codes: positions in ``class_names``, or column numbers where that is None; -1 is unlabelled.

    ``class_names`` holds the classes that some row has, in sorted order, unless the order was given.
    ``all_names`` holds, if there are more, those too that a categorical column knows and no row has.
    """

    codes: Codes
    class_names: tuple[Any, ...] | None
    all_names: tuple[Any, ...] | None = None

    def over(self, names: tuple[Any, ...]) -> "GivenLabels":
        """Return the same labels as positions in ``names``, which holds each of the classes."""
        place = {name: i for i, name in enumerate(names)}
        moved = np.array([place[name] for name in self.class_names or ()] + [-1], np.int32)
        codes = np.empty_like(self.codes)
        _translate(self.codes, moved, codes)
        return GivenLabels(codes, names)


def read_labels(labels: Any, class_names: Any = None) -> GivenLabels:
    """Turn labels of any kind into codes.

    Parameters
    ----------
    labels : sequence of n values, or path of a .npy file
        Integers, strings, booleans, dates or anything else that has an order: a list, an array, a tensor, a
        column of pandas, polars or Arrow. None, NaN, NA and NaT stand for no label.
    class_names : sequence of values or ClassLabel, optional
        The classes in the order of their columns. Integer labels are looked up in them where there are
        numbers among them, and are column numbers where there are none.

    Raises
    ------
    InputError
        If it is no sequence of values with an order, or integers are negative, or ``class_names`` lacks one.

    Examples
    --------
    >>> read_labels(["dog", "cat", None])
    GivenLabels(codes=array([ 1,  0, -1], dtype=int32), class_names=('cat', 'dog'), all_names=None)
    >>> read_labels([2, 0, 0]).class_names is None
    True
    """
    names = None if class_names is None else _names(class_names)
    values = _plain(labels)
    if _are_whole(values):
        known = {} if names is None or hasattr(class_names, "num_classes") else _numbers_among(names)
        return GivenLabels(_looked_up(values, known) if known else _column_numbers(values), names)
    return _merged(_parts(values), len(values), names)


def join_labels(parts: list[GivenLabels]) -> GivenLabels:
    """Put the labels of several blocks, in the order of the rows, into one."""
    labelled = [part for part in parts if (part.codes >= 0).any()]
    n_rows = sum(len(part.codes) for part in parts)
    if len({(part.class_names, part.all_names) for part in labelled}) <= 1:
        codes = np.concatenate([part.codes for part in parts]) if parts else np.empty(0, np.int32)
        return replace(labelled[0] if labelled else GivenLabels(codes, None), codes=codes)
    return _merged(map(_part, parts), n_rows, None)


def _part(given: GivenLabels) -> Part:
    if given.class_names is not None:
        used = given.class_names
        return given.codes, [*used, *(name for name in given.all_names or () if name not in used)]
    values, positions = np.unique(given.codes, return_inverse=True)
    n_missing = int(len(values) > 0 and values[0] < 0)
    return positions - n_missing, values[n_missing:].tolist()


# What was passed, as a numpy array of numbers, booleans, strings, times or objects, or as Arrow chunks.


def _plain(labels: Any) -> Any:
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
        return _typed(labels.to_numpy()) if isinstance(labels.dtype, np.dtype) else _plain(labels.array)
    if hasattr(labels, "categories"):
        return _categorical(labels)
    if any(hasattr(labels, f"__arrow_{way}__") for way in ("array", "c_array", "c_stream")):
        return _arrow(labels)
    if hasattr(labels, "__dlpack__") or hasattr(labels, "__array__"):
        return _typed(_tensor(labels))
    return _typed(_listed(labels))


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
    except ValueError as error:
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


# Whole numbers: integers, or floats that were integers before a NaN came among them.


def _are_whole(values: Any) -> bool:
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "iuf":
        return False
    return values.dtype.kind != "f" or all(
        (np.isnan(chunk) | (np.isfinite(chunk) & (np.floor(chunk) == chunk))).all()
        for _, chunk in _chunks(values)
    )


def _column_numbers(values: npt.NDArray[Any]) -> Codes:
    if values.dtype.kind != "f":
        if len(values) and (values.min() < 0 or values.max() > _LARGEST):
            _refuse_numbers(values)
        return np.ascontiguousarray(values, np.int32)
    codes = np.empty(len(values), np.int32)
    for first, chunk in _chunks(values):
        missing = np.isnan(chunk)
        if (chunk < 0).any() or (chunk > _LARGEST).any():
            _refuse_numbers(values)
        codes[first : first + len(chunk)] = np.where(missing, -1, chunk)
    return codes


def _looked_up(values: npt.NDArray[Any], known: dict[int, int]) -> Codes:
    """Return the position in ``class_names`` of each number, by the positions of the numbers among them."""
    numbers, positions = np.array(sorted(known.items())).T
    codes = np.empty(len(values), np.int32)
    for first, chunk in _chunks(values):
        nearest_above = np.minimum(np.searchsorted(numbers, chunk), len(numbers) - 1)
        found, missing = numbers[nearest_above] == chunk, chunk != chunk
        if not (found | missing).all():
            _refuse_unknown(values, numbers.tolist())
        codes[first : first + len(chunk)] = np.where(missing, -1, positions[nearest_above])
    return codes


def _chunks(values: npt.NDArray[Any]) -> Iterator[tuple[int, npt.NDArray[Any]]]:
    for first in range(0, len(values), _CHUNK):
        yield first, values[first : first + _CHUNK]


def _numbers_among(names: tuple[Any, ...]) -> dict[int, int]:
    return {number: i for i, name in enumerate(names) if (number := _as_whole(name)) is not None}


def _as_whole(name: Any) -> int | None:
    if isinstance(name, int | float):
        return int(name) if name == name and abs(name) != float("inf") and int(name) == name else None
    try:
        return int(name) if isinstance(name, str) and str(int(name)) == name else None
    except ValueError:
        return None


def _refuse_numbers(values: npt.NDArray[Any]) -> None:
    if (negative := values < 0).any():
        raise InputError(
            f"labels has negative integers in {_where(negative, values)}. Integers are column numbers from 0: "
            "write None or NaN where there is no label, or say with class_names= which column is which."
        )
    raise InputError(
        f"labels has integers that no column number reaches in {_where(values > _LARGEST, values)}. Integers are "
        "column numbers from 0: say with class_names= which column is which."
    )


def _refuse_unknown(values: npt.NDArray[Any], known: list[int]) -> None:
    unknown = ~(np.isin(values, known) | (values != values))
    raise InputError(
        f"labels has values that are none of the classes in {_where(unknown, values)}. Give each class its column "
        "and its name."
    )


def _where(rows: BoolArray, values: npt.NDArray[Any]) -> str:
    first = int(rows.argmax())
    return (
        f"{np.count_nonzero(rows):,} of {len(rows):,} rows (the first is row {first}, with {values[first]})"
    )


# Everything else: strings, booleans, dates and so on.


def _parts(values: Any) -> Iterator[Part]:
    """Yield pieces of the rows, each with its own list of different values."""
    if isinstance(values, list):
        yield _counted_out(values)
        return
    if not isinstance(values, np.ndarray):
        yield from map(_encoded, values.chunks)
    elif values.dtype.kind == "b":
        for _, chunk in _chunks(values):
            yield chunk.view(np.int8), [False, True]
    else:
        for _, chunk in _chunks(values):
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


def _merged(parts: Iterable[Part], n_rows: int, names: tuple[Any, ...] | None) -> GivenLabels:
    codes, at = np.empty(n_rows, np.int32), 0
    place: dict[Any, int] = {}
    known: set[Any] = set()
    for positions, values in parts:
        used = np.bincount(positions + 1, minlength=len(values) + 1)[1:] if len(positions) else ()
        moved = np.full(len(values) + 1, -1, np.int32)  # the last one is for -1
        for i in np.flatnonzero(used).tolist():
            if values[i] is not None:
                moved[i] = place.setdefault(values[i], len(place))
        known.update(value for value in values if value is not None)
        _translate(positions, moved, codes[at : at + len(positions)])
        at += len(positions)
    order = _ordered(place) if names is None else names
    find = {value: i for i, value in enumerate(order)}.get if names is None else _finder(names)
    moved = np.array([find(value, -2) for value in place] + [-1], np.int32)
    if (moved == -2).any():
        _refuse_names(list(place), moved, codes, order)
    _translate(codes, moved, codes)
    return GivenLabels(
        codes, order, None if names is not None or len(known) == len(order) else _ordered(known)
    )


def _translate(positions: npt.NDArray[Any], moved: Codes, out: Codes) -> None:
    for first, chunk in _chunks(positions):
        out[first : first + len(chunk)] = moved[chunk]


def _ordered(values: Iterable[Any]) -> tuple[Any, ...]:
    try:
        return tuple(sorted(values))
    except TypeError as error:
        raise InputError(
            "labels are of several types and have no order. Make them all strings or all integers."
        ) from error


def _names(class_names: Any) -> tuple[Any, ...]:
    given = class_names.names if hasattr(class_names, "num_classes") else class_names
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InputError(
            f"class_names is {given!r:.80}. Give a sequence with one name per column of pred_probs."
        )
    names = tuple(name.item() if isinstance(name, np.generic) else name for name in given)
    try:
        twice = [name for name, count in Counter(names).items() if count > 1]
    except TypeError as error:
        raise InputError(f"class_names cannot be used: {error}. Give one value per column.") from error
    if twice:
        raise InputError(
            f"class_names has {', '.join(map(repr, twice[:5]))} more than once. Name each class once."
        )
    return names


def _finder(names: tuple[Any, ...]) -> Callable[[Any, int], int]:
    """Return a look-up of a value's position among ``names``, by the value or else by its text."""
    by_value = {name: i for i, name in enumerate(names)}
    by_text = {str(name): i for i, name in enumerate(names)}
    return lambda value, default: by_value.get(value, by_text.get(str(value), default))


def _refuse_names(values: list[Any], moved: Codes, codes: Codes, names: tuple[Any, ...]) -> None:
    unknown = [value for value, code in zip(values, moved.tolist(), strict=False) if code == -2]
    rows = np.isin(codes, np.flatnonzero(moved == -2))
    hint = nearest(str(unknown[0]), map(str, names))
    raise InputError(
        f"labels has {', '.join(map(repr, unknown[:3]))}{', ...' if len(unknown) > 3 else ''} in "
        f"{np.count_nonzero(rows):,} of {len(rows):,} rows (the first is row {int(rows.argmax())}), but the classes "
        f"are {', '.join(map(repr, names[:10]))}{', ...' if len(names) > 10 else ''}. "
        + (f"Did you mean {hint!r}?" if hint else "Give each class its column and its name.")
    )
