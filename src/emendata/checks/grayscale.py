"""Images without colours among images with colours."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck
from emendata.records import Severity

__all__ = ["Grayscale"]


@dataclass(frozen=True)
class Grayscale(TraitCheck):
    """Image without colours among colourful ones.

    Looked at are the pixels, however the image was stored: how far apart red, green and blue are, which 95 % of the
    pixels stay below, from 0 to 1.
    """

    code: ClassVar[str] = "EM607"
    name: ClassVar[str] = "grayscale"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)
    trait: ClassVar[str] = "colour"
    normal_here: ClassVar[str] = "grey"

    bound: float = option(0.02, help="Distance of the channels below which an image is grey.", ge=0.0, le=1.0)

    @property
    def limits(self) -> tuple[float, float, float]:
        """One limit, whatever the others are like."""
        return self.bound, self.bound, 0.0

    def reason(self, value: float, usual: float) -> str:
        """Say that there are no colours."""
        return "It is in shades of grey, most images here are in colour."
