"""Classes that are too rare to be learned."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.records import Findings, Severity

__all__ = ["ClassImbalance"]


@dataclass(frozen=True)
class ClassImbalance(Check):
    """Rare class.

    A class is rare when it has less than ``fraction`` of an even share of the labels. The score of a row
    is its class's size over the even share, at most 1.
    """

    code: ClassVar[str] = "EM102"
    name: ClassVar[str] = "class_imbalance"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels",)

    fraction: float = option(0.1, help="Part of an even share below which a class is rare.", ge=0.0, le=1.0)

    def find(self, inputs: Inputs) -> Findings:
        """Score every labelled row by the size of its class."""
        labels = inputs.labels
        assert labels is not None
        labeled = labels.codes >= 0
        counts = np.bincount(labels.codes[labeled], minlength=len(labels.classes))
        even = labeled.sum() / len(labels.classes)
        share = np.minimum(counts / even, 1.0)
        rare = share < self.fraction
        rows = np.flatnonzero(labeled & rare[labels.codes])
        scores = np.where(labeled, share[labels.codes], np.nan)
        reasons = [
            f"Class '{labels.classes[code]}' has {counts[code]:,} of {labeled.sum():,} labels; "
            f"an even share would be {even:,.0f}."
            for code in labels.codes[rows]
        ]
        facts = {
            "rows_per_class": {name: int(count) for name, count in zip(labels.classes, counts, strict=True)}
        }
        return Findings.of(scores, rows, reasons, column=labels.column, facts=facts)
