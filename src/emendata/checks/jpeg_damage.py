"""Images that compression or a broken transfer has damaged, and that can still be opened."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.checks.traits import Judged, findings_of, limit_below, part_of, traits_of
from emendata.errors import NotApplicable
from emendata.records import Findings, FloatArray

__all__ = ["JpegDamage"]

_CUT = 4.0  # robust standard deviations of the dataset's images


@dataclass(frozen=True)
class JpegDamage(Check):
    """Image that JPEG has damaged.

    Two traces are looked at. Blocks: how often the difference between neighbouring pixels at the border of JPEG's 8 x 8
    squares is larger than those beside it, which is a third of the time in a good image. And a tail: lines at the lower
    end that are of the grey with which decoders fill up a file cut short; it stays when the image is saved again.
    """

    code: ClassVar[str] = "EM611"
    name: ClassVar[str] = "jpeg_damage"
    needs: ClassVar[tuple[str, ...]] = ("pictures",)

    sure: float = option(
        0.5,
        help="Part of the block borders that show, above which an image is flagged whatever the others are like.",
        ge=0.0,
        le=1.0,
    )
    bound: float = option(0.42, help="Part of the block borders below which none is.", ge=0.0, le=1.0)
    tail: float = option(
        0.05, help="Part of the height that is grey from below which is too much.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by the worse of the two traces."""
        judged = {}
        for column, traits in traits_of(inputs, "pictures").items():
            blocks, tails = (traits.of(name).astype(np.float64) for name in ("blocks", "grey_tail"))
            parts = [part for part in (self._by_blocks(blocks), self._by_tails(tails)) if part is not None]
            if parts:
                scores = np.fmin.reduce([part.scores for part in parts])
                reasons = {row: reason for part in parts for row, reason in part.reasons.items()}
                facts = {name: fact for part in parts for name, fact in part.facts.items()}
                judged[column] = Judged(scores, reasons, facts)
        if not judged:
            raise NotApplicable("Here most images have blocks and grey tails.")
        return findings_of(inputs.n_rows, judged)

    def _by_blocks(self, shown: FloatArray) -> Judged | None:
        known = shown[np.isfinite(shown)]
        if not len(known) or np.median(known) > self.bound:
            return None
        limit = -limit_below(-known, -self.sure, -self.bound, _CUT)
        usual = float(np.median(known))
        reasons = {
            row: f"It shows the squares of strong JPEG compression: {shown[row]:.0%} of their borders stand out, "
            f"usual here are {usual:.0%}."
            for row in np.flatnonzero(shown > limit).tolist()
        }
        facts = {"limit_of_blocks": round(limit, 4), "flagged_by_blocks": len(reasons)}
        return Judged(part_of(limit, shown), reasons, facts)

    def _by_tails(self, tails: FloatArray) -> Judged | None:
        if np.nanmedian(tails) > self.tail:
            return None
        reasons = {
            row: f"The lower {tails[row]:.0%} are of one grey: the file was cut short, and the rest filled up."
            for row in np.flatnonzero(tails > self.tail).tolist()
        }
        return Judged(part_of(self.tail, tails), reasons, {"flagged_by_tail": len(reasons)})
