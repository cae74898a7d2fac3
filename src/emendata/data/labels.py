"""Whether a label column can be used as one."""

import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.dataset import Dataset
from emendata.data.roles import NAMED
from emendata.errors import InputError
from emendata.records import Column, Task

__all__ = ["check_label"]

_WAY_OUT = "Name another column with --label, or leave --label out to run the checks that need no label."
_WAY_OUT_OF_ROLE = "Say --role {}=ignore to run the checks that need no label."
_N_FEW = 20


def check_label(dataset: Dataset) -> None:
    """Raise if the label column tells no rows apart, or all; do nothing for a dataset without a label.

    Raises
    ------
    InputError
        If all labels are missing, all are the same, or nearly all differ.

    Examples
    --------
    >>> from emendata.data import open_dataset
    >>> check_label(open_dataset({"x": ["a", "b"], "y": [1, 1]}, label="y"))
    Traceback (most recent call last):
    emendata.errors.InputError: Every label in column 'y' is '1', so there is nothing to tell apart. ...
    """
    column = next((column for column in dataset.columns if column.name == dataset.label), None)
    if column is None:
        return
    name = column.name
    way_out = _WAY_OUT if column.reason == NAMED else _WAY_OUT_OF_ROLE.format(name)
    if column.n_distinct == 0:
        raise InputError(f"Every label in column {name!r} is missing. {way_out}")
    if column.n_distinct == 1:
        only = dataset.text(int(pc.index(pc.is_valid(dataset.table[name]), True).as_py()), name)
        raise InputError(
            f"Every label in column {name!r} is {only!r}, so there is nothing to tell apart. {way_out}"
        )
    if dataset.task == Task.BINARY and column.n_distinct > 2:
        raise InputError(
            f"Column {name!r} has {column.n_distinct:,} different labels, and the task binary has two. "
            "Say --task multiclass."
        )
    if dataset.task == Task.REGRESSION and kinds.is_string(dataset.table[name].type):
        raise InputError(f"Column {name!r} holds texts, and the task regression is about numbers. {way_out}")
    if _names_no_classes(dataset, column):
        n_labels = dataset.n_rows - column.n_missing
        raise InputError(
            f"Column {name!r} has {column.n_distinct:,} different values in {n_labels:,} rows, so it names no classes. "
            f"{way_out}"
        )


def _names_no_classes(dataset: Dataset, column: Column) -> bool:
    values = dataset.table[column.name]
    n_distinct = column.n_distinct
    n_labels = dataset.n_rows - column.n_missing
    if not dataset.task.has_classes:
        return False
    if n_distinct == n_labels and n_labels > 2:
        return True
    if n_distinct <= _N_FEW:
        return False
    share = 0.5 if kinds.is_string(values.type) else 0.1
    return n_distinct > share * n_labels
