"""Rows that lie beside similar rows in the file."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.records import Findings, FloatArray, IntArray, Remark, Severity

__all__ = ["NonIidOrder"]

_FEWEST = 50
_SHUFFLES = 9
_SURE = 6.0  # standard deviations of what shuffled files come to
_BLOCK = 1 << 16


@dataclass(frozen=True)
class NonIidOrder(Check):
    """Order of the rows that is not random.

    Of every row, how far away in the file its nearest rows stand is compared with how far any row stands. If the mean
    is less than ``most`` of what chance brings, far beyond what nine shuffled files come to, rows came in batches or
    were sorted: a split by position, or a shuffle that is left out, would then mislead. The score of a row is its own
    such part, at most 1.

    References
    ----------
    J. Cummings et al., "Detecting Dataset Drift and Non-IID Sampling via k-Nearest Neighbors" (2023), here with a
    shuffled file in place of a sampled background.
    """

    code: ClassVar[str] = "EM515"
    name: ClassVar[str] = "non_iid_order"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("neighbors",)

    most: float = option(0.8, help="Part of the distance in the file that chance brings.", ge=0.0, le=1.0)

    def find(self, inputs: Inputs) -> Findings:
        """Compare the file as it is with shuffled ones."""
        assert inputs.neighbors is not None
        near, n = inputs.neighbors.rows, inputs.n_rows
        if n < _FEWEST:
            raise NotApplicable(f"{n} rows are too few to tell an order from chance.")
        rng = np.random.default_rng(0)
        parts = _parts(near, np.arange(n))
        mean = float(parts.mean())
        shuffled = [float(_parts(near, rng.permutation(n)).mean()) for _ in range(_SHUFFLES)]
        spread = max(float(np.std(shuffled, ddof=1)), 1e-9)
        away = (float(np.mean(shuffled)) - mean) / spread
        remarks = []
        if mean < self.most and away > _SURE:
            reason = (
                f"Similar rows stand near each other in the file: the nearest rows of {n:,} rows are {mean:.2f} times "
                "as far away as chance would bring. Rows came in batches or were sorted; shuffle before splitting."
            )
            remarks.append(Remark(None, round(mean, 4), reason))
        facts = {
            "distance_over_chance": round(mean, 4),
            "of_shuffled_files": [round(one, 4) for one in shuffled],
        }
        return Findings.of(np.minimum(parts, 1.0), [], [], remarks=remarks, facts=facts)


def _parts(near: IntArray, place: IntArray) -> FloatArray:
    """Return how far away in the file each row's nearest rows stand, over how far any row does on average."""
    n = len(near)
    parts = np.empty(n)
    for start in range(0, n, _BLOCK):
        own = place[start : start + _BLOCK]
        apart = np.abs(place[near[start : start + _BLOCK]] - own[:, None]).mean(axis=1)
        before, behind = own.astype(np.float64), (n - 1 - own).astype(np.float64)
        usual = (before * (before + 1) + behind * (behind + 1)) / (2 * (n - 1))
        parts[start : start + _BLOCK] = apart / usual
    return parts
