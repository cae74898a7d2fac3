"""Texts that are much longer or shorter than the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import option
from emendata.checks.text_check import TextCheck, Verdict
from emendata.kernels.robust import bulk_deviation
from emendata.records import IntArray, Severity

__all__ = ["OddLength"]

_LEAST = 0.35  # of the logarithm, so that texts of equal length do not make every other one odd
_FEWEST = 20


@dataclass(frozen=True)
class OddLength(TextCheck):
    """Text of unusual length.

    Lengths are compared by their logarithm, with median and median deviation, for texts above and below apart. A text
    is flagged more than ``cut`` deviations away. It is a tip: a long text may be two, a short one a remark.
    """

    code: ClassVar[str] = "EM712"
    name: ClassVar[str] = "odd_length"
    severity: ClassVar[Severity] = "tip"
    most: ClassVar[float] = 0.05

    cut: float = option(
        5.0, help="How many deviations from the usual length a text may be.", ge=1.0, le=100.0
    )

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Compare all lengths, each as often as its text occurs."""
        lengths = np.array([len(text.strip()) for text in texts], dtype=np.int64)
        if n_rows.sum() < _FEWEST:
            return {}
        logs = np.log1p(lengths)
        every = np.repeat(logs, n_rows)
        middle = float(np.median(every))
        away = np.zeros(len(logs))
        for side in (-1, 1):
            there = side * (every - middle) >= 0
            spread = max(bulk_deviation(every[there], middle), _LEAST)
            mine = side * (logs - middle) > 0
            away[mine] = np.abs(logs[mine] - middle) / spread
        usual = round(float(np.expm1(middle)))
        return {
            int(place): Verdict(
                float(0.5 * self.cut / away[place]),
                f"It has {lengths[place]:,} characters; half of the texts have at most {usual:,}.",
            )
            for place in np.flatnonzero(away > self.cut)
            if lengths[place] > 1
        }
