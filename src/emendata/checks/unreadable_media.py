"""Images and sounds that cannot be read."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs
from emendata.records import Findings

__all__ = ["UnreadableMedia"]


@dataclass(frozen=True)
class UnreadableMedia(Check):
    """Unreadable image or sound.

    A row is flagged when a file of it is gone, empty, damaged, cut short, or no image or sound at all. The score is the
    part of the row's files that can be read.
    """

    code: ClassVar[str] = "EM402"
    name: ClassVar[str] = "unreadable_media"
    needs: ClassVar[tuple[str, ...]] = ("unreadable",)

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by the part of its files that can be read."""
        assert inputs.unreadable is not None
        broken = np.zeros(inputs.n_rows)
        found: dict[int, list[tuple[str, str]]] = {}
        for column, problems in inputs.unreadable.items():
            for row, problem in problems.items():
                broken[row] += 1
                found.setdefault(row, []).append((column, problem))
        rows = sorted(found)
        reasons = [" ".join(problem for _, problem in found[row]) for row in rows]
        columns = tuple(found[row][0][0] if len(found[row]) == 1 else None for row in rows)
        facts = {
            "unreadable_per_column": {name: len(rows) for name, rows in inputs.unreadable.items() if rows}
        }
        made = Findings.of(1.0 - broken / max(len(inputs.unreadable), 1), rows, reasons, facts=facts)
        return Findings(**{**vars(made), "columns": columns})
