"""Sounds that are far longer or shorter than the others."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import option
from emendata.checks.inputs import Traits
from emendata.checks.magnitudes import MagnitudeCheck
from emendata.records import FloatArray, Severity

__all__ = ["OddDuration"]


@dataclass(frozen=True)
class OddDuration(MagnitudeCheck):
    """Odd length of a sound.

    Looked at is how many seconds a sound lasts.
    """

    code: ClassVar[str] = "EM803"
    name: ClassVar[str] = "odd_duration"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("sounds",)

    factor: float = option(3.0, help="How many times as long or as short as usual none is odd.", ge=1.0)
    cut: float = option(4.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def magnitude(self, traits: Traits) -> FloatArray:
        """Return the seconds."""
        return traits.of("seconds").astype(np.float64)

    def reason(self, traits: Traits, row: int, ratio: float) -> str:
        """Say how long it is beside the usual."""
        seconds = traits.of("seconds")[row]
        return f"It lasts {seconds:,.2f} seconds; the usual sound here lasts {seconds / ratio:,.2f}."
