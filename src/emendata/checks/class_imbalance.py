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

    A class is rare when it has less than ``fraction`` of an even share of the labels, or fewer than ``min_rows`` rows.
    The score of a row is its class's size over the even share, or over ``min_rows`` if that is less, at most 1.
    """

    code: ClassVar[str] = "EM102"
    name: ClassVar[str] = "class_imbalance"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels",)

    fraction: float = option(0.1, help="Part of an even share below which a class is rare.", ge=0.0, le=1.0)
    min_rows: int = option(5, help="Rows below which a class is rare, however many classes there are.", ge=0)

    def find(self, inputs: Inputs) -> Findings:
        """Score every labelled row by the size of its class."""
        labels = inputs.labels
        assert labels is not None
        labeled = labels.codes >= 0
        counts = np.bincount(labels.codes[labeled], minlength=len(labels.classes))
        even = labeled.sum() / len(labels.classes)
        share = np.minimum(np.minimum(counts / even, counts / max(self.min_rows, 1)), 1.0)
        rare = (counts < self.fraction * even) | (counts < self.min_rows)
        rows = np.flatnonzero(labeled & rare[labels.codes])
        scores = np.where(labeled, share[labels.codes], np.nan)
        enough = f"an even share would be {even:,.0f}."
        too_few = f"fewer than {self.min_rows} are too few to learn from."
        reasons = [
            f"Class '{labels.classes[code]}' has {counts[code]:,} of {labeled.sum():,} labels; "
            + (too_few if counts[code] < self.min_rows else enough)
            for code in labels.codes[rows]
        ]
        facts = {
            "rows_per_class": {name: int(count) for name, count in zip(labels.classes, counts, strict=True)}
        }
        return Findings.of(scores, rows, reasons, column=labels.column, facts=facts)
