"""Cells that are empty where nearly all others are filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Labels
from emendata.kernels.gaps import empty_together
from emendata.records import BoolArray, Findings, Remark

__all__ = ["MissingValues"]

_TELLING = 0.6  # part of a class beyond that of others
_FEWEST = 20


@dataclass(frozen=True)
class MissingValues(Check):
    """Missing value.

    A row is flagged when a cell is missing in a column that is filled elsewhere (at least ``usual`` of its
    rows), or when more than half of its cells are missing. Columns that are often empty by nature flag
    nobody; they are named in the facts, and so are columns that are empty in the same rows. A column is named whose
    gaps give a class away: empty in most rows of the class and filled in most others. The score is the filled part of
    the row.
    """

    code: ClassVar[str] = "EM401"
    name: ClassVar[str] = "missing_values"
    needs: ClassVar[tuple[str, ...]] = ("missing",)
    wants: ClassVar[tuple[str, ...]] = ("labels",)

    usual: float = option(
        0.95, help="Part of the rows that must be filled for a gap to be remarkable.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Score every row by the part of its cells that is filled."""
        assert inputs.missing is not None
        names = np.array(list(inputs.missing), dtype=object)
        gaps = np.stack(list(inputs.missing.values()), axis=1)
        n_gaps = gaps.sum(axis=0)
        remarkable = (n_gaps > 0) & (n_gaps <= (1 - self.usual) * inputs.n_rows)
        mostly_empty = gaps.sum(axis=1) * 2 > gaps.shape[1]
        rows = np.flatnonzero((gaps & remarkable).any(axis=1) | mostly_empty)
        columns: list[str | None] = []
        reasons: list[str] = []
        for row in rows:
            missing = names[gaps[row] & (remarkable | mostly_empty[row])]
            columns.append(missing[0] if len(missing) == 1 else None)
            reasons.append(_reason(missing, gaps.shape[1]))
        facts = {
            "missing_cells": int(n_gaps.sum()),
            "missing_per_column": {
                name: int(count) for name, count in zip(names, n_gaps, strict=True) if count
            },
            "empty_together": [
                f"{', '.join(together)}: {n_rows:,} rows"
                for together, n_rows in empty_together(inputs.missing)
            ],
        }
        remarks = [] if inputs.labels is None else list(_telling(inputs.missing, inputs.labels))
        return Findings.of(
            1.0 - gaps.mean(axis=1), rows, reasons, columns=columns, facts=facts, remarks=remarks
        )


def _telling(missing: Mapping[str, BoolArray], labels: Labels) -> Iterator[Remark]:
    """Name the columns that are empty in most rows of a class and filled in most others."""
    known = labels.codes >= 0
    sizes = np.bincount(labels.codes[known], minlength=len(labels.classes))
    for name, gaps in missing.items():
        if name == labels.column or not gaps[known].any():
            continue
        empty = np.bincount(labels.codes[known & gaps], minlength=len(labels.classes))
        others, n_others = empty.sum() - empty, sizes.sum() - sizes
        apart = empty / np.maximum(sizes, 1) - others / np.maximum(n_others, 1)
        code = int(apart.argmax())
        if apart[code] >= _TELLING and min(sizes[code], n_others[code]) >= _FEWEST:
            yield Remark(
                name,
                round(float(1 - apart[code]), 4),
                f"That '{name}' is empty gives a class away: it is in {empty[code]:,} of {sizes[code]:,} rows of "
                f"'{labels.classes[code]}' and in {others[code]:,} of {n_others[code]:,} others.",
            )


def _reason(missing: np.ndarray, n_columns: int) -> str:
    shown = ", ".join(f"'{name}'" for name in missing[:5])
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    noun = "Column" if len(missing) == 1 else f"{len(missing)} of {n_columns} columns"
    if len(missing) == 1:
        return f"{noun} {shown} is empty here and filled in nearly every other row."
    return f"{noun} are empty here: {shown}{more}."
