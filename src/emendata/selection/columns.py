"""The fields that the columns of a dataset give, made when somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data import Dataset
from emendata.data.date_forms import moments
from emendata.data.values import as_text
from emendata.records import Float32Array, Int32Array, Role
from emendata.selection.fields import ClassField, Field, NumberField, TextField

__all__ = ["LazyFields", "class_field", "column_fields"]

_SECONDS_A_YEAR = 365.2425 * 86400
_WITH_CLASSES = frozenset((Role.CATEGORY, Role.SPLIT, Role.GROUP, Role.ANNOTATOR, Role.LABEL))
_WITH_NUMBERS = frozenset((Role.NUMBER, Role.WEIGHT))
_WITH_DATES = frozenset((Role.DATE, Role.TIME))

Maker = Callable[[], Field]


class LazyFields(Mapping[str, Field]):
    """Fields by name, each made when it is first asked for.

    Parameters
    ----------
    makers : mapping of str to callable
    """

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Field] = {}

    def __getitem__(self, name: str) -> Field:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def put(self, field: Field) -> None:
        """Take a field in the place of the one of its name, or beside the others."""
        self.add(field.name, lambda: field)

    def add(self, name: str, maker: Maker) -> None:
        """Take what makes a field."""
        self._makers[name] = maker
        self._made.pop(name, None)


def column_fields(dataset: Dataset) -> dict[str, Maker]:
    """Return what makes the fields of a dataset's columns: classes, numbers, dates as years, texts and their lengths.

    Embeddings and columns of probabilities say nothing that a person would filter by, and have none.
    """
    readable = [
        column.name
        for column in dataset.columns
        if kinds.is_string(dataset.table[column.name].type) and column.role != Role.IGNORE
    ]
    makers: dict[str, Maker] = {"text": partial(TextField, "text", "Any text", readable)}
    for column in dataset.columns:
        name, key, values = column.name, f"column:{column.name}", dataset.table[column.name]
        if column.role in _WITH_CLASSES:
            makers[key] = partial(class_field, key, name, values)
        elif column.role in _WITH_NUMBERS:
            makers[key] = partial(_number_field, key, name, _numbers, values)
        elif column.role in _WITH_DATES:
            makers[key] = partial(_number_field, key, f"{name} (year)", _years, values)
        elif name in readable:
            makers[key] = partial(TextField, key, name, [name])
        if column.role == Role.TEXT:
            length = f"length:{name}"
            makers[length] = partial(_number_field, length, f"{name}, characters", _lengths, values)
    return makers


def _number_field(
    key: str, title: str, numbers: Callable[[pa.ChunkedArray], Float32Array], column: pa.ChunkedArray
) -> NumberField:
    return NumberField(key, title, numbers(column))


def class_field(key: str, title: str, column: pa.ChunkedArray) -> ClassField:
    """Return the field of a column that has few values, the most frequent first."""
    coded = column.combine_chunks().dictionary_encode()
    names = [as_text(value) for value in coded.dictionary.to_pylist()]
    codes = np.asarray(pc.fill_null(coded.indices, -1), dtype=np.int32)
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    order = np.argsort(-counts, kind="stable")
    return ClassField(key, title, [names[code] for code in order], _renumbered(codes, order))


def _renumbered(codes: Int32Array, order: np.ndarray) -> Int32Array:
    places = np.empty(len(order) + 1, dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    places[-1] = -1
    return places[codes]


def _numbers(column: pa.ChunkedArray) -> Float32Array:
    if kinds.is_string(column.type):
        return np.array([_as_number(value) for value in column.to_pylist()], dtype=np.float32)
    if kinds.is_temporal(column.type):
        return _years(column)
    as_float = column.cast(pa.float64(), safe=False)
    return np.asarray(pc.fill_null(as_float, float("nan")), dtype=np.float32)


def _as_number(value: str | None) -> float:
    try:
        return float(value) if value is not None else float("nan")
    except ValueError:
        return float("nan")


def _years(column: pa.ChunkedArray) -> Float32Array:
    """Return dates as years with a fraction, NaN where a cell holds none."""
    seconds = pc.cast(moments(column).cast(pa.timestamp("s"), safe=False), pa.int64())
    known = np.asarray(pc.fill_null(pc.cast(seconds, pa.float64()), float("nan")))
    return np.asarray(1970 + known / _SECONDS_A_YEAR, dtype=np.float32)


def _lengths(column: pa.ChunkedArray) -> Float32Array:
    return np.asarray(pc.fill_null(pc.cast(pc.utf8_length(column), pa.float64()), 0.0), dtype=np.float32)
