"""Judging sizes and lengths, which are unusual by how many times they are larger or smaller than is usual."""

from abc import abstractmethod
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs, Traits
from emendata.checks.traits import Judged, findings_of, traits_of
from emendata.kernels.robust import bulk_deviation
from emendata.records import Findings, FloatArray

__all__ = ["MagnitudeCheck"]


class MagnitudeCheck(Check):
    """Looks at one magnitude of each image or sound; a subclass says which, and has the options ``factor``, ``cut``.

    A row is flagged if its magnitude is ``factor`` times the median or more, or the median as many times it, and its
    logarithm lies more than ``cut`` robust standard deviations from that of the median.
    """

    needs: ClassVar[tuple[str, ...]]
    factor: float
    cut: float

    @abstractmethod
    def magnitude(self, traits: Traits) -> FloatArray:
        """Return what is looked at, above zero, (n,)."""

    @abstractmethod
    def reason(self, traits: Traits, row: int, ratio: float) -> str:
        """Say in a sentence how odd a row is; ``ratio`` is that to the median."""

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by how many times it is as large as the median, or the other way round: 0.5 at the limit."""
        judged = {}
        for column, traits in traits_of(inputs, self.needs[0]).items():
            logs = np.log(np.maximum(self.magnitude(traits), 1e-6))
            known = logs[~np.isnan(logs)]
            median, spread = float(np.median(known)), bulk_deviation(known)
            limit = max(np.log(max(self.factor, 1 + 1e-9)), self.cut * spread)
            away = np.abs(logs - median)
            rows = np.flatnonzero(away > limit)
            reasons = {
                row: self.reason(traits, row, float(np.exp(logs[row] - median))) for row in rows.tolist()
            }
            facts = {"usual": round(float(np.exp(median)), 4), "times": round(float(np.exp(limit)), 4)}
            judged[column] = Judged(limit / (limit + away), reasons, facts)
        return findings_of(inputs.n_rows, judged)
