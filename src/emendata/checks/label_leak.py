"""Columns that give the label away."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.kernels.telling import told_labels
from emendata.records import Findings, Remark, Severity

__all__ = ["LabelLeak"]

_FEWEST_ROWS = 30


@dataclass(frozen=True)
class LabelLeak(Check):
    """Column that gives the label away.

    A column tells the label of a row if other rows with its value mostly have that label, or, where no other row has
    its value, if the rows before and behind it in the order of values do. A column is named when it tells at least
    ``share`` of the labels that always saying the commonest class gets wrong. Nothing is said of single rows.
    """

    code: ClassVar[str] = "EM501"
    name: ClassVar[str] = "label_leak"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels", "ranks")

    share: float = option(
        0.98, help="Part of the labels beyond the commonest class that a column must tell.", ge=0.5, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Name the columns that tell nearly all labels, those that tell the most first."""
        assert inputs.labels is not None
        assert inputs.ranks is not None
        labels = inputs.labels
        known = labels.codes >= 0
        n_labels, n_commonest = int(known.sum()), int(np.bincount(labels.codes[known]).max(initial=0))
        if n_labels < _FEWEST_ROWS:
            raise NotApplicable(f"{n_labels} labels are too few: any column might tell them by accident.")
        counts = {
            name: int(told_labels(ranks, labels.codes, len(labels.classes)).sum())
            for name, ranks in inputs.ranks.items()
        }
        parts = {name: (n - n_commonest) / max(n_labels - n_commonest, 1) for name, n in counts.items()}
        remarks = [
            Remark(
                name,
                round(1 - part, 4),
                f"Column '{name}' alone tells {counts[name]:,} of {n_labels:,} labels. It may be a copy of the label, "
                "have been filled in after it, or number rows class by class: no model should see it.",
            )
            for name, part in sorted(parts.items(), key=lambda item: (-item[1], item[0]))
            if part >= self.share
        ]
        told = {name: counts[name] for name, part in parts.items() if part >= 0.5}
        return Findings.of(
            np.full(inputs.n_rows, np.nan),
            [],
            [],
            remarks=remarks,
            facts={"labels_told": told, "labels": n_labels},
        )
