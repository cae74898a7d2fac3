"""Rows that lie between two classes."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.kernels.label_scores import best_others
from emendata.records import Findings, Severity

__all__ = ["AmbiguousLabel"]

_NORMAL = 0.2


@dataclass(frozen=True)
class AmbiguousLabel(Check):
    """Ambiguous label.

    The score is one minus twice the smaller of the out-of-sample probabilities of the given label and of the best other
    one: 0 where each has a half. A row is flagged if both have at least ``least``. Where more than a fifth of the
    labels are so, the classes overlap, and no single row is flagged. It is a tip: both labels may be right.
    """

    code: ClassVar[str] = "EM104"
    name: ClassVar[str] = "ambiguous_label"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels", "predictions")

    least: float = option(0.4, help="Probability that both labels must have.", ge=0.1, le=0.5)

    def find(self, inputs: Inputs) -> Findings:
        """Compare the given label with the best other one."""
        assert inputs.labels is not None
        assert inputs.predictions is not None
        labels, probs = inputs.labels, inputs.predictions.pred_probs
        labeled = np.flatnonzero(labels.codes >= 0)
        given = labels.codes[labeled]
        rival, mine, best = best_others(given, probs[labeled])
        best = np.clip(best, 0, 1)
        scores = np.full(inputs.n_rows, np.nan)
        scores[labeled] = np.clip(1 - 2 * np.minimum(mine, best), 0, 1)
        both = np.flatnonzero(np.minimum(mine, best) >= self.least)
        facts = {"between_two_classes": len(both), "labels": len(labeled)}
        if len(both) > _NORMAL * len(labeled):
            return Findings.of(scores, [], [], facts=facts)
        reasons = [
            f"It lies between '{labels.classes[given[i]]}' ({mine[i]:.2f}), its label, and "
            f"'{labels.classes[rival[i]]}' ({best[i]:.2f})."
            for i in both
        ]
        return Findings.of(scores, labeled[both], reasons, column=labels.column, facts=facts)
