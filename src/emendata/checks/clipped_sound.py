"""Sounds that were recorded too loud."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck

__all__ = ["ClippedSound"]


@dataclass(frozen=True)
class ClippedSound(TraitCheck):
    """Clipped sound.

    Looked at is the part of the samples that lie in runs of at least three equal ones beside the loudest: there, the
    top of the wave was cut off.
    """

    code: ClassVar[str] = "EM802"
    name: ClassVar[str] = "clipped"
    needs: ClassVar[tuple[str, ...]] = ("sounds",)
    trait: ClassVar[str] = "clipped"
    high_is_bad: ClassVar[bool] = True
    normal_here: ClassVar[str] = "clipped"

    sure: float = option(
        0.01,
        help="Part of the samples above which a sound is flagged whatever the others are like.",
        ge=0.0,
        le=1.0,
    )
    bound: float = option(0.001, help="Part below which none is.", ge=0.0, le=1.0)
    cut: float = option(5.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how much is cut off."""
        return f"{value:.1%} of its samples are cut off at the loudest level: it was recorded, or made, too loud."
