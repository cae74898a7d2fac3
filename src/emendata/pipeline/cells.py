"""Columns of single values as the checks of tables see them: distinct values, and which of them each row has."""

import math
import re
from collections.abc import Sequence
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.checks.inputs import CellColumn, CellKind
from emendata.data import Dataset
from emendata.data.date_forms import is_date, moments
from emendata.data.values import as_text
from emendata.records import Column, FloatArray, Int32Array, Role

__all__ = ["cell_columns", "cells_of"]

_SINGLE = (Role.NUMBER, Role.CATEGORY, Role.DATE, Role.TIME, Role.ID, Role.GROUP)
_NAMES = (Role.ID, Role.GROUP)
_LONG = 200  # characters; what is longer on average is a document
_MOST = 0.8  # part of the cells that makes a column of strings one of numbers or dates
_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
_ZONE = re.compile(r"(?<=:\d\d)(\.\d+)?(Z|[+-]\d{2}:?\d{2})$")
_A_DAY = 86_400e6  # microseconds


class _Written(Sequence[str]):
    """Values that are written as people read them when they are asked for: texts of a million numbers take long."""

    def __init__(self, values: pa.Array) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [as_text(value) for value in self._values[at].to_pylist()]
        return as_text(self._values[int(at)].as_py())


def cell_columns(dataset: Dataset) -> list[str]:
    """Return the columns whose cells are single values or short texts; the label is judged by other checks."""
    return [
        column.name
        for column in dataset.columns
        if column.name not in dataset.media
        and (column.role in _SINGLE or (column.role == Role.TEXT and _is_short(dataset.table[column.name])))
    ]


def cells_of(dataset: Dataset) -> dict[str, CellColumn]:
    """Return columns of single values and short texts.

    A column of strings of which most are numbers or dates is one of these with other cells in it.
    """
    wanted = set(cell_columns(dataset))
    return {
        column.name: _cells(dataset.table[column.name], column)
        for column in dataset.columns
        if column.name in wanted
    }


def _cells(values: pa.ChunkedArray, column: Column) -> CellColumn:
    coded = values.combine_chunks().dictionary_encode()
    codes: Int32Array = np.asarray(pc.fill_null(coded.indices, -1)).astype(np.int32)
    is_name = column.role in _NAMES
    if not kinds.is_string(values.type):
        if kinds.is_boolean(values.type):
            return CellColumn("word", codes, _Written(coded.dictionary), is_name=is_name)
        numbers = _typed_numbers(coded.dictionary)
        kind: CellKind = "date" if kinds.is_timestamp(values.type) else "number"
        return CellColumn(kind, codes, _Written(coded.dictionary), numbers, is_typed=True, is_name=is_name)
    texts = tuple(coded.dictionary.to_pylist())
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    found = np.array([_as_number(text) for text in texts], dtype=np.float64)
    if _most(~np.isnan(found), counts):
        return CellColumn("number", codes, texts, found, is_name=is_name)
    zoneless = [_ZONE.sub("", text.strip()) for text in texts]
    if _most(np.array([is_date(text) for text in zoneless], dtype=bool), counts):
        return CellColumn("date", codes, texts, _typed_numbers(moments(pa.chunked_array([zoneless]))))
    return CellColumn("word", codes, texts, is_name=is_name)


def _typed_numbers(values: pa.Array | pa.ChunkedArray) -> FloatArray:
    if kinds.is_timestamp(values.type):
        values = pc.divide(pc.cast(pc.cast(values, pa.int64()), pa.float64(), safe=False), _A_DAY)
    return np.asarray(pc.cast(values, pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _as_number(text: str) -> float:
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def _most(fits: np.ndarray, counts: np.ndarray) -> bool:
    return bool(len(fits)) and counts[fits].sum() >= _MOST * counts.sum()


def _is_short(values: pa.ChunkedArray) -> bool:
    return (pc.mean(pc.utf8_length(values)).as_py() or 0) <= _LONG
