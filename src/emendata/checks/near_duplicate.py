"""Rows that are almost, but not exactly, the same."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Neighbors
from emendata.errors import NotApplicable
from emendata.kernels.linkage import compact_groups
from emendata.kernels.nearness import accidental_nearness, pair_nearness
from emendata.records import Findings, FloatArray, IntArray

__all__ = ["NearDuplicate"]

_ORDINARY = 0.01  # expected accidental twins of a row
_FEWEST = 3  # near rows of which the farther ones tell what is usual
_UNDER_HALF = np.nextafter(np.float32(0.5), np.float32(0))


@dataclass(frozen=True)
class NearDuplicate(Check):
    """Near duplicate.

    Two rows that are not identical are near duplicates when they are nearer than rows come to each other by accident,
    given how far the rows around both of them are: at most ``accidents`` pairs as near would be expected in the whole
    dataset, or ``share`` of the pairs found if that is more, but fewer than one. What accident does is read off the
    gaps between the distances to each row's farther neighbours. They must also be closer than ``radius`` times the
    distance to the last of these, from both sides. Rows so ordinary that they would have identical twins by accident
    are left alone. The score of a row is 0.5 where its nearest row is at this line, and falls as accidents get rarer.

    Groups are rows of which all are near duplicates of each other. O(n k) time and memory.
    """

    code: ClassVar[str] = "EM302"
    name: ClassVar[str] = "near_duplicate"
    needs: ClassVar[tuple[str, ...]] = ("neighbors", "content")

    radius: float = option(
        0.6,
        help="Part of the distance to the last of its nearest rows within which a row may have near duplicates.",
        ge=0.0,
        le=1.0,
    )
    accidents: float = option(
        0.1, help="How many pairs as near as that may be expected by accident in the whole dataset.", ge=0.0
    )
    share: float = option(
        0.05, help="Or, where many are found, what part of them may be there by accident.", ge=0.0, le=0.5
    )
    most: float = option(0.9, help="But no more than so many pairs in the whole dataset.", ge=0.0)

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by its nearest row of other content."""
        assert inputs.neighbors is not None
        assert inputs.content is not None
        near, keys = inputs.neighbors, inputs.content.keys
        ordinary = inputs.content.chance >= _ORDINARY
        set_aside = (keys[near.rows] == keys[:, None]) | ordinary[:, None] | ordinary[near.rows]
        k = near.rows.shape[1]
        if k < _FEWEST:
            raise NotApplicable(f"{inputs.n_rows} rows are too few to tell what is unusually near.")
        if set_aside.all(axis=1).sum() * 2 > inputs.n_rows:
            raise NotApplicable("Most rows have twins, or would by accident, so nearness says nothing.")
        reach = near.distances[:, -1]
        least = np.minimum(reach[:, None], reach[near.rows])
        part = near.distances / np.where(least > 0, least, np.inf)
        is_close = ~set_aside & (part < self.radius)
        nearness = np.where(is_close, pair_nearness(near.rows, near.distances), 0.0)
        cut = self._cut(near, nearness)
        first, place = np.nonzero(is_close & (nearness >= cut))
        second = near.rows[first, place]
        groups = compact_groups(first, second, part[first, place], inputs.n_rows, self.radius)
        related = _related(first, second, groups)
        rows = np.array(sorted(related), dtype=np.int64)
        scores = np.maximum(_sigmoid(cut - nearness.max(axis=1)), 0.5)
        scores[rows] = np.minimum(
            _sigmoid(cut - _nearest(first, second, nearness[first, place], rows)), _UNDER_HALF
        )
        facts = {
            "groups": len(groups),
            "pairs": len(np.unique(np.minimum(first, second) * inputs.n_rows + np.maximum(first, second))),
            "least_nearness": cut if np.isfinite(cut) else None,
        }
        return Findings.of(
            scores,
            rows,
            [_reason(row, related[row], near, part) for row in rows.tolist()],
            related=[tuple(sorted(related[row])) for row in rows.tolist()],
            facts=facts,
        )

    def _cut(self, near: Neighbors, nearness: FloatArray) -> float:
        """Return the nearness from which on few enough of the pairs are accidental."""
        drawn, weight = accidental_nearness(near.distances)
        first, place = np.nonzero(nearness > 0)
        second = near.rows[first, place]
        keys = np.minimum(first, second) * np.int64(len(nearness)) + np.maximum(first, second)
        found = -np.sort(-nearness[first, place][np.unique(keys, return_index=True)[1]])
        expected = weight * np.searchsorted(-drawn, -found, side="right")
        by_share = np.minimum(self.share * np.arange(1, len(found) + 1), self.most)
        allowed = np.maximum(self.accidents, by_share)
        passed = np.flatnonzero((expected <= allowed) & (allowed > 0))
        n_drawn = int(self.accidents / weight)
        by_accident = float(drawn[min(n_drawn, len(drawn)) - 1]) if n_drawn and len(drawn) else np.inf
        return min(by_accident, float(found[passed[-1]])) if len(passed) else by_accident


def _related(first: IntArray, second: IntArray, groups: list[IntArray]) -> dict[int, set[int]]:
    """Return the near duplicates of each row that has any, and the rows that are in a group with it."""
    related: dict[int, set[int]] = {}
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        related.setdefault(a, set()).add(b)
        related.setdefault(b, set()).add(a)
    for group in groups:
        members = group.tolist()
        for row in members if len(members) > 2 else ():
            related[row].update(other for other in members if other != row)
    return related


def _nearest(first: IntArray, second: IntArray, nearness: FloatArray, rows: IntArray) -> FloatArray:
    """Return the greatest nearness of the pairs that each of the rows is in."""
    found = np.zeros(len(rows))
    for side in (first, second):
        np.maximum.at(found, np.searchsorted(rows, side), nearness)
    return found


def _sigmoid(x: FloatArray) -> FloatArray:
    scores: FloatArray = 1.0 / (1.0 + np.exp(np.clip(-x, -60, 60)))
    return scores


def _reason(row: int, related: set[int], near: Neighbors, part: FloatArray) -> str:
    """Name the nearest of the near duplicates, and how far the last of the nearest rows is beside it."""
    twins = [place for place, other in enumerate(near.rows[row].tolist()) if other in related]
    more = f"; {len(related) + 1} rows in all are alike" if len(related) > 1 else ""
    if not twins:
        return f"Almost the same as row {min(related)}{more}."
    place = min(twins, key=lambda twin: float(part[row, twin]))
    distance, last = float(near.distances[row, place]), float(near.distances[row, -1])
    times = f"{last / distance:,.1f} times as far away" if distance > 1e-6 * last else "far away"
    return (
        f"Almost the same as row {near.rows[row, place]}: the last of its {near.rows.shape[1]} nearest rows is {times}"
        f"{more}."
    )
