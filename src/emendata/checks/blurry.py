"""Images that are out of focus or moved."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck

__all__ = ["BlurryImage"]


@dataclass(frozen=True)
class BlurryImage(TraitCheck):
    """Blurry image.

    Looked at is the part of the differences between neighbouring pixels that a blur would take away, along the less
    sharp of the two axes: what is blurred already has little to lose. Large images are looked at with 512 to 1,024
    pixels a side, and once more with about 64 to 127.
    """

    code: ClassVar[str] = "EM603"
    name: ClassVar[str] = "blurry"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "sharpness"
    normal_here: ClassVar[str] = "blurry"

    sure: float = option(
        0.2, help="Sharpness below which an image is flagged whatever the others are like.", ge=0.0, le=1.0
    )
    bound: float = option(0.4, help="Sharpness above which none is.", ge=0.0, le=1.0)
    cut: float = option(3.5, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how blurry it is."""
        return (
            f"A blur would take {value:.0%} of its differences between neighbouring pixels away; usual here are "
            f"{usual:.0%}, so it seems blurred already."
        )
