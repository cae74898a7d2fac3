"""Sounds with another number of samples a second than most."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs
from emendata.checks.traits import Judged, findings_of, traits_of
from emendata.errors import NotApplicable
from emendata.records import Findings, Severity

__all__ = ["MixedSampleRates"]


@dataclass(frozen=True)
class MixedSampleRates(Check):
    """Sound of another sample rate than most.

    A model that reads samples hears such a sound higher or lower, faster or slower, and one that was recorded with a
    lower rate lacks what is high. The score is the part of the sounds that have a sound's rate; 1 for the rate that
    more than half of them have.
    """

    code: ClassVar[str] = "EM804"
    name: ClassVar[str] = "mixed_sample_rates"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("sounds",)

    def find(self, inputs: Inputs) -> Findings:
        """Flag the sounds whose rate is not that of most."""
        judged = {}
        for column, traits in traits_of(inputs, "sounds").items():
            rates = traits.of("rate").astype(np.float64)
            names, counts = np.unique(rates[np.isfinite(rates)], return_counts=True)
            if 2 * counts.max() <= counts.sum():
                continue
            usual = names[counts.argmax()]
            part = dict(zip(names.tolist(), (counts / counts.sum()).tolist(), strict=True)) | {
                float(usual): 1.0
            }
            scores = np.array([part.get(rate, np.nan) for rate in rates.tolist()])
            reasons = {
                row: f"It has {rates[row]:,.0f} samples a second, and {counts.max():,} of {counts.sum():,} sounds here "
                f"have {usual:,.0f}."
                for row in np.flatnonzero(np.isfinite(rates) & (rates != usual)).tolist()
            }
            shown = {f"{name:.0f}": int(count) for name, count in zip(names, counts, strict=True)}
            judged[column] = Judged(scores, reasons, {"sounds_of_rate": shown})
        if not judged:
            raise NotApplicable("No sample rate is that of more than half of the sounds.")
        return findings_of(inputs.n_rows, judged)
