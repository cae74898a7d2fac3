"""Cells in which models that never saw them expect something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from emendata.checks.cell_issues import cell_findings, numbers_by_row
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, CellPrediction, Inputs
from emendata.checks.issues import Issue
from emendata.errors import NotApplicable
from emendata.kernels.rounding import decimals
from emendata.kernels.tails import beyond_tail
from emendata.records import BoolArray, Findings, FloatArray, Severity

__all__ = ["UnlikelyCell"]

_MOST_WORDS = 0.005  # part of a column, or one cell; if more are that unlikely, the model is wrong, not they
_LOWEST = 1e-3  # probability of a word that is nothing to speak of
_ORDINARY = (0.02, 0.98)  # quantiles of a column
_SURE_OF_NUMBERS = 0.3  # that the expected number is the right one: it is only about right


class _Judged(NamedTuple):
    """Which cells of a column are unlikely, and how much, in times of what it takes to be flagged; both (n,)."""

    is_flagged: BoolArray
    strength: FloatArray


@dataclass(frozen=True)
class UnlikelyCell(Check):
    """Cell that the others of its row make unlikely.

    Each column of few classes and each of numbers is predicted from all others, by trees that did not see the row. A
    word is flagged if the trees give another at least ``sure``, and it nothing to speak of; a number if it is ``cut``
    times as far from what they expect as is usual, hardly any number lies just below that, and it is none of the
    largest and smallest, which trees cannot foretell. Where more than one of 200 words of a column would be flagged,
    none is. Of the cells of a row only the most unlikely can be: it makes others seem so. The score is low where the
    cell is unlikely.

    Cost: trees are grown on 10,000 rows at most, for the first thirty columns that can be predicted; 20 seconds for
    100,000 rows of 30 columns on two processors. The quick mode leaves it out.
    """

    code: ClassVar[str] = "EM410"
    name: ClassVar[str] = "unlikely_cell"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("cells", "cell_predictions")

    sure: float = option(
        0.98, help="Probability of another word from which on a cell is flagged.", ge=0.5, le=1.0
    )
    cut: float = option(8.0, help="Times the usual distance from the expected number.", ge=2.0)

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells that are far from what is expected in them."""
        assert inputs.cells is not None
        assert inputs.cell_predictions is not None
        if not inputs.cell_predictions:
            raise NotApplicable(
                "No cell was predicted: the quick mode leaves that out; else rows are too few, or all values differ."
            )
        judged = {
            name: self._judged(inputs.cells[name], predicted)
            for name, predicted in inputs.cell_predictions.items()
        }
        strongest = np.max([one.strength for one in judged.values()], axis=0)
        issues = [
            issue
            for name, one in judged.items()
            for issue in _issues(
                name,
                inputs.cells[name],
                inputs.cell_predictions[name],
                one.is_flagged & (one.strength == strongest),
            )
        ]
        return cell_findings(inputs.n_rows, issues)

    def _judged(self, column: CellColumn, predicted: CellPrediction) -> _Judged:
        return (
            self._words(column, predicted) if predicted.spread is None else self._numbers(column, predicted)
        )

    def _words(self, column: CellColumn, predicted: CellPrediction) -> _Judged:
        assert predicted.given is not None
        assert predicted.probability is not None
        is_other = (column.codes >= 0) & (predicted.expected != column.codes)
        with np.errstate(divide="ignore"):
            odds = np.log(predicted.probability / np.maximum(predicted.given, _LOWEST**2))
        strength = np.where(is_other, np.nan_to_num(odds) / np.log(self.sure / _LOWEST), 0.0)
        flagged = is_other & (predicted.probability >= self.sure) & (predicted.given < _LOWEST)
        if flagged.sum() > max(1, _MOST_WORDS * np.count_nonzero(column.codes >= 0)):
            flagged[:] = False
        return _Judged(flagged, strength)

    def _numbers(self, column: CellColumn, predicted: CellPrediction) -> _Judged:
        numbers = numbers_by_row(column)
        away = _distances(numbers, predicted)
        cut = beyond_tail(away[away > 0], self.cut)
        low, high = np.nanquantile(numbers, _ORDINARY)  # trees expect nothing beyond what they learned
        return _Judged((away > cut) & (numbers >= low) & (numbers <= high), away / cut)


def _distances(numbers: FloatArray, predicted: CellPrediction) -> FloatArray:
    """Return how many spreads numbers are away from what is expected, 0 where that is not known."""
    assert predicted.spread is not None
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.abs(numbers - predicted.expected) / predicted.spread
    return np.where(np.isfinite(away), away, 0.0)


def _issues(name: str, column: CellColumn, predicted: CellPrediction, flagged: BoolArray) -> Iterator[Issue]:
    if predicted.spread is not None:
        numbers = numbers_by_row(column)
        away, places = _distances(numbers, predicted), decimals(numbers)
    for row in np.flatnonzero(flagged).tolist():
        given = column.values[int(column.codes[row])]
        if predicted.spread is None:
            assert predicted.probability is not None
            sure = float(predicted.probability[row])
            meant = column.values[int(predicted.expected[row])]
            reason = f"By the other columns '{name}' is '{meant}' here, at {sure:.2f}; it is '{given}'."
            yield Issue(row, name, 1 - sure, reason, meant, sure)
        else:
            meant = f"{round(float(predicted.expected[row]), places):.10g}"
            reason = (
                f"By the other columns '{name}' is about {meant} here; it is '{given}', "
                f"{away[row]:.0f} times as far away as usual."
            )
            yield Issue(row, name, 1 / (1 + float(away[row])), reason, meant, _SURE_OF_NUMBERS)
