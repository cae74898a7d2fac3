"""Images that show next to nothing."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck

__all__ = ["LowInformation"]


@dataclass(frozen=True)
class LowInformation(TraitCheck):
    """Image that shows next to nothing.

    Looked at is the entropy of an image's brightness, in bits: 0 for one shade, 8 where all 256 are as frequent.
    """

    code: ClassVar[str] = "EM606"
    name: ClassVar[str] = "low_information"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "entropy"
    normal_here: ClassVar[str] = "as plain"

    sure: float = option(
        1.0, help="Bits below which an image is flagged whatever the others are like.", ge=0.0, le=8.0
    )
    bound: float = option(3.0, help="Bits above which none is.", ge=0.0, le=8.0)
    cut: float = option(4.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how little there is to see."""
        return f"Its shades hold {value:.1f} bits of information; usual here are {usual:.1f}."
