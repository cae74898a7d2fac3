"""Rows that measure models: they are flagged like all others, but nobody changes them without being asked."""

import numpy as np
import pyarrow.compute as pc

from emendata.data import Dataset
from emendata.data.splits import TEST_SPLITS
from emendata.data.values import as_text
from emendata.records import BoolArray, Role

__all__ = ["held_out_rows"]


def held_out_rows(dataset: Dataset) -> BoolArray:
    """Return which rows a column of splits says are for testing, shape (n,).

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> parts = {"x": [0.5, 1.5, 2.5], "split": ["train", "Test", "train"]}
    >>> held_out_rows(open_dataset(parts, roles={"split": "split"})).tolist()
    [False, True, False]
    """
    held = np.zeros(dataset.n_rows, dtype=bool)
    for name in dataset.names(Role.SPLIT):
        coded = dataset.table[name].combine_chunks().dictionary_encode()
        is_test = [as_text(value).strip().lower() in TEST_SPLITS for value in coded.dictionary.to_pylist()]
        codes = np.asarray(pc.fill_null(coded.indices, len(is_test)))
        held |= np.array([*is_test, False])[codes]
    return held
