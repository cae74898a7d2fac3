"""Images that are too dark to see much."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck

__all__ = ["DarkImage"]


@dataclass(frozen=True)
class DarkImage(TraitCheck):
    """Dark image.

    Looked at is the brightness that 99 % of an image's pixels stay below, from 0, black, to 1, white.
    """

    code: ClassVar[str] = "EM601"
    name: ClassVar[str] = "dark"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "bright"
    normal_here: ClassVar[str] = "dark"

    sure: float = option(
        0.32,
        help="Brightness of the brightest parts below which an image is dark whatever the others are like.",
        ge=0.0,
        le=1.0,
    )
    bound: float = option(0.45, help="Brightness of the brightest parts above which none is.", ge=0.0, le=1.0)
    cut: float = option(3.5, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how dark it is."""
        return f"Its brightest parts reach {value:.0%} of white; those of the usual image here reach {usual:.0%}."
