"""Images that are far larger or smaller than the others."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import option
from emendata.checks.inputs import Traits
from emendata.checks.magnitudes import MagnitudeCheck
from emendata.records import FloatArray, Severity

__all__ = ["OddSize"]


@dataclass(frozen=True)
class OddSize(MagnitudeCheck):
    """Odd size of an image.

    Looked at is the root of width times height, in pixels.
    """

    code: ClassVar[str] = "EM604"
    name: ClassVar[str] = "odd_size"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)

    factor: float = option(1.5, help="How many times as large or as small as usual none is odd.", ge=1.0)
    cut: float = option(5.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def magnitude(self, traits: Traits) -> FloatArray:
        """Return the side of a square of the same area."""
        return np.sqrt(traits.of("width").astype(np.float64) * traits.of("height"))

    def reason(self, traits: Traits, row: int, ratio: float) -> str:
        """Say how large it is beside the usual."""
        width, height = traits.of("width")[row], traits.of("height")[row]
        beside = f"{ratio:.1f} times as large" if ratio > 1 else f"{1 / ratio:.1f} times as small"
        return f"It has {width:.0f} x {height:.0f} pixels: along a side {beside} as the usual image here."
