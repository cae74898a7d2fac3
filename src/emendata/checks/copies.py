"""From pairs of copies to groups of rows, scores and reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from emendata.checks.issues import Issue, findings_of_issues
from emendata.kernels.linkage import compact_groups
from emendata.records import BoolArray, Findings, FloatArray, IntArray

__all__ = ["Pairs", "findings_of_copies"]

_UNDER_HALF = float(np.nextafter(np.float32(0.5), np.float32(0)))


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows whose items are copies of each other.

    ``judged`` (n,) marks the rows that could be compared; ``distances`` are below ``cuts``; ``kinds`` says of what kind
    each pair is.
    """

    judged: BoolArray
    first: IntArray
    second: IntArray
    distances: FloatArray
    cuts: FloatArray
    kinds: IntArray


def findings_of_copies(
    n_rows: int, found: Mapping[str, Pairs], reason: Callable[[int, int, int], str]
) -> Findings:
    """Return a finding for each row that has a copy, in each column of items.

    Parameters
    ----------
    reason : callable
        Given the nearest copy's row, the kind of that pair and how many are alike in the group.
    """
    scores = np.full(n_rows, np.nan)
    issues: list[Issue] = []
    facts = {}
    for name, pairs in found.items():
        scores[pairs.judged] = 1.0
        ratios = pairs.distances / np.maximum(pairs.cuts, 1e-12)
        groups = compact_groups(pairs.first, pairs.second, ratios, n_rows, 1.0)
        nearest = _nearest_in_group(pairs, ratios, groups, n_rows)
        for group in groups:
            for row in group.tolist():
                other, ratio, kind = nearest[row]
                score = min(0.5 * ratio, _UNDER_HALF)
                related = tuple(member for member in group.tolist() if member != row)
                issues.append(Issue(row, name, score, reason(other, kind, len(group)), related=related))
        facts[name] = {"groups": len(groups), "pairs": len(pairs.first)}
    return findings_of_issues(scores, issues, facts=facts)


def _nearest_in_group(
    pairs: Pairs, ratios: FloatArray, groups: list[IntArray], n_rows: int
) -> dict[int, tuple[int, float, int]]:
    """Return for each grouped row the nearest of its group, how near it is beside the cut, and the kind of the pair."""
    member = np.full(n_rows, -1)
    for number, group in enumerate(groups):
        member[group] = number
    within = (member[pairs.first] == member[pairs.second]) & (member[pairs.first] >= 0)
    nearest: dict[int, tuple[int, float, int]] = {}
    for place in np.flatnonzero(within)[np.argsort(-ratios[within], kind="stable")].tolist():
        one, other = int(pairs.first[place]), int(pairs.second[place])
        near = float(ratios[place]), int(pairs.kinds[place])
        nearest[one], nearest[other] = (other, *near), (one, *near)
    return nearest
