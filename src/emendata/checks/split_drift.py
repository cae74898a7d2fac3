"""Splits that are not alike."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.drift import drifting_columns
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.records import Findings, FloatArray, IntArray, Json, Remark, Severity

__all__ = ["SplitDrift"]

_FEWEST = 20
_SURE = 5.0  # standard errors
_FEWER = 0.9  # of the near rows of other splits that chance would bring, from which on drift is named


@dataclass(frozen=True)
class SplitDrift(Check):
    """Splits that are not alike.

    Each split is compared with the largest: every column by itself, and all features together by how many of a row's
    nearest rows lie in another split than its own. The score of a row is that part, over the part that chance would
    bring, at most 1: rows of lowest score are those that only their split has.
    """

    code: ClassVar[str] = "EM513"
    name: ClassVar[str] = "split_drift"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("splits", "ranks")
    wants: ClassVar[tuple[str, ...]] = ("labels", "neighbors")

    least: float = option(0.1, help="How far apart a column must be distributed to be named.", ge=0.0, le=1.0)

    def find(self, inputs: Inputs) -> Findings:
        """Compare the columns of the splits, and their nearest rows."""
        assert inputs.splits is not None
        splits = inputs.splits
        sizes = np.bincount(splits.codes[splits.codes >= 0], minlength=len(splits.names))
        if (sizes >= _FEWEST).sum() < 2:
            raise NotApplicable(f"Fewer than two splits have {_FEWEST} rows.")
        train = int(sizes.argmax())
        remarks: list[Remark] = []
        facts: dict[str, Json] = {}
        for code, name in enumerate(splits.names):
            if code != train and sizes[code] >= _FEWEST:
                parts = (f"'{splits.names[train]}'", f"'{name}'")
                found, apart = drifting_columns(
                    inputs, splits.codes == train, splits.codes == code, parts,
                    least=self.least, leave_out={splits.column},
                )  # fmt: skip
                remarks += found
                facts[f"distances of {parts[0]} and {parts[1]}"] = apart
        scores = np.where(splits.codes >= 0, 1.0, np.nan)
        if inputs.neighbors is not None:
            part = _part_elsewhere(inputs.neighbors.rows, splits.codes, sizes)
            scores = np.where(splits.codes >= 0, np.minimum(part, 1.0), np.nan)
            known = part[splits.codes >= 0]
            mean, error = float(known.mean()), float(known.std() / np.sqrt(len(known)))
            facts["near_rows_of_other_splits_over_chance"] = round(mean, 4)
            if mean < _FEWER and (1 - mean) > _SURE * max(error, 1e-9):
                reason = (
                    f"Rows of a split lie among each other: their nearest rows are of other splits {mean:.2f} times as "
                    f"often as chance would bring, over {len(known):,} rows."
                )
                remarks.append(Remark(splits.column, round(max(0.0, mean), 4), reason))
        return Findings.of(scores, [], [], remarks=remarks, facts=facts)


def _part_elsewhere(near: IntArray, codes: IntArray, sizes: IntArray) -> FloatArray:
    """Return the part of each row's nearest rows that are of other splits, over what chance would bring."""
    of_near = codes[near]
    known = of_near >= 0
    elsewhere = ((of_near != codes[:, None]) & known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    others = 1 - np.maximum(sizes[np.maximum(codes, 0)] - 1, 0) / max(int(sizes.sum()) - 1, 1)
    return np.asarray(elsewhere / np.maximum(others, 1e-9), dtype=np.float64)
