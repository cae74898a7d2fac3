"""Sounds in which there is nothing to hear."""

from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.traits import TraitCheck

__all__ = ["SilentSound"]


@dataclass(frozen=True)
class SilentSound(TraitCheck):
    """Silent sound.

    Looked at is the mean level in decibels above 100 dB below the loudest possible: 0 for silence, 100 at most.
    """

    code: ClassVar[str] = "EM801"
    name: ClassVar[str] = "silent"
    needs: ClassVar[tuple[str, ...]] = ("sounds",)
    trait: ClassVar[str] = "level"
    normal_here: ClassVar[str] = "as quiet"

    sure: float = option(
        20.0, help="Level below which a sound is silent whatever the others are like.", ge=0.0, le=100.0
    )
    bound: float = option(40.0, help="Level above which none is.", ge=0.0, le=100.0)
    cut: float = option(4.0, help="Robust standard deviations from the median that are unusual.", ge=0.0)

    def reason(self, value: float, usual: float) -> str:
        """Say how quiet it is."""
        return f"Its mean level is {100 - value:.0f} dB below the loudest possible; usual here is {100 - usual:.0f} dB."
