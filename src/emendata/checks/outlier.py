"""Rows that lie far from all others, or are soon set apart from them."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Features, Inputs, Neighbors
from emendata.errors import NotApplicable
from emendata.kernels.isolation import cuts_to_isolate
from emendata.kernels.unusual import deviations
from emendata.records import Findings, Float32Array, FloatArray, IntArray

__all__ = ["Outlier"]

_AT_LEAST = 2.0  # times the usual distance, where all distances are nearly the same
_STEEP = 2.0
_SEEN = 10_000  # rows that say where the middle is
_LEAST_HASTE = 0.05  # deviation of the logarithm of random cuts, where all rows take nearly the same number


@dataclass(frozen=True)
class Outlier(Check):
    """Outlier.

    Two views, of which the one counts that finds a row more unusual: the mean distance to its nearest rows, and how
    few random cuts through the dimensions set it apart from a sample of the others (an isolation forest), which also
    sees groups of rows that are near each other but far from all else. Each is compared with what is usual in this
    dataset: z is the distance of its logarithm from the median, in robust standard deviations. Rows with z above
    ``cut`` are flagged. The score is 1 / (1 + exp(2 (z - cut))): 0.5 at the cut.

    O(n) time and memory, beside the features and the graph.
    """

    code: ClassVar[str] = "EM201"
    name: ClassVar[str] = "outlier"
    needs: ClassVar[tuple[str, ...]] = ("neighbors", "features")

    cut: float = option(5.0, help="How many robust standard deviations are too many.", ge=1.0, le=100.0)

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by its distance to its neighbours and by the random cuts that set it apart."""
        assert inputs.neighbors is not None
        assert inputs.features is not None
        features, near = inputs.features, inputs.neighbors
        distance = near.distances.mean(axis=1, dtype=np.float64)
        cuts = cuts_to_isolate(features.dense)
        apart = distance > 0
        has_twins = apart.sum() * 2 < inputs.n_rows
        if has_twins and np.ptp(cuts) == 0:
            raise NotApplicable("More than half of the rows have identical twins, so no distance is unusual.")
        z = by_cuts = deviations(-np.log(np.maximum(cuts, 1.0)), _LEAST_HASTE)
        facts = {"usual_cuts": float(np.median(cuts))}
        if not has_twins:
            logs = np.log(np.where(apart, distance, distance[apart].min()))
            z = np.maximum(deviations(logs, np.log(_AT_LEAST) / self.cut), by_cuts)
            facts |= {"usual_distance": float(np.exp(np.median(logs)))}
        rows = np.flatnonzero(z > self.cut)
        where = _Where.of(features, near)
        reasons = [
            f"{cuts[row]:.1f} random cuts set it apart from the others, where {facts['usual_cuts']:.1f} are usual"
            f"{where.from_all(row)}."
            if by_cuts[row] == z[row]
            else f"Its {near.rows.shape[1]} nearest rows are {distance[row] / facts['usual_distance']:,.1f} times as "
            f"far away as is usual here{where.from_neighbors(row)}."
            for row in rows.tolist()
        ]
        return Findings.of(_sigmoid(_STEEP * (self.cut - z)), rows, reasons, facts=facts)


def _sigmoid(x: FloatArray) -> FloatArray:
    scores: FloatArray = 1.0 / (1.0 + np.exp(np.clip(-x, -60, 60)))
    return scores


@dataclass(frozen=True)
class _Where:
    """Names the column that holds most of the distance between a row and others, if one does."""

    dense: Float32Array
    neighbors: IntArray
    names: tuple[str, ...]
    places: IntArray
    middle: Float32Array

    @classmethod
    def of(cls, features: Features, near: Neighbors) -> "_Where":
        names = tuple(dict.fromkeys(features.columns))
        numbers = {name: place for place, name in enumerate(names)}
        places = np.array([numbers[name] for name in features.columns])
        step = max(1, len(features.dense) // _SEEN)
        return cls(features.dense, near.rows, names, places, np.median(features.dense[::step], axis=0))

    def from_neighbors(self, row: int) -> str:
        return self._column(self.dense[row] - self.dense[self.neighbors[row]].mean(axis=0))

    def from_all(self, row: int) -> str:
        return self._column(self.dense[row] - self.middle)

    def _column(self, gap: Float32Array) -> str:
        if len(self.names) < 2:
            return ""
        by_column = np.bincount(self.places, weights=gap.astype(np.float64) ** 2)
        worst = int(by_column.argmax())
        return (
            f", mostly because of column '{self.names[worst]}'"
            if by_column[worst] > by_column.sum() / 2
            else ""
        )
