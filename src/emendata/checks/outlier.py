"""Rows that lie far from all others."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Features, Inputs, Neighbors
from emendata.errors import NotApplicable
from emendata.records import Findings, FloatArray

__all__ = ["Outlier"]

_MAD_TO_SIGMA = 1.4826
_AT_LEAST = 2.0  # times the usual distance, where all distances are nearly the same


@dataclass(frozen=True)
class Outlier(Check):
    """Outlier.

    The mean distance to the nearest rows is compared with what is usual in this dataset: z is its
    logarithm's distance from the median, in robust standard deviations (1.4826 median absolute deviations).
    Rows with z above ``cut`` are flagged, if they are at least twice as far away as is usual. The score is
    1 / (1 + exp(z - cut)): 0.5 at the cut.
    """

    code: ClassVar[str] = "EM201"
    name: ClassVar[str] = "outlier"
    needs: ClassVar[tuple[str, ...]] = ("neighbors", "features")

    cut: float = option(5.0, help="How many robust standard deviations are too many.", ge=1.0, le=100.0)

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by its distance to its neighbours."""
        assert inputs.neighbors is not None
        assert inputs.features is not None
        distance = inputs.neighbors.distances.mean(axis=1, dtype=np.float64)
        apart = distance > 0
        if apart.sum() * 2 < len(distance):
            raise NotApplicable("More than half of the rows have identical twins, so no distance is unusual.")
        logs = np.log(np.where(apart, distance, distance[apart].min()))
        median = np.median(logs[apart])
        spread = _MAD_TO_SIGMA * np.median(np.abs(logs[apart] - median))
        spread = max(spread, np.log(_AT_LEAST) / self.cut)
        z = (logs - median) / spread
        rows = np.flatnonzero(z > self.cut)
        reasons = [
            f"Its {inputs.neighbors.rows.shape[1]} nearest rows are {np.exp(logs[row] - median):,.1f} times as far "
            f"away as is usual here{_where(inputs.features, inputs.neighbors, row)}."
            for row in rows.tolist()
        ]
        facts = {
            "usual_distance": float(np.exp(median)),
            "cut_distance": float(np.exp(median + self.cut * spread)),
        }
        return Findings.of(_sigmoid(self.cut - z), rows, reasons, facts=facts)


def _sigmoid(x: FloatArray) -> FloatArray:
    return 1.0 / (1.0 + np.exp(np.clip(-x, -60, 60)))


def _where(features: Features, neighbors: Neighbors, row: int) -> str:
    """Name the column that holds most of the distance between a row and its neighbours, if one does."""
    names = np.array(features.columns)
    if len(set(features.columns)) < 2:
        return ""
    gap = (features.dense[row] - features.dense[neighbors.rows[row]].mean(axis=0)) ** 2
    by_column = {name: float(gap[names == name].sum()) for name in dict.fromkeys(features.columns)}
    worst = max(by_column, key=lambda name: by_column[name])
    return f", mostly because of column '{worst}'" if by_column[worst] > 0.5 * gap.sum() else ""
