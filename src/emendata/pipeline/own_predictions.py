"""Predictions that people bring, in the order of the dataset's classes."""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from emendata.checks.inputs import Labels
from emendata.data import Dataset
from emendata.data.column_blocks import all_columns_of_classes, columns_of_classes
from emendata.data.number_matrix import table_at
from emendata.errors import InputError
from emendata.records import FloatArray, Role
from emendata.tasks.pred_probs import PredProbs, open_models
from emendata.tasks.soundness import check_pred_probs

__all__ = ["probability_tables", "read_predictions"]

_READ_AS_MATRICES = (".npy", ".zarr")


def probability_tables(dataset: Dataset, labels: Labels) -> list[pa.Table]:
    """Return the columns with the role probability, named for the classes: a table for each way of naming them.

    Raises
    ------
    InputError
        If their names do not say which is which.
    """
    names = dataset.names(Role.PROBABILITY)
    found = list(all_columns_of_classes(names, labels.classes))
    if names and not found:
        which = (
            f"columns {', '.join(map(repr, names[:5]))} have"
            if len(names) > 1
            else f"column {names[0]!r} has"
        )
        raise InputError(
            f"The {which} the role probability, and the classes are {', '.join(map(repr, labels.classes[:5]))}. Name "
            f"one column for each class in the same way, such as {f'p_{labels.classes[0]}'!r}."
        )
    return [pa.table({word: dataset.table[name] for word, name in one.items()}) for one in found]


def read_predictions(given: Sequence[Any], labels: Labels) -> tuple[Labels, list[FloatArray]]:
    """Read pred_probs of one model or several.

    Parameters
    ----------
    given : sequence of matrices of shape (n, k), or paths
        Tables whose columns are named for the classes, in any order; else arrays with a column for each class of the
        label, in their order.
    labels : Labels
        Classes that no row has are added to them.

    Returns
    -------
    tuple of the labels with all classes, and a float64 array of shape (n, k) for each model

    Raises
    ------
    InputError
        If predictions do not fit the labels, or are no probabilities.
    """
    models = open_models([_as_matrix(one, labels) for one in given])
    n_rows, n_columns = len(labels.codes), models[0].n_columns
    if models[0].n_rows != n_rows:
        raise InputError(
            f"pred_probs has {models[0].n_rows:,} rows and the dataset has {n_rows:,}. Give one line per row, in its "
            "order."
        )
    names = _class_names(models[0], labels)
    for model in models:
        _refuse_unsound(model)
    place = {name: column for column, name in enumerate(names)}
    moved = np.array([place[name] for name in labels.classes] + [-1])
    everything = np.arange(n_rows)
    read = [model.rows(everything).astype(np.float64).reshape(n_rows, n_columns) for model in models]
    return replace(labels, codes=moved[labels.codes], classes=names), read


def _refuse_unsound(model: PredProbs) -> None:
    try:
        check_pred_probs(model)
    except InputError as error:
        fault = str(error).partition("). ")[0]
        raise InputError(f"{fault}). An audit needs probabilities that sum to one in each row.") from error


def _as_matrix(given: Any, labels: Labels) -> Any:
    """Return what can be opened as predictions: of a table with ids or texts those columns that stand for classes."""
    if isinstance(given, str | os.PathLike):
        if os.fspath(given).endswith(_READ_AS_MATRICES):
            return given
        given = table_at(given)
    if not isinstance(given, pa.Table):
        return given.toarray() if hasattr(given, "toarray") else given
    named = columns_of_classes(given.column_names, labels.classes)
    if named is None or len(named) == given.num_columns:
        return given
    whole = all(_is_number(field.type) for field in given.schema) and _sum_to_one(given)
    return given if whole else given.select(list(named.values()))


def _is_number(kind: pa.DataType) -> bool:
    return bool(kinds.is_floating(kind) or kinds.is_integer(kind))


def _sum_to_one(table: pa.Table) -> bool:
    return bool(np.allclose(sum(column.to_numpy() for column in table.columns), 1, atol=0.02))


def _class_names(model: PredProbs, labels: Labels) -> tuple[str, ...]:
    """Return which class each column stands for."""
    classes = labels.classes
    if model.column_names is not None:
        names = tuple(map(str, model.column_names))
        missing = [name for name in classes if name not in names]
        if missing:
            found = columns_of_classes(names, classes)
            if found is None:
                raise InputError(
                    f"pred_probs has no column for class {missing[0]!r} of {labels.column!r}; its columns are "
                    f"{', '.join(map(repr, names[:5]))}. Name a column for each class."
                )
            words = {name: word for word, name in found.items()}
            names = tuple(words.get(name, name) for name in names)
        return names
    k = model.n_columns
    if k == len(classes):
        return _likelier(model, labels)
    counted = tuple(map(str, range(k)))
    if set(classes) <= set(counted):
        return counted
    raise InputError(
        f"pred_probs has {k} columns and {labels.column!r} has {len(classes)} classes. Give one column per class in "
        f"the order {', '.join(map(repr, classes[:5]))}{' and so on' if len(classes) > 5 else ''}, or a table whose "
        "columns are named for them."
    )


def _likelier(model: PredProbs, labels: Labels) -> tuple[str, ...]:
    """Return the classes in the order of their numbers or of the alphabet, whichever makes the given labels likelier.

    Numbers are sorted in the one way, and texts that look like numbers in the other: 2 before 10, or behind it.
    """
    by_number, by_letter = labels.classes, tuple(sorted(labels.classes))
    if by_number == by_letter:
        return by_number
    rows = np.flatnonzero(labels.codes >= 0)
    probs = model.rows(rows)

    def likelihood(order: tuple[str, ...]) -> float:
        columns = np.array([order.index(name) for name in labels.classes])[labels.codes[rows]]
        return float(np.log(np.maximum(probs[np.arange(len(rows)), columns], 1e-6)).mean())

    return by_letter if likelihood(by_letter) > likelihood(by_number) else by_number
