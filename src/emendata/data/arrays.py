"""Named arrays, in memory or in an archive, as a table: which are columns, which pictures, and which a split's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.array_fields import Array, fields_of, layout
from emendata.data.frame import as_sequence, read_frame
from emendata.data.media import Media, media_cells
from emendata.data.pictures import pictures
from emendata.data.source import Reading, Verdict
from emendata.data.splits import joined
from emendata.errors import InputError, rows_of
from emendata.records import Role

__all__ = [
    "LABELS",
    "are_arrays",
    "arrays_reading",
    "as_arrays",
    "label_by_name",
    "read_arrays",
]

LABELS = frozenset(("y", "label", "labels", "target", "targets"))


def are_arrays(source: object) -> bool:
    """Tell whether a source is a mapping with an array of more than one dimension in it, or of arrays in splits.

    Examples
    --------
    >>> one = np.zeros(1)
    >>> [are_arrays(source) for source in ({"x": np.eye(2)}, {"x_train": one, "x_test": one}, {"x": one})]
    [True, True, False]
    """
    if not isinstance(source, Mapping) or not source:
        return False
    dimensions = [_n_dimensions(values) for values in source.values()]
    if max(dimensions) > 1:
        return True
    # A series of pandas has one dimension as well, but several of them are the columns of a table.
    are_all = all(dimensions) and not any(hasattr(values, "index") for values in source.values())
    return are_all and "" not in layout(dict.fromkeys(map(str, source), np.empty(0)))


def read_arrays(source: Mapping[Any, Any]) -> Reading:
    """Return what is in a mapping of names to arrays, tensors and sequences.

    Raises
    ------
    InputError
        If an array is neither columns nor pictures, or they have different lengths.

    Examples
    --------
    >>> read_arrays({"x": np.array([[1, 2], [3, 4]]), "y": ["a", "b"]}).table.to_pydict()
    {'x_0': [1, 3], 'x_1': [2, 4], 'y': ['a', 'b']}
    >>> read_arrays({"x_train": np.ones((2, 1)), "x_test": np.ones((1, 1))}).table.to_pydict()
    {'x': [1.0, 1.0, 1.0], 'split': ['train', 'train', 'test']}
    """
    return arrays_reading(as_arrays(source))


def as_arrays(source: Mapping[Any, Any]) -> dict[str, Array]:
    """Return a mapping's values as arrays by name; a sequence becomes one of objects.

    Raises
    ------
    InputError
        If a value cannot be had as an array, such as a tensor on a GPU.
    """
    return {str(name): _array(str(name), values) for name, values in source.items()}


def arrays_reading(arrays: Mapping[str, Array]) -> Reading:
    """Return arrays as a table: see `read_arrays`."""
    keys = layout(arrays)
    parts = {
        split: _reading({name: arrays[key] for name, key in names.items()}) for split, names in keys.items()
    }
    reading = parts[""] if "" in parts else joined(parts)
    where = "" if "" in parts else f" in the splits {', '.join(parts)}"
    return replace(
        reading,
        verdicts={**reading.verdicts, **label_by_name(reading.table, "named like the labels of arrays")},
        recognized=f"named arrays with {rows_of(reading.table.num_rows)}{where}",
    )


def label_by_name(table: pa.Table, reason: str) -> dict[str, Verdict]:
    """Return the role of the one column that is named like labels and holds what classes can be called.

    Examples
    --------
    >>> label_by_name(pa.table({"y": [1, 0], "x": [0.5, 1.0]}), "named like labels")
    {'y': (<Role.LABEL: 'label'>, 'named like labels')}
    """
    named = [name for name in table.column_names if name.lower() in LABELS and _names_classes(table[name])]
    return {name: (Role.LABEL, reason) for name in named if len(named) == 1}


def _reading(arrays: Mapping[str, Array]) -> Reading:
    columns: dict[str, Any] = {}
    media: dict[str, Media] = {}
    for name, (key, at, is_picture) in fields_of(arrays).items():
        array = arrays[key]
        if is_picture:
            media[name] = pictures(array.__getitem__, len(array))
        columns[name] = (
            media_cells(media[name]) if is_picture else _values(array if at is None else array[:, at])
        )
    reading = read_frame(columns)
    return Reading(reading.table, media={**reading.media, **media})


def _values(array: Array) -> pa.Array | Array:
    """Return a column of an array as Arrow can take it."""
    if array.dtype.kind == "S":
        return np.char.decode(array, "utf-8", "replace")
    return np.ascontiguousarray(array, array.dtype.newbyteorder("="))


def _array(name: str, values: Any) -> Array:
    if not _n_dimensions(values):
        cells = as_sequence(name, values)
        array = np.empty(len(cells), object)
        for row, cell in enumerate(cells):
            array[row] = cell
        return array
    try:
        array = np.asarray(values)
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError(
            f"{name!r} cannot be had as an array ({error}). Give it as a numpy array."
        ) from error
    if array.ndim != _n_dimensions(values):
        raise InputError(
            f"{name!r} is a {type(values).__name__}, which is no array. Give it as a numpy array."
        )
    return array


def _n_dimensions(values: object) -> int:
    found = getattr(values, "ndim", 0)
    return found if isinstance(found, int) else 0


def _names_classes(column: pa.ChunkedArray) -> bool:
    if not kinds.is_floating(column.type):
        return not kinds.is_timestamp(column.type)
    return bool(pc.all(pc.equal(pc.floor(column), column)).as_py())
