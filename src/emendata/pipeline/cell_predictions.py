"""What models expect in cells, from the other columns of the row: bounded in columns, rows and classes, not in time."""

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
_TEACHES = 0.5  # part of the rows that the values of a column may be to say anything of others


def predict_cells(
    cells: Mapping[str, CellColumn], seed: int, on_progress: OnProgress
) -> dict[str, CellPrediction]:
    """Return predictions of the columns of few classes and of those of numbers, the first thirty of both.

    Each is predicted from all the others by trees that did not see the row; 10,000 rows at most are learned from, so
    that 100,000 rows of 30 columns take about half a minute.
    """
    table, names = _table(cells)
    wanted = [name for name, column in cells.items() if _is_wanted(column)][:_MOST_COLUMNS]
    made: dict[str, CellPrediction] = {}
    for done, name in enumerate(wanted):
        on_progress(PREDICTING_CELLS, done, len(wanted))
        others = np.array([other != name for other in names], bool)
        if others.any():
            made[name] = _prediction(table[:, others], cells[name], seed)
    if wanted:
        on_progress(PREDICTING_CELLS, len(wanted), len(wanted))
    return made


def _table(cells: Mapping[str, CellColumn]) -> tuple[Float32Array, tuple[str, ...]]:
    """Return the columns that say something of others as numbers; of words by how often each is there."""
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
    if column.numbers is not None:
        by_code = np.clip(np.append(column.numbers, np.nan), -1e30, 1e30)  # within what trees can hold
    else:
        ranks = np.empty(len(column.values))
        ranks[np.argsort(-_counts(column), kind="stable")] = np.arange(len(column.values))
        by_code = np.append(ranks, np.nan)
    found: FloatArray = by_code[column.codes]
    return found


def _counts(column: CellColumn) -> IntArray:
    return np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))


def _is_wanted(column: CellColumn) -> bool:
    if column.kind == "date" or np.count_nonzero(column.codes >= 0) < _FEWEST_ROWS:
        return False
    n_taught = np.count_nonzero(_counts(column) >= _A_CLASS)
    return column.kind == "number" and not column.is_name or 2 <= n_taught <= _MOST_CLASSES


def _prediction(table: Float32Array, column: CellColumn, seed: int) -> CellPrediction:
    counts = _counts(column)
    if column.kind == "number" and len(column.values) > _FEW_VALUES:
        assert column.numbers is not None
        numbers = np.append(column.numbers, np.nan)[column.codes]
        expected = expect_numbers(table, numbers, seed)
        distances = np.abs(numbers - expected)
        spread = np.full(len(numbers), np.nanquantile(distances, 0.95) / 1.96)
        return CellPrediction(expected, spread=spread)
    taught = np.flatnonzero(counts >= _A_CLASS)
    position = np.full(len(counts) + 1, -1)
    position[taught] = np.arange(len(taught))
    classes = position[column.codes]
    found = expect_words(table, classes, len(taught), seed)
    strange = (column.codes >= 0) & (classes < 0)  # a value that is hardly anywhere else
    given = np.where(strange, 0.0, found.given)
    expected = np.where(found.expected >= 0, taught[np.maximum(found.expected, 0)], -1)
    return CellPrediction(expected.astype(np.float64), found.probability, given)
