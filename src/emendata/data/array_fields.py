"""Which columns named arrays stand for, and which of them belong to a split."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.data.pictures import shape_is_picture
from emendata.data.splits import SPLITS
from emendata.errors import InputError

__all__ = ["Array", "Field", "fields_of", "layout"]

Array = npt.NDArray[Any]
_MOST_COLUMNS = 2_000
_SPLITS = "|".join(sorted(SPLITS))
_SPLIT_NAME = re.compile(rf"({_SPLITS})_(.+)|(.+)_({_SPLITS})", re.IGNORECASE)


class Field(NamedTuple):
    """Where a column stands among arrays: in which of them, and there in which column, if it has several."""

    key: str
    at: int | None
    is_picture: bool


def layout(arrays: Mapping[str, Array]) -> dict[str, dict[str, str]]:
    """Return by split the names of its arrays, first without and then with the word for the split.

    Arrays come in splits if every name says one; else they are one part, whose name is ``""``.

    Examples
    --------
    >>> one = np.zeros(2)
    >>> layout({"x_train": one, "test_x": one})
    {'train': {'x': 'x_train'}, 'test': {'x': 'test_x'}}
    >>> layout({"x_train": one, "weights": one})
    {'': {'x_train': 'x_train', 'weights': 'weights'}}
    """
    parts: dict[str, dict[str, str]] = {}
    for key in arrays:
        match = _SPLIT_NAME.fullmatch(key)
        split, base = (match[1] or match[4], match[2] or match[3]) if match else ("", key)
        parts.setdefault(split, {})[base] = key
    if "" in parts or sum(map(len, parts.values())) < len(arrays):
        return {"": {key: key for key in arrays}}
    return parts


def fields_of(arrays: Mapping[str, Array]) -> dict[str, Field]:
    """Return the columns that arrays of one length stand for, by name.

    An array of shape (n,) or (n, 1) is a column; (n, d) is d of them, called ``NAME_0``, ``NAME_1`` and so on; uint8 of
    shape (n, height, width), with 1, 3 or 4 channels last or first, is a column of pictures.

    Raises
    ------
    InputError
        If an array is none of these, they have different lengths, or two columns have one name.
    """
    _refuse_uneven(arrays)
    fields: dict[str, Field] = {}
    for name, array in arrays.items():
        for column, field in _fields(name, array):
            if column in fields:
                raise InputError(
                    f"The arrays {fields[column].key!r} and {name!r} both have a column {column!r}. Rename one."
                )
            fields[column] = field
    return fields


def _fields(name: str, array: Array) -> Iterator[tuple[str, Field]]:
    shape = array.shape
    if array.ndim == 1:
        yield name, Field(name, None, False)
    elif array.ndim == 2 and shape[1] == 1:
        yield name, Field(name, 0, False)
    elif array.ndim == 2 and shape[1] <= _MOST_COLUMNS:
        yield from ((f"{name}_{i}", Field(name, i, False)) for i in range(shape[1]))
    elif array.dtype == np.uint8 and shape_is_picture(shape[1:]):
        yield name, Field(name, None, True)
    elif array.ndim == 2:
        raise InputError(
            f"Array {name!r} is {shape[1]:,} numbers wide, and {_MOST_COLUMNS:,} is the most. Give fewer dimensions, "
            "such as the first principal components."
        )
    else:
        raise InputError(
            f"Array {name!r} of {array.dtype} and shape {shape} is neither columns nor pictures. Give pictures as "
            "uint8 of shape (n, height, width) or (n, height, width, 3), or one line of numbers for each row."
        )


def _refuse_uneven(arrays: Mapping[str, Array]) -> None:
    (first, n_rows), *others = [(name, len(array)) for name, array in arrays.items()]
    for name, n_others in others:
        if n_others != n_rows:
            raise InputError(
                f"Array {first!r} has {n_rows:,} rows and array {name!r} has {n_others:,}. "
                "Give each one line per row, or leave one out."
            )
