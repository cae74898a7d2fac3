"""A table, what its columns are for, and how its cells read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.arrangement import Arrangement, arrangement_of
from emendata.data.fingerprint import column_hash, joined_hash, row_hashes
from emendata.data.media import Media
from emendata.data.source import Dialect
from emendata.data.values import as_text
from emendata.errors import UnknownName
from emendata.records import Column, IntArray, Role, Task

__all__ = ["Dataset", "label_names"]

_NAMING = (Role.ID, Role.IMAGE, Role.AUDIO)


@dataclass(frozen=True, eq=False)
class Dataset:
    """A table in memory whose columns have roles.

    Parameters
    ----------
    name : str
        The name of the file or folder, ``DATABASE/TABLE`` of a server, or ``"table"``.
    format : str
        The name of the source that read it, such as ``"csv"`` or ``"folder"``; ``"sql"`` for a server, ``"frame"`` for
        all that came from memory.
    table : pyarrow.Table of shape (n_rows, n_columns)
        Columns of strings, float64, int64, bool or timestamps; a missing cell is null.
    columns : tuple of Column
        What each column was taken for, in the table's order.
    path : Path, optional
        The file or folder it came from; of a remote file the copy that was downloaded.
    dialect : Dialect, optional
        How that source is to be read again.
    media : mapping of str to Media
        What the columns of images and sounds stand for; their cells say only which they are.
    recognized : str
        What the source was taken for, where its name does not say it.
    url : str, optional
        Where a remote file or a table of a server lies, without any password.
    task : Task
        What the label asks for.
    held : object, optional
        What must be there as long as ``path`` is read, such as the folder that it was downloaded into.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> data = open_dataset({"text": ["good film", "bad film"], "mood": ["up", "down"]}, label="mood")
    >>> data.label, data.n_rows, data.text(1, "text")
    ('mood', 2, 'bad film')
    """

    name: str
    format: str
    table: pa.Table
    columns: tuple[Column, ...]
    path: Path | None = None
    dialect: Dialect = field(default_factory=Dialect)
    media: Mapping[str, Media] = field(default_factory=dict)
    recognized: str = ""
    url: str | None = None
    task: Task = Task.NONE
    held: object = field(default=None, repr=False)

    @property
    def label(self) -> str | None:
        """Name of the label column, None without one."""
        return next(iter(self.names(Role.LABEL)), None)

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return int(self.table.num_rows)

    def take(self, rows: IntArray) -> "Dataset":
        """Return some of the rows, in the order given, with their images and sounds; columns are as in the whole."""
        chosen = rows.tolist()
        media = {name: found.take(chosen) for name, found in self.media.items()}
        part = replace(self, table=self.table.take(pa.array(chosen, pa.int64())), media=media)
        vars(part)["arrangement"] = self.arrangement.take(
            rows
        )  # of the whole: some rows may all be of one group
        return part

    def names(self, role: Role | str) -> list[str]:
        """Names of the columns that have a role, in the table's order."""
        return [column.name for column in self.columns if column.role == role]

    @cached_property
    def content(self) -> Mapping[str, str]:
        """A hash of each column's type and content; equal content, equal hash."""
        return {
            name: joined_hash(self.media[name].hashes)
            if name in self.media
            else column_hash(self.table[name])
            for name in self.table.column_names
        }

    @cached_property
    def arrangement(self) -> Arrangement:
        """Which rows belong together, when they came and how much they count, as far as columns say it.

        Raises `InputError` if a column cannot be what it is said to be for.
        """
        return arrangement_of(self.table, self.columns)

    def row_ids(self) -> list[str]:
        """Return a name for each row that stays when other rows come or go.

        It is the value of an id column, or the name of an image or sound file, if they are complete and unique, else
        a hash of the row's content, with ``-2``, ``-3`` behind it for the second and third of identical rows.
        """
        return list(self._row_ids)

    def text(self, row: int, name: str) -> str:
        """Return a cell as people would read it, ``""`` if it is missing."""
        if name not in self.table.column_names:
            raise UnknownName.among("column", name, self.table.column_names)
        return as_text(self.table[name][row].as_py())

    @cached_property
    def _row_ids(self) -> list[str]:
        for column in sorted(self.columns, key=lambda column: column.role != Role.ID):
            if column.role in _NAMING and column.n_distinct == self.n_rows:
                return [name or "" for name in _texts(self.table[column.name])]
        return _numbered(row_hashes(self.table))


def label_names(dataset: Dataset) -> list[str | None]:
    """Return each row's label as text, None where it is missing.

    Whole numbers read ``3`` even if missing cells made their column float; truth values read ``true`` and
    ``false``; strings stay as they are.

    Raises
    ------
    InputError
        If the dataset has no label column.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> label_names(open_dataset({"x": [1.5, 2.5, 3.5], "y": [1.0, 0.0, float("nan")]}, label="y"))
    ['1', '0', None]
    """
    if dataset.label is None:
        raise UnknownName("This dataset has no label column. Name one with --label.")
    return _texts(dataset.table[dataset.label])


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    if kinds.is_string(column.type):
        values = column.to_pylist()
    else:
        coded = column.combine_chunks().dictionary_encode()
        names = np.array([*map(as_text, coded.dictionary.to_pylist()), None], dtype=object)
        values = names[np.asarray(pc.fill_null(coded.indices, -1))].tolist()
    return list(values)


def _numbered(hashes: list[str]) -> list[str]:
    """Tell identical rows apart by counting them."""
    if len(set(hashes)) == len(hashes):
        return hashes
    seen: dict[str, int] = {}
    names = []
    for word in hashes:
        count = seen[word] = seen.get(word, 0) + 1
        names.append(word if count == 1 else f"{word}-{count}")
    return names
