"""Identical rows with different labels."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.checks.issues import Issue, findings_of_issues
from emendata.kernels.groups import groups_of_equals
from emendata.records import Findings

__all__ = ["LabelConflict"]

_CLEAR = 2 / 3


@dataclass(frozen=True)
class LabelConflict(Check):
    """Identical rows with different labels.

    Of rows that agree in every other column, more than accident explains, at least one label is wrong if they differ.
    The score is the part of the group with the row's label; rows are flagged whose label fewer than two thirds of the
    group have. The label that at least two thirds have is suggested.
    """

    code: ClassVar[str] = "EM105"
    name: ClassVar[str] = "label_conflict"
    needs: ClassVar[tuple[str, ...]] = ("labels", "content")

    max_chance: float = option(
        0.01, help="Expected accidental twins of a row above which twins are no error.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Compare the labels of each group of identical rows."""
        assert inputs.labels is not None
        assert inputs.content is not None
        codes, classes = inputs.labels.codes, inputs.labels.classes
        scores = np.where(codes >= 0, 1.0, np.nan)
        issues: list[Issue] = []
        n_groups = 0
        for members in groups_of_equals(inputs.content.keys):
            group = members[codes[members] >= 0]
            counts = np.bincount(codes[group], minlength=len(classes)) if len(group) else np.zeros(1)
            if np.count_nonzero(counts) < 2 or inputs.content.chance[members[0]] >= self.max_chance:
                continue
            n_groups += 1
            share = counts / len(group)
            best = int(share.argmax())
            said = ", ".join(
                f"{counts[code]:,} × '{classes[code]}'" for code in np.argsort(-counts)[:5] if counts[code]
            )
            for row in group.tolist():
                scores[row] = share[codes[row]]
                if share[codes[row]] < _CLEAR:
                    suggested = classes[best] if share[best] >= _CLEAR and best != codes[row] else None
                    others = tuple(other for other in group.tolist() if other != row)
                    reason = (
                        f"The same as row {others[0]:,} in every other column; the labels of the {len(group):,} rows "
                        f"are {said}."
                    )
                    probability = share[best] if suggested else np.nan
                    issues.append(
                        Issue(
                            row,
                            inputs.labels.column,
                            scores[row],
                            reason,
                            suggested,
                            probability,
                            related=others,
                        )
                    )
        return findings_of_issues(scores, issues, facts={"groups_with_different_labels": n_groups})
