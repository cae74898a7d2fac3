"""Images with bars of one colour on opposite sides."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck
from emendata.records import Severity

__all__ = ["ConstantBorders"]


@dataclass(frozen=True)
class ConstantBorders(TraitCheck):
    """Bars at the borders.

    Looked at is the part of an image's height or width that lines of a single colour on two opposite sides take.
    """

    code: ClassVar[str] = "EM609"
    name: ClassVar[str] = "constant_borders"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "border"
    high_is_bad: ClassVar[bool] = True
    normal_here: ClassVar[str] = "framed by lines of one colour"

    sure: float = option(
        1.0, help="Part above which an image is flagged whatever the others are like.", ge=0.0, le=1.0
    )
    bound: float = option(0.1, help="Part below which none is.", ge=0.0, le=1.0)
    cut: float = option(5.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how much the bars take."""
        return (
            f"Bars of one colour on opposite sides take {value:.0%} of its height or width: it may have been padded "
            "or be a picture of a screen."
        )
