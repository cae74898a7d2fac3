"""Which rows fulfil the conditions on one field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from emendata.records import BoolArray
from emendata.selection.conditions import Condition
from emendata.selection.fields import BatchField, ClassField, Field, FlagField, NumberField, TextField

__all__ = ["fulfilled"]


def fulfilled(field: Field, conditions: Sequence[Condition], table: pa.Table) -> BoolArray:
    """Return which rows fulfil the conditions on a field: one of those with ``=``, and all others, shape (n,).

    Parameters
    ----------
    field : Field
    conditions : sequence of Condition
        On this field, at least one.
    table : pyarrow.Table of shape (n, n_columns)
        Where texts are.
    """
    if isinstance(field, TextField):
        holding: BoolArray = np.logical_and.reduce(
            [_containing(field, one.value, table) for one in conditions]
        )
        return holding
    if isinstance(field, NumberField):
        return _numbers(field, conditions)
    return _values(field, conditions)


def _values(field: BatchField | ClassField | FlagField, conditions: Sequence[Condition]) -> BoolArray:
    wanted = [one.value for one in conditions if one.operator == "="]
    unwanted = [one.value for one in conditions if one.operator == "!="]
    if not unwanted:
        return field.having(wanted)
    without = ~field.having(unwanted)
    return field.having(wanted) & without if wanted else without


def _numbers(field: NumberField, conditions: Sequence[Condition]) -> BoolArray:
    found = np.ones(len(field.values), dtype=np.bool_)
    equal = [one for one in conditions if one.operator == "="]
    if equal:
        found = np.logical_or.reduce(
            [field.values == np.float32(one.number) if one.value else np.isnan(field.values) for one in equal]
        )
    for one in conditions:
        if one.operator == "<":
            found &= field.values < np.float32(one.number)
        elif one.operator == "<=":
            found &= field.values <= np.float32(one.number)
        elif one.operator == ">":
            found &= field.values > np.float32(one.number)
        elif one.operator == ">=":
            found &= field.values >= np.float32(one.number)
    return found


def _containing(field: TextField, word: str, table: pa.Table) -> BoolArray:
    """Return which rows hold a word in one of the columns, whatever its case, shape (n,)."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    for name in field.columns:
        there = pc.match_substring(table[name], word, ignore_case=True)
        found |= np.asarray(pc.fill_null(there, False), dtype=np.bool_)
    return found
