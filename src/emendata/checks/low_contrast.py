"""Images whose shades all lie close together."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck
from emendata.records import Severity

__all__ = ["LowContrast"]


@dataclass(frozen=True)
class LowContrast(TraitCheck):
    """Low contrast.

    Looked at is how far the brightest 1 % of an image's pixels are from the darkest 1 %, from 0 to 1.
    """

    code: ClassVar[str] = "EM610"
    name: ClassVar[str] = "low_contrast"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "contrast"
    normal_here: ClassVar[str] = "of low contrast"

    sure: float = option(
        0.16, help="Contrast below which an image is flagged whatever the others are like.", ge=0.0, le=1.0
    )
    bound: float = option(0.25, help="Contrast above which none is.", ge=0.0, le=1.0)
    cut: float = option(3.5, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how small the contrast is."""
        return f"Its shades span {value:.0%} of those from black to white; usual here are {usual:.0%}."
