"""What can be read off the columns of a dataset without embedding them: labels, gaps, equal rows."""

from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from emendata.checks.inputs import Categories, Content, Labels, Splits, Texts
from emendata.data import Dataset, label_names
from emendata.data.roles import NAMED, SAID
from emendata.data.values import as_text
from emendata.features import feature_columns
from emendata.kernels.content import accidental_twins, row_keys
from emendata.records import BoolArray, IntArray, Role

__all__ = [
    "CATEGORY_ROLES",
    "categories_of",
    "content_of",
    "label_is_named",
    "labels_of",
    "missing_cells",
    "ranks_of",
    "splits_of",
    "texts_of",
    "unseen_rows",
]

_SINGLE = (Role.NUMBER, Role.CATEGORY, Role.DATE, Role.TIME, Role.ID, Role.GROUP, Role.SPLIT, Role.ANNOTATOR)
CATEGORY_ROLES = (Role.CATEGORY, Role.SPLIT, Role.ANNOTATOR)
"""The roles of columns by whose values rows can be put together."""
_LONG_TEXT = 20  # characters; a text of this length does not repeat by accident


def labels_of(dataset: Dataset) -> Labels | None:
    """Return the label column as numbers, classes in order of their names, None where it names no classes."""
    if dataset.label is None or not dataset.task.has_classes:
        return None
    names = label_names(dataset)
    classes = sorted({name for name in names if name is not None}, key=_natural)
    codes = {name: code for code, name in enumerate(classes)}
    array = np.array([-1 if name is None else codes[name] for name in names], dtype=np.int64)
    return Labels(dataset.label, array, tuple(classes))


def missing_cells(dataset: Dataset) -> dict[str, BoolArray]:
    """Return which cells are missing, in the feature columns and the label."""
    names = feature_columns(dataset) + ([dataset.label] if dataset.label else [])
    return {
        name: pc.is_null(dataset.table.column(name), nan_is_null=True).to_numpy(zero_copy_only=False)
        for name in names
    }


def content_of(dataset: Dataset) -> Content:
    """Return which rows are identical in all feature columns; images and sounds are by what is in their files."""
    names = feature_columns(dataset)
    if not names:  # nothing in which rows could agree
        return Content(np.arange(dataset.n_rows), np.zeros(dataset.n_rows), ())
    codes = [_codes(_cells(dataset, name)) for name in names]
    text = set(dataset.names(Role.TEXT))
    unique = [
        name in dataset.media or (name in text and _is_long(dataset.table.column(name))) for name in names
    ]
    return Content(row_keys(codes), accidental_twins(codes, unique), tuple(names))


def label_is_named(dataset: Dataset) -> bool:
    """Tell whether a person named the label, not the source, as the names of folders do."""
    return all(column.reason in (NAMED, SAID) for column in dataset.columns if column.role == Role.LABEL)


def ranks_of(dataset: Dataset) -> dict[str, IntArray]:
    """Return the place of each row's value in the order of all values, -1 where it is missing, by column.

    Of every column of single values: no texts, no media, no numbers of vectors, nor an id by which a source names its
    files, among which are those of a class folder.
    """
    columns = [column for column in dataset.columns if column.role in _SINGLE]
    if not label_is_named(dataset):
        columns = [column for column in columns if column.role != Role.ID]
    return {column.name: _ranks(dataset.table.column(column.name)) for column in columns}


def texts_of(dataset: Dataset) -> dict[str, Texts]:
    """Return the columns of texts."""
    return {
        name: Texts(tuple(None if cell is None else str(cell) for cell in dataset.table[name].to_pylist()))
        for name in dataset.names(Role.TEXT)
    }


def splits_of(dataset: Dataset) -> Splits | None:
    """Return which split each row belongs to, by the first column that says so, in the order in which they occur."""
    name = next(iter(dataset.names(Role.SPLIT)), None)
    return None if name is None else Splits(name, *_codes_and_names(dataset.table[name]))


def categories_of(dataset: Dataset) -> dict[str, Categories]:
    """Return the columns by whose values rows can be put together."""
    names = [column.name for column in dataset.columns if column.role in CATEGORY_ROLES]
    return {name: Categories(*_codes_and_names(dataset.table[name])) for name in names}


def _codes_and_names(column: pa.ChunkedArray) -> tuple[IntArray, tuple[str, ...]]:
    encoded = column.combine_chunks().dictionary_encode()
    codes = np.asarray(pc.fill_null(encoded.indices.cast(pa.int64()), -1))
    return codes, tuple(map(as_text, encoded.dictionary.to_pylist()))


def _ranks(column: pa.ChunkedArray) -> IntArray:
    codes = column.combine_chunks().dictionary_encode()
    order = pc.sort_indices(codes.dictionary).to_numpy()
    places = np.empty(len(order) + 1, dtype=np.int64)
    places[order], places[-1] = np.arange(len(order)), -1
    ranks: IntArray = places[np.asarray(pc.fill_null(codes.indices.cast(pa.int64()), -1))]
    return ranks


def unseen_rows(dataset: Dataset, unreadable: Mapping[str, Collection[int]]) -> BoolArray:
    """Return the rows of which nothing is known: every feature column is of media, and none of them could be read.

    Parameters
    ----------
    unreadable : mapping of str to collection of int
        By column of media, the rows whose file could not be read.
    """
    names = feature_columns(dataset)
    unseen = np.full(dataset.n_rows, bool(names) and all(name in dataset.media for name in names))
    for name in names if unseen.any() else ():
        blank = np.array([not word for word in dataset.media[name].hashes])
        blank[list(unreadable[name])] = True
        unseen &= blank
    return unseen


def _cells(dataset: Dataset, name: str) -> pa.ChunkedArray:
    if name in dataset.media:
        return pa.chunked_array([pa.array(dataset.media[name].hashes)])
    return dataset.table.column(name)


def _codes(column: pa.ChunkedArray) -> IntArray:
    encoded = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
    codes: IntArray = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _is_long(column: pa.ChunkedArray) -> bool:
    lengths = pc.utf8_length(pc.cast(column, pa.string()))
    return (pc.mean(lengths).as_py() or 0) >= _LONG_TEXT


def _natural(name: str) -> tuple[int, float, str]:
    """Numbers in order of size, before words in order of the alphabet."""
    try:
        number = float(name)
    except ValueError:
        return (1, 0.0, name)
    return (0, number, name) if number == number else (1, 0.0, name)  # a class may be called nan
