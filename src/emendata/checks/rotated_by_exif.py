"""Images whose pixels lie on their side, to be turned by whoever reads their EXIF data."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs
from emendata.checks.traits import Judged, findings_of, traits_of
from emendata.errors import NotApplicable
from emendata.records import Findings, Severity

__all__ = ["RotatedByExif"]

_TURNS = {
    2: "mirrored left and right",
    3: "upside down",
    4: "mirrored top and bottom",
    5: "on its side and mirrored",
    6: "on its left side",
    7: "on its side and mirrored",
    8: "on its right side",
}


@dataclass(frozen=True)
class RotatedByExif(Check):
    """Image that is upright only by its EXIF data.

    A camera that is held on its side stores what it sees, and beside it how that is to be turned. Many programs that
    train models do not look there: to them such an image lies on its side. The score is 0 for one that is turned or
    mirrored, 1 for the others.
    """

    code: ClassVar[str] = "EM608"
    name: ClassVar[str] = "rotated_by_exif"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)

    def find(self, inputs: Inputs) -> Findings:
        """Flag the images that have to be turned."""
        judged = {}
        for column, traits in traits_of(inputs, "pictures").items():
            turns = traits.of("turn").astype(np.float64)
            rows = np.flatnonzero(turns > 1)
            if 2 * len(rows) > np.isfinite(turns).sum():
                continue
            reasons = {
                row: f"As it is stored it is {_TURNS[int(turns[row])]}; only its EXIF data say how to turn it, and "
                "many programs do not read them."
                for row in rows.tolist()
            }
            scores = np.where(np.isfinite(turns), turns <= 1, np.nan)
            judged[column] = Judged(scores, reasons, {})
        if not judged:
            raise NotApplicable("Here most images are turned by their EXIF data.")
        return findings_of(inputs.n_rows, judged)
