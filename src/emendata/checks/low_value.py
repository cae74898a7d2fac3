"""Rows whose label misleads more than it helps when the labels of near rows are told from it."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.kernels.shapley import neighbor_values
from emendata.records import Findings, Severity

__all__ = ["LowValue"]

_FEWEST_LABELS = 30
_VOTES = 5
_EVIDENCE = 0.5  # predicted rows, of which a row's effects must make up as much to be flagged
_DOUBT = 0.1  # of a predicted row, that counts as help and as harm beside what is known


@dataclass(frozen=True)
class LowValue(Check):
    """Row of low value.

    The value of a row is what it adds to predicting each other label by the vote of the 5 nearest rows: its Shapley
    value, summed over all rows that are near it. What it adds where it helps is its help, what it takes away where it
    misleads its harm, both in predicted rows. The score is (help + 0.1) / (help + harm + 0.2): 0.5 for a row that helps
    as much as it misleads, or is near none. A row is flagged when the score is below ``cut`` and help and harm make up
    half a predicted row or more.

    O(n k) time and O(n) memory, given the graph.
    """

    code: ClassVar[str] = "EM204"
    name: ClassVar[str] = "low_value"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels", "neighbors")

    cut: float = option(0.15, help="Score below which a row that matters is flagged.", ge=0.0, le=0.5)

    def find(self, inputs: Inputs) -> Findings:
        """Score every labelled row by its help and its harm; rows without a label get no score."""
        assert inputs.labels is not None
        assert inputs.neighbors is not None
        labels, rows_near = inputs.labels, inputs.neighbors.rows
        labeled = labels.codes >= 0
        n_labels = int(labeled.sum())
        if n_labels < _FEWEST_LABELS or len(np.unique(labels.codes[labeled])) < 2:
            raise NotApplicable(
                f"{n_labels} labels are too few to tell what each is worth, or all are of one class."
            )
        helps, harms = neighbor_values(rows_near, labels.codes, _VOTES)
        effect = helps + harms
        scores = np.where(labeled, (helps + _DOUBT) / (effect + 2 * _DOUBT), np.nan)
        rows = np.flatnonzero(labeled & (scores < self.cut) & (effect >= _EVIDENCE))
        n_near = np.bincount(rows_near[labeled].ravel(), minlength=inputs.n_rows)
        n_other = np.bincount(
            rows_near.ravel(),
            weights=(labeled[:, None] & (labels.codes[rows_near] != labels.codes[:, None])).ravel(),
            minlength=inputs.n_rows,
        )
        reasons = [
            f"It is near {n_near[row]:,} labelled rows, {n_other[row]:,.0f} of them with another label than its own "
            f"('{labels.classes[labels.codes[row]]}'): told by near rows, their labels would be right more often "
            "without it."
            for row in rows.tolist()
        ]
        facts = {
            "labels": n_labels,
            "mean_value": float((helps - harms).sum() / n_labels**2),
            "misleading_rows": int((labeled & (helps < harms)).sum()),
        }
        return Findings.of(scores, rows, reasons, column=labels.column, facts=facts)
