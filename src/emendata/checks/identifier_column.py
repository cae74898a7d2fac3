"""Columns that number the rows and say nothing else."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs
from emendata.records import Findings, Remark, Severity

__all__ = ["IdentifierColumn"]

_FEWEST = 20


@dataclass(frozen=True)
class IdentifierColumn(Check):
    """Column that numbers the rows.

    A column that is a feature is named if its values, all different, rise or fall with every row of the file: a running
    number, of which a model learns nothing but the order of the file. Chance does so once in n! files.
    """

    code: ClassVar[str] = "EM502"
    name: ClassVar[str] = "identifier_column"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("ranks", "features")

    def find(self, inputs: Inputs) -> Findings:
        """Look for columns that are in order."""
        assert inputs.ranks is not None
        assert inputs.features is not None
        used = set(inputs.features.columns)
        remarks = []
        for name, ranks in inputs.ranks.items():
            there = ranks[ranks >= 0]
            if name not in used or len(there) < _FEWEST:
                continue
            steps = np.diff(there)
            if (steps > 0).all() or (steps < 0).all():
                way = "rises" if steps[0] > 0 else "falls"
                reason = (
                    f"Column '{name}' {way} with every row, {len(there):,} different values: a running number, which "
                    f"no model should see. Say that it is an id: --role {name}=id."
                )
                remarks.append(Remark(name, 0.0, reason))
        return Findings.of(np.full(inputs.n_rows, np.nan), [], [], remarks=remarks)
