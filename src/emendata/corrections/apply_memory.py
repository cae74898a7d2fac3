"""Making corrections in what is in memory: tables, and whatever else a dataset was opened from."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from emendata.data import Dataset, label_names, rearranged
from emendata.data.array_edit import corrected_arrays
from emendata.data.arrays import are_arrays, as_arrays
from emendata.data.hub_memory import corrected_hub, is_hub
from emendata.data.items import are_items
from emendata.data.table_edit import with_corrections
from emendata.data.values import as_text
from emendata.errors import InputError
from emendata.records import Correction, IntArray

__all__ = ["apply_to_source", "apply_to_table"]


def apply_to_table(corrections: Sequence[Correction], table: pa.Table) -> pa.Table:
    """Return a table with the corrections made; column types and metadata stay.

    Raises
    ------
    InputError
        If a correction names a column or row that is not there, or a value that its column cannot hold.

    Examples
    --------
    >>> fix = Correction("relabel", 1, "ab", "stars", "1", "5", "two models disagree", {}, 0.1)
    >>> apply_to_table([fix], pa.table({"stars": [5, 1]}))["stars"].to_pylist()
    [5, 5]
    """
    for correction in corrections:
        if not 0 <= correction.row < table.num_rows:
            raise InputError(f"There is no row {correction.row:,} in a table of {table.num_rows:,} rows.")
    return with_corrections(table, corrections)


def apply_to_source(corrections: Sequence[Correction], source: Any, dataset: Dataset) -> Any:
    """Return a corrected copy of what a dataset was opened from, in the kind that it is.

    A file, and a dataset that gives items by number, as those of torch, become the Arrow table that they were read as.
    A dataframe, a dict or a list of dicts takes each new label or cell from a row that has it, so that types and index
    stay. A ``datasets.Dataset`` keeps its features, named arrays their names and types.

    Raises
    ------
    InputError
        If no row has a new value that must be taken from one.
    """
    if isinstance(source, pa.Table | pa.RecordBatch):
        return apply_to_table(corrections, pa.table(source))
    if is_hub(source):
        return corrected_hub(source, corrections)
    if isinstance(source, str | os.PathLike) or are_items(source):
        return apply_to_table(corrections, dataset.table)
    if are_arrays(source):
        return _corrected_arrays(corrections, source)
    rows = np.setdiff1d(np.arange(dataset.n_rows), [c.row for c in corrections if c.column is None])
    if isinstance(source, Mapping):
        return _corrected_columns(corrections, source, dataset, rows)
    if isinstance(source, list | tuple):
        moved = dict(_donors(corrections, dataset))
        return [_rearranged(source, row, moved) for row in rows.tolist()]
    return rearranged(source, rows, {name: found[rows] for name, found in _donors(corrections, dataset)})


def _corrected_arrays(corrections: Sequence[Correction], source: Mapping[Any, Any]) -> dict[Any, Any]:
    made = corrected_arrays(as_arrays(source), corrections)
    return {
        name: made[str(name)] if hasattr(values, "ndim") else made[str(name)].tolist()
        for name, values in source.items()
    }


def _corrected_columns(
    corrections: Sequence[Correction], source: Mapping[Any, Any], dataset: Dataset, rows: IntArray
) -> dict[str, list[Any]]:
    """Return a dict of lists whose cells are those of the source; of what could be read only once, as it was read."""
    read = dataset.table.to_pydict()
    cells = {
        str(name): _as_list(values) if hasattr(values, "__len__") else read[str(name)]
        for name, values in source.items()
    }
    moved = dict(_donors(corrections, dataset))
    order = {name: moved[name][rows] if name in moved else rows for name in cells}
    return {name: [values[row] for row in order[name].tolist()] for name, values in cells.items()}


def _as_list(values: Any) -> list[Any]:
    return values.to_pylist() if isinstance(values, pa.Array | pa.ChunkedArray) else list(values)


def _rearranged(rows: Sequence[Mapping[Any, Any]], row: int, moved: Mapping[str, IntArray]) -> dict[Any, Any]:
    """Return a row of a list of dicts, with the cells of some columns taken from other rows."""
    return {
        name: rows[moved[str(name)][row]][name] if str(name) in moved else value
        for name, value in rows[row].items()
    }


def _donors(corrections: Sequence[Correction], dataset: Dataset) -> Iterator[tuple[str, IntArray]]:
    """Yield each column that changes, with a row that has the corrected value of each row."""
    changes: dict[str, list[Correction]] = {}
    for correction in corrections:
        if correction.column is not None:
            changes.setdefault(correction.column, []).append(correction)
    for name, of_column in changes.items():
        first = {text: row for row, text in reversed(list(enumerate(_texts(dataset, name))))}
        donors = np.arange(dataset.n_rows)
        for correction in of_column:
            if (text := as_text(correction.new)) not in first:
                raise InputError(
                    f"Row {correction.row:,}: no row has {text!r} in column {name!r} to take it from. "
                    "Save the data to a file and correct that, or leave this change out."
                )
            donors[correction.row] = first[text]
        yield name, donors


def _texts(dataset: Dataset, name: str) -> Sequence[str]:
    if name == dataset.label:
        return [label or "" for label in label_names(dataset)]
    return [as_text(value) for value in dataset.table[name].to_pylist()]
