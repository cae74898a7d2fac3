"""Images that are far longer than wide, or wider than long."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck
from emendata.records import Severity

__all__ = ["OddAspectRatio"]


@dataclass(frozen=True)
class OddAspectRatio(TraitCheck):
    """Odd shape of an image.

    Looked at is the longer side of an image divided by the shorter.
    """

    code: ClassVar[str] = "EM605"
    name: ClassVar[str] = "odd_aspect_ratio"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "elongation"
    high_is_bad: ClassVar[bool] = True
    normal_here: ClassVar[str] = "as long or as wide"

    sure: float = option(
        2.85, help="Ratio above which an image is flagged whatever the others are like.", ge=0.0
    )
    bound: float = option(2.0, help="Ratio below which none is.", ge=0.0)
    cut: float = option(5.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how long it is."""
        return f"Its longer side is {value:.1f} times the shorter; usual here is {usual:.1f}."
