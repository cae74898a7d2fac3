"""Pairs of classes that are taken for each other."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.records import Findings, Remark, Severity

__all__ = ["OverlappingClasses"]

_FEWEST = 20


@dataclass(frozen=True)
class OverlappingClasses(Check):
    """Classes that overlap.

    Two classes overlap if the models, which had not seen the rows, take at least ``share`` of the rows of either for
    the other. Nothing is said of single rows: the classes may mean the same, or these columns cannot tell them apart.
    """

    code: ClassVar[str] = "EM106"
    name: ClassVar[str] = "overlapping_classes"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels", "predictions")

    share: float = option(
        0.3, help="Part of the rows of both classes that are taken for the other.", ge=0.05, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Count, for each pair of classes, the rows that are taken for the other."""
        assert inputs.labels is not None
        assert inputs.predictions is not None
        codes, classes = inputs.labels.codes, inputs.labels.classes
        known = codes >= 0
        n = len(classes)
        said = inputs.predictions.pred_probs[known].argmax(axis=1)
        counts = np.bincount(codes[known] * n + said, minlength=n * n).reshape(n, n)
        sizes = counts.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            parts = counts / sizes[:, None]
        lesser = np.minimum(parts, parts.T)
        pairs = np.argwhere(np.triu(lesser >= self.share, 1) & (np.minimum.outer(sizes, sizes) >= _FEWEST))
        remarks = [
            Remark(
                inputs.labels.column,
                round(float(1 - lesser[a, b]), 4),
                f"'{classes[a]}' and '{classes[b]}' overlap: {counts[a, b]:,} of {sizes[a]:,} rows of the one and "
                f"{counts[b, a]:,} of {sizes[b]:,} of the other are taken for the other.",
            )
            for a, b in sorted(pairs.tolist(), key=lambda pair: -lesser[pair[0], pair[1]])
        ]
        return Findings.of(
            np.full(inputs.n_rows, np.nan), [], [], remarks=remarks, facts={"pairs": len(remarks)}
        )
