"""Columns that change along time."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.drift import drifting_columns
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.records import Findings, Severity

__all__ = ["TimeDrift"]

_FEWEST = 40


@dataclass(frozen=True)
class TimeDrift(Check):
    """Column that changes along time.

    The earlier half of the rows is compared with the later, every column and the label by themselves. What holds for
    the one need not hold for the other, nor for what comes next.
    """

    code: ClassVar[str] = "EM514"
    name: ClassVar[str] = "time_drift"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("times", "ranks")
    wants: ClassVar[tuple[str, ...]] = ("labels",)

    least: float = option(
        0.15, help="How far apart a column must be distributed to be named.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Compare the halves."""
        assert inputs.times is not None
        assert inputs.ranks is not None
        times = inputs.times
        known = ~np.isnan(times)
        if known.sum() < _FEWEST:
            raise NotApplicable(f"Fewer than {_FEWEST} rows say when they came.")
        middle = np.median(times[known])
        earlier, later = known & (times < middle), known & (times >= middle)
        if not earlier.any():
            raise NotApplicable("More than half of the rows came at the same time.")
        as_time = {
            name
            for name, ranks in inputs.ranks.items()
            if _in_step(np.asarray(ranks, dtype=np.float64)[known], times[known])
        }
        parts = ("the earlier half", "the later half")
        remarks, apart = drifting_columns(inputs, earlier, later, parts, least=self.least, leave_out=as_time)
        return Findings.of(
            np.full(inputs.n_rows, np.nan), [], [], remarks=remarks, facts={"distances": apart}
        )


def _in_step(ranks: np.ndarray, times: np.ndarray) -> bool:
    """Tell whether a column is time itself, or a number that grows with it."""
    order = np.argsort(times, kind="stable")
    return bool((np.diff(ranks[order]) >= 0).mean() > 0.98) and len(np.unique(ranks)) > len(ranks) // 2
