"""What holds in corrected data, as rules that the next rows can be held against."""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data import Dataset
from emendata.data.values import readable
from emendata.records import Json, Role

__all__ = ["Rule", "learn_rules"]

_MOST_VALUES = 50
_ROWS_A_VALUE = 5  # on average, from which on a column is taken to have no others
_SETS = (Role.LABEL, Role.CATEGORY, Role.SPLIT, Role.GROUP)


@dataclass(frozen=True)
class Rule:
    """One statement on a column: it has no gap, no value twice, only these values, or only values in this range."""

    kind: Literal["not_null", "unique", "in_set", "between"]
    column: str
    values: tuple[Json, ...] = ()


def learn_rules(dataset: Dataset, corrected: pa.Table) -> list[Rule]:
    """Return what holds in every row of the corrected table.

    Parameters
    ----------
    dataset : Dataset
        What columns are for.
    corrected : pyarrow.Table
        The rows that are right.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> data = open_dataset({"x": [0.5, 2.5] * 20, "y": ["cat", "dog"] * 20}, label="y")
    >>> [(rule.kind, rule.column, rule.values) for rule in learn_rules(data, data.table)]
    [('not_null', 'x', ()), ('between', 'x', (0.5, 2.5)), ('not_null', 'y', ()), ('in_set', 'y', ('cat', 'dog'))]
    """
    rules = []
    for column in dataset.columns:
        if column.name not in corrected.column_names or column.name in dataset.media:
            continue
        values = corrected[column.name]
        if not values.null_count:
            rules.append(Rule("not_null", column.name))
        rules += _of_values(column.name, column.role, values)
    return rules


def _of_values(name: str, role: Role, values: pa.ChunkedArray) -> list[Rule]:
    known = values.drop_null()
    if not len(known) or kinds.is_nested(known.type):
        return []
    distinct = pc.unique(known)
    if role == Role.ID and len(distinct) == len(known):
        return [Rule("unique", name)]
    few = len(distinct) <= _MOST_VALUES and len(known) >= _ROWS_A_VALUE * len(distinct)
    if few and role in _SETS:
        return [Rule("in_set", name, tuple(sorted(map(readable, distinct.to_pylist()), key=str)))]
    if kinds.is_integer(known.type) or kinds.is_floating(known.type):
        ends = pc.min_max(known).as_py()
        return [Rule("between", name, (ends["min"], ends["max"]))]
    return []
