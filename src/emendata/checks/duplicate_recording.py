"""Sounds that are copies of one recording, louder or softer, cut a little otherwise, or stored in another format."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.copies import Pairs, findings_of_copies
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.kernels.accidents import accident_radius
from emendata.kernels.neighbors import nearest_rows
from emendata.records import Findings, Float32Array

__all__ = ["DuplicateRecording"]

_NEAREST = 10
_FEWEST = 3


@dataclass(frozen=True)
class DuplicateRecording(Check):
    """Sound that is a copy of another.

    Recordings are compared by the energy in 16 bands of pitch and by how strongly each pulses at 10 speeds, which stays
    as it is when a sound becomes louder or softer, starts a little earlier or later, or is stored anew. Two are copies
    when they are closer than ``radius`` times the median distance of a sound to the nearest other, and closer than
    accident puts ``accidents`` pairs in the whole dataset. In a group all sounds are alike. What is equal byte for byte
    is left to EM301.
    """

    code: ClassVar[str] = "EM805"
    name: ClassVar[str] = "duplicate_recording"
    needs: ClassVar[tuple[str, ...]] = ("prints",)
    wants: ClassVar[tuple[str, ...]] = ("content",)

    radius: float = option(
        0.5, help="Part of the usual nearest distance below which sounds count as copies.", ge=0.0, le=1.0
    )
    accidents: float = option(
        0.1, help="How many pairs may be expected by accident in the whole dataset.", ge=0.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Pair each column's recordings with the nearest, and group the pairs."""
        assert inputs.prints is not None
        found = {
            name: pairs
            for name, prints in inputs.prints.items()
            if (pairs := self._pairs(prints, inputs)) is not None
        }
        if not found:
            raise NotApplicable("Fewer than three recordings can be compared.")
        return findings_of_copies(inputs.n_rows, found, _reason)

    def _pairs(self, prints: Float32Array, inputs: Inputs) -> Pairs | None:
        heard = np.isfinite(prints).all(axis=1) & (np.abs(prints).max(axis=1, initial=0) > 0)
        rows = np.flatnonzero(heard)
        if len(rows) < _FEWEST:
            return None
        near, distances = nearest_rows(np.ascontiguousarray(prints[rows]), min(_NEAREST, len(rows) - 1))
        usual = float(np.median(distances[:, 0]))
        cuts = np.minimum(self.radius * usual, accident_radius(distances, self.accidents))
        cut = np.minimum(cuts[:, None], cuts[near])
        is_copy = distances < cut
        if inputs.content is not None:
            keys = inputs.content.keys[rows]
            is_copy &= keys[:, None] != keys[near]
        first, place = np.nonzero(is_copy)
        second = near[first, place]
        return Pairs(
            heard,
            rows[first],
            rows[second],
            distances[first, place].astype(np.float64),
            cut[first, place],
            np.zeros(len(first), dtype=np.int64),
        )


def _reason(nearest: int, kind: int, n_alike: int) -> str:
    more = f"; {n_alike} sounds in all are of this recording" if n_alike > 2 else ""
    return f"It is the recording of row {nearest}, perhaps louder, softer or cut otherwise{more}."
