"""Which row of one version of a dataset is which of another."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from emendata.data import Dataset, label_names
from emendata.data.fingerprint import row_hashes
from emendata.errors import InputError
from emendata.records import IntArray, Role

__all__ = ["Versions", "align_versions", "match_rows"]

_ENOUGH = 0.5  # part of the rows that must be found again


@dataclass(frozen=True, eq=False)
class Versions:
    """Two versions of a dataset, the second in the order of the first.

    ``after`` has the cells of the second version, and for rows that are gone those that they had; ``labels_before`` and
    ``labels_after`` are the labels, None for a row that is gone.
    """

    before: Dataset
    after: Dataset
    labels_before: list[str | None]
    labels_after: list[str | None]

    @property
    def changed_columns(self) -> list[str]:
        """Columns but for the label of which some cell differs."""
        names = [name for name in self.after.table.column_names if name != self.after.label]
        return [name for name in names if not self.before.table[name].equals(self.after.table[name])]


def align_versions(before: Dataset, after: Dataset) -> Versions:
    """Find the rows of one version in another; raises as `match_rows` does."""
    places = match_rows(before, after)
    second = _in_order_of(before, after, places)
    later = [
        name if place >= 0 else None for name, place in zip(label_names(second), places.tolist(), strict=True)
    ]
    return Versions(before, second, label_names(before), later)


def match_rows(before: Dataset, after: Dataset) -> IntArray:
    """Return for each row of the first dataset where it stands in the second, -1 if it is gone, shape (n_before,).

    Rows are found by an id column that both have, else by all cells but the label, else by their place if there are
    as many rows in both.

    Raises
    ------
    InputError
        If too few rows are found again for these to be versions of one dataset.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> first = open_dataset({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y")
    >>> second = open_dataset({"x": [1.5, 3.5], "y": ["b", "a"]}, label="y")
    >>> match_rows(first, second).tolist()
    [0, -1, 1]
    """
    found = _by_names(_names(before, after), _names(after, before))
    if (found >= 0).mean() < _ENOUGH and before.n_rows == after.n_rows:
        found = np.arange(before.n_rows)
    n_found = int((found >= 0).sum())
    if n_found < _ENOUGH * min(before.n_rows, after.n_rows):
        raise InputError(
            f"Only {n_found:,} of {before.n_rows:,} rows of {before.name} are found again in {after.name}: these are "
            "not two versions of one dataset. Give files with an id column, or the copy that emendata apply wrote."
        )
    return found


def _in_order_of(before: Dataset, after: Dataset, places: IntArray) -> Dataset:
    names = [name for name in before.table.column_names if name in after.table.column_names]
    both = pa.concat_tables(
        [before.table.select(names), after.table.select(names)], promote_options="permissive"
    )
    order = np.where(places >= 0, places + before.n_rows, np.arange(before.n_rows))
    table = both.take(pa.array(order))
    for i, name in enumerate(before.table.column_names):
        if name not in names:
            table = table.add_column(i, name, before.table[name])
    return replace(before, table=table)


def _names(dataset: Dataset, other: Dataset) -> list[str]:
    ids = [name for name in dataset.names(Role.ID) if name in other.table.column_names]
    if ids and len(set(dataset.row_ids())) == dataset.n_rows:
        return [str(value) for value in dataset.table[ids[0]].to_pylist()]
    shared = [
        name
        for name in sorted(dataset.table.column_names)
        if name in other.table.column_names and name != dataset.label
    ]
    return row_hashes(dataset.table.select(shared))


def _by_names(first: list[str], second: list[str]) -> IntArray:
    """Find names again; of several that are equal, the first is the first."""
    places: dict[str, list[int]] = {}
    for place, name in reversed(list(enumerate(second))):
        places.setdefault(name, []).append(place)
    return np.array([places[name].pop() if places.get(name) else -1 for name in first], dtype=np.int64)
