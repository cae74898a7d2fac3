"""Rows that are almost, but not exactly, the same."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.kernels.groups import groups_of_pairs
from emendata.kernels.nearness import accident_radius
from emendata.records import Findings, IntArray

__all__ = ["NearDuplicate"]

_ORDINARY = 0.01  # expected accidental twins of a row
_UNDER_HALF = np.nextafter(np.float32(0.5), np.float32(0))  # for rows joined from the other side


@dataclass(frozen=True)
class NearDuplicate(Check):
    """Near duplicate.

    Two rows that are not identical are near duplicates when they are closer than both of: ``radius`` times
    the median distance between a row and its nearest other content; and the distance within which accident
    would put less than ``accidents`` pairs of rows in the whole dataset, given how densely and into how many
    directions the rows around them spread. Rows so ordinary that they would have identical twins by accident
    are left alone. The score is 0.5 at the smaller of the two and falls with the
    distance; groups are the connected rows.
    """

    code: ClassVar[str] = "EM302"
    name: ClassVar[str] = "near_duplicate"
    needs: ClassVar[tuple[str, ...]] = ("neighbors", "content")

    radius: float = option(
        0.1,
        help="Part of the usual nearest distance below which rows count as near duplicates.",
        ge=0.0,
        le=1.0,
    )
    accidents: float = option(
        1.0, help="How many pairs as near as that may be expected by accident in the whole dataset.", ge=0.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by the distance to its nearest row of other content."""
        assert inputs.neighbors is not None
        assert inputs.content is not None
        near, keys = inputs.neighbors, inputs.content.keys
        ordinary = inputs.content.chance >= _ORDINARY
        set_aside = (keys[near.rows] == keys[:, None]) | ordinary[:, None] | ordinary[near.rows]
        distances = np.where(set_aside, np.inf, near.distances)
        nearest = distances.min(axis=1)
        known = nearest[np.isfinite(nearest)]
        usual = float(np.median(known)) if len(known) else 0.0
        if usual <= 0 or len(known) * 2 < inputs.n_rows:
            raise NotApplicable("Most rows have twins, or would by accident, so nearness says nothing.")
        cut = np.minimum(self.radius * usual, accident_radius(near.distances, self.accidents))
        first, place = np.nonzero(distances < np.minimum(cut[:, None], cut[near.rows]))
        groups = groups_of_pairs(first, near.rows[first, place], inputs.n_rows)
        group_of = {row: group for group in groups for row in group.tolist()}
        rows = np.array(sorted(group_of), dtype=np.int64)
        reasons = [
            _reason(row, group_of[row], near.rows[row], distances[row], usual) for row in rows.tolist()
        ]
        related = [tuple(other for other in group_of[row].tolist() if other != row) for row in rows.tolist()]
        scores = np.clip(0.5 * nearest / np.maximum(cut, 1e-12), 0.5, 1.0)
        scores[rows] = np.minimum(0.5 * nearest[rows] / np.maximum(cut[rows], 1e-12), _UNDER_HALF)
        facts = {"groups": len(groups), "usual_distance": usual, "cut_distance": self.radius * usual}
        return Findings.of(scores, rows, reasons, related=related, facts=facts)


def _reason(row: int, group: IntArray, neighbors: IntArray, distances: np.ndarray, usual: float) -> str:
    best = int(distances.argmin())
    nearest, distance = int(neighbors[best]), float(distances[best])
    if nearest not in group:
        nearest = next(other for other in group.tolist() if other != row)
        return f"Almost the same as row {nearest}."
    more = f"; {len(group)} rows in all are alike" if len(group) > 2 else ""
    return f"Almost the same as row {nearest}: {distance / usual:.2f} of the usual nearest distance{more}."
