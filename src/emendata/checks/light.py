"""Images that are too light to see much."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck

__all__ = ["LightImage"]


@dataclass(frozen=True)
class LightImage(TraitCheck):
    """Light image.

    Looked at is the brightness that only 5 % of an image's pixels stay below, from 0, black, to 1, white. What is drawn
    on white paper is light as well: where most images are, none is flagged.
    """

    code: ClassVar[str] = "EM602"
    name: ClassVar[str] = "light"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "shadow"
    high_is_bad: ClassVar[bool] = True
    normal_here: ClassVar[str] = "light"

    sure: float = option(
        0.93,
        help="Brightness of the darkest parts above which an image is light whatever the others are like.",
        ge=0.0,
        le=1.0,
    )
    bound: float = option(0.7, help="Brightness of the darkest parts below which none is.", ge=0.0, le=1.0)
    cut: float = option(3.5, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how light it is."""
        return (
            f"Even its darkest parts have {value:.0%} of the brightness of white; usual here are {usual:.0%}."
        )
