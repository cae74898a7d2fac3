"""Rows that agree in every column."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Labels
from emendata.kernels.groups import groups_of_equals
from emendata.records import Findings, IntArray

__all__ = ["ExactDuplicate"]


@dataclass(frozen=True)
class ExactDuplicate(Check):
    """Exact duplicate.

    Rows are twins when they agree in every column but the label, ids and splits. Twins whose labels differ
    say that at least one label is wrong. In tables with few distinct values twins arise by accident: the
    score is the number of accidental twins to expect (at most 1; rows without a twin have score 1), and
    twins are flagged below ``max_chance``.
    """

    code: ClassVar[str] = "EM301"
    name: ClassVar[str] = "exact_duplicate"
    needs: ClassVar[tuple[str, ...]] = ("content",)
    wants: ClassVar[tuple[str, ...]] = ("labels",)

    max_chance: float = option(
        0.01, help="Expected accidental twins of a row above which twins are no error.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Find the twins of every row."""
        assert inputs.content is not None
        scores = np.ones(inputs.n_rows)
        twins: dict[int, IntArray] = {}
        n_conflicts = 0
        groups = groups_of_equals(inputs.content.keys)
        for group in groups:
            scores[group] = np.minimum(inputs.content.chance[group], 1.0)
            flagged = scores[group[0]] < self.max_chance
            if flagged:
                n_conflicts += len(_labels_of(group, inputs.labels)) > 1
                twins.update(dict.fromkeys(group.tolist(), group))
        rows = np.array(sorted(twins), dtype=np.int64)
        reasons = [_reason(row, twins[row], inputs.labels) for row in rows.tolist()]
        related = [tuple(int(other) for other in twins[row] if other != row) for row in rows.tolist()]
        facts = {
            "groups": sum(1 for group in groups if scores[group[0]] < self.max_chance),
            "groups_with_different_labels": n_conflicts,
            "rows_with_accidental_twins": int(sum(len(g) for g in groups if scores[g[0]] >= self.max_chance)),
        }
        return Findings.of(scores, rows, reasons, related=related, facts=facts)


def _labels_of(group: IntArray, labels: Labels | None) -> list[str]:
    if labels is None:
        return []
    return [labels.classes[code] for code in np.unique(labels.codes[group]) if code >= 0]


def _reason(row: int, group: IntArray, labels: Labels | None) -> str:
    others = [other for other in group.tolist() if other != row]
    shown = ", ".join(str(other) for other in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    sentence = f"Identical to row{'s' if len(others) > 1 else ''} {shown}{more}"
    names = _labels_of(group, labels)
    if len(names) > 1:
        return f"{sentence}, but their labels differ: {', '.join(names)}."
    return f"{sentence}."
