"""What models expect in cells, from the other columns of the row; at a cost that is bounded."""

from collections.abc import Mapping

import numpy as np

from emendata.checks.inputs import CellColumn, CellPrediction
from emendata.models.cells import expect_numbers, expect_words
from emendata.records import Float32Array, FloatArray, IntArray, OnProgress

__all__ = ["PREDICTING_CELLS", "predict_cells"]

PREDICTING_CELLS = "Predicting cells"

_MOST_COLUMNS = 30
_MOST_CLASSES = 30
_FEWEST_ROWS = 50
_A_CLASS = 5  # rows that teach a class
_FEW_VALUES = 10  # numbers of so few values are predicted as classes
_TEACHES = 0.5  # part of the rows that the words of a column may be to say anything of others
_MOST = 1e30  # numbers that trees can hold
_ORDINARY = (0.02, 0.98)  # quantiles of a column between which its numbers are expected


def predict_cells(
    cells: Mapping[str, CellColumn], n_trees: int, seed: int, on_progress: OnProgress
) -> dict[str, CellPrediction]:
    """Return predictions of the columns of few classes and of those of numbers, the first thirty of both.

    Each is predicted from all the others by trees that did not see the row; without any trees none is.
    """
    wanted = [name for name, column in cells.items() if _is_wanted(column)][:_MOST_COLUMNS] if n_trees else []
    table, names = _table(cells) if wanted else (np.empty((0, 0), np.float32), ())
    made: dict[str, CellPrediction] = {}
    for done, name in enumerate(wanted):
        on_progress(PREDICTING_CELLS, done, len(wanted))
        others = np.array([other != name for other in names], bool)
        if others.any():
            made[name] = _prediction(table[:, others], cells[name], n_trees, seed)
    if wanted:
        on_progress(PREDICTING_CELLS, len(wanted), len(wanted))
    return made


def _table(cells: Mapping[str, CellColumn]) -> tuple[Float32Array, tuple[str, ...]]:
    """Return the columns that say something of others as numbers, and their names."""
    useful = {
        name: column
        for name, column in cells.items()
        if column.kind != "word" or len(column.values) <= _TEACHES * len(column.codes)
    }
    table = np.empty((len(next(iter(cells.values())).codes), len(useful)), np.float32)
    for at, column in enumerate(useful.values()):
        table[:, at] = _numbers(column)
    return table, tuple(useful)


def _numbers(column: CellColumn) -> FloatArray:
    """Return a column as numbers: a word's is its place among all by how often they are there."""
    if column.numbers is not None:
        by_code = np.clip(np.append(column.numbers, np.nan), -_MOST, _MOST)
    else:
        places = np.empty(len(column.values))
        places[np.argsort(-_counts(column), kind="stable")] = np.arange(len(column.values))
        by_code = np.append(places, np.nan)
    found: FloatArray = by_code[column.codes]
    return found


def _counts(column: CellColumn) -> IntArray:
    return np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))


def _is_wanted(column: CellColumn) -> bool:
    if column.kind == "date" or np.count_nonzero(column.codes >= 0) < _FEWEST_ROWS:
        return False
    n_taught = int(np.count_nonzero(_counts(column) >= _A_CLASS))
    return (column.kind == "number" and not column.is_name) or 2 <= n_taught <= _MOST_CLASSES


def _prediction(table: Float32Array, column: CellColumn, n_trees: int, seed: int) -> CellPrediction:
    if column.kind == "number" and len(column.values) > _FEW_VALUES:
        return _of_numbers(table, column, n_trees, seed)
    return _of_words(table, column, n_trees, seed)


def _of_numbers(table: Float32Array, column: CellColumn, n_trees: int, seed: int) -> CellPrediction:
    assert column.numbers is not None
    numbers = np.append(column.numbers, np.nan)[column.codes]
    within = np.clip(numbers, *np.nanquantile(numbers, _ORDINARY))  # so that no error of size is learned
    expected = expect_numbers(table, within, n_trees=n_trees, seed=seed)
    usual = np.nanquantile(np.abs(numbers - expected), 0.95) / 1.96  # as of a normal distribution
    return CellPrediction(expected, spread=np.full(len(numbers), usual))


def _of_words(table: Float32Array, column: CellColumn, n_trees: int, seed: int) -> CellPrediction:
    taught = np.flatnonzero(_counts(column) >= _A_CLASS)
    position = np.full(len(column.values) + 1, -1)
    position[taught] = np.arange(len(taught))
    classes = position[column.codes]
    found = expect_words(table, classes, len(taught), n_trees=n_trees, seed=seed)
    is_stranger = (column.codes >= 0) & (classes < 0)  # a value that is hardly anywhere else
    return CellPrediction(
        taught[found.expected].astype(np.float64),
        found.probability,
        np.where(is_stranger, 0.0, found.given),
    )
