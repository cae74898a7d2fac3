"""Cells in which models that never saw them expect something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import CellIssue, cell_findings, numbers_by_row
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, CellPrediction, Inputs
from emendata.errors import NotApplicable
from emendata.kernels.rounding import decimals
from emendata.kernels.tails import beyond_tail
from emendata.records import Findings, Severity

__all__ = ["UnlikelyCell"]

_MOST_WORDS = 0.005  # part of a column's cells that may be this unlikely; if more are, the model is wrong, not they
_LOWEST = 1e-3
_ORDINARY = (0.02, 0.98)  # quantiles of a column


@dataclass(frozen=True)
class UnlikelyCell(Check):
    """Cell that the others of its row make unlikely.

    Each column of few classes and each of numbers is predicted from all others, by trees that did not see the row. A
    word is flagged if the trees give another at least ``sure``, and it nothing to speak of; a number if it is ``cut``
    times as far from what they expect as is usual, hardly any number lies just below that, and it is no number that is
    the largest or smallest there, which trees cannot foretell. Where more
    than one of 200 words of a column would be flagged, none is. The score is low where the cell is unlikely.

    Cost: the trees are grown on 10,000 rows at most, for the first thirty columns that can be predicted; about half a
    minute for 100,000 rows of 30 columns.
    """

    code: ClassVar[str] = "EM410"
    name: ClassVar[str] = "unlikely_cell"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("cells", "cell_predictions")

    sure: float = option(0.98, help="Probability of another word from which on a cell is flagged.", ge=0.5, le=1.0)
    cut: float = option(8.0, help="Times the usual distance from the expected number.", ge=2.0)

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells that are far from what is expected in them."""
        assert inputs.cells is not None
        assert inputs.cell_predictions is not None
        if not inputs.cell_predictions:
            raise NotApplicable("No column can be predicted from others: there are too few rows, or all values differ.")
        issues: list[CellIssue] = []
        for name, predicted in inputs.cell_predictions.items():
            column = inputs.cells[name]
            issues += (
                self._words(name, column, predicted)
                if predicted.spread is None
                else self._numbers(name, column, predicted)
            )
        return cell_findings(inputs.n_rows, issues)

    def _words(self, name: str, column: CellColumn, predicted: CellPrediction) -> Iterator[CellIssue]:
        assert predicted.given is not None
        assert predicted.probability is not None
        unlike = predicted.expected != column.codes
        rows = np.flatnonzero(
            (column.codes >= 0) & unlike & (predicted.probability >= self.sure) & (predicted.given < _LOWEST)
        )
        if len(rows) > _MOST_WORDS * np.count_nonzero(column.codes >= 0):
            return
        for row in rows:
            sure = float(predicted.probability[row])
            meant = column.values[int(predicted.expected[row])]
            reason = (
                f"By the other columns '{name}' is '{meant}' here, at {sure:.2f}; it is "
                f"'{column.values[int(column.codes[row])]}'."
            )
            yield CellIssue(int(row), name, 1 - sure, reason, meant, sure)

    def _numbers(self, name: str, column: CellColumn, predicted: CellPrediction) -> Iterator[CellIssue]:
        assert predicted.spread is not None
        numbers = numbers_by_row(column)
        with np.errstate(divide="ignore", invalid="ignore"):
            away = np.abs(numbers - predicted.expected) / predicted.spread
        judged = away[np.isfinite(away)]
        if not len(judged):
            return
        places = decimals(numbers)
        low, high = np.nanquantile(numbers, _ORDINARY)  # trees expect nothing beyond what they learned
        ordinary = np.isfinite(away) & (numbers >= low) & (numbers <= high)
        for row in np.flatnonzero(ordinary & (away > beyond_tail(judged, self.cut))):
            meant = f"{round(float(predicted.expected[row]), places):.10g}"
            reason = (
                f"By the other columns '{name}' is about {meant} here; it is "
                f"'{column.values[int(column.codes[row])]}', {away[row]:.0f} times as far away as usual."
            )
            yield CellIssue(int(row), name, 1 / (1 + float(away[row])), reason, meant, 0.3)
