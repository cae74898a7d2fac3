"""Rows of one split that another split tells about."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Content, Inputs, Splits
from emendata.errors import NotApplicable
from emendata.records import Findings, IntArray, Json, Remark

__all__ = ["SplitLeak"]

_LATER = 0.9  # part of the rows of a split that come after nearly all of another, for it to lie in its future


@dataclass(frozen=True)
class SplitLeak(Check):
    """Row that leaks from one split into another.

    The largest split is what models learn from. A row of another split leaks if it agrees in every column but the label
    with a row of the largest, more than accident explains, or belongs to the same group as one; and where the other
    split lies in the future, a row of the largest leaks that comes after it has begun. Where there are predictions,
    how often they are right is said with and without the rows that leak.
    """

    code: ClassVar[str] = "EM511"
    name: ClassVar[str] = "split_leak"
    needs: ClassVar[tuple[str, ...]] = ("splits",)
    wants: ClassVar[tuple[str, ...]] = ("content", "groups", "times", "labels", "predictions")

    max_chance: float = option(
        0.01, help="Expected accidental twins of a row above which twins are no error.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Look for rows, groups and times that two splits share."""
        assert inputs.splits is not None
        splits = inputs.splits
        sizes = np.bincount(splits.codes[splits.codes >= 0], minlength=len(splits.names))
        if np.count_nonzero(sizes) < 2:
            raise NotApplicable("All rows are in one split.")
        train = int(sizes.argmax())
        reasons: dict[int, str] = {}
        related: dict[int, tuple[int, ...]] = {}
        if inputs.content is not None:
            for row, twins in _twins(inputs.content, splits, train, self.max_chance).items():
                differ = _differ(inputs, row, twins)
                reasons[row] = f"The same row is in '{splits.names[train]}': row {twins[0]:,}{differ}."
                related[row] = twins[:20]
        for column, groups in (inputs.groups or {}).items():
            for row in _shared(groups, splits, train).tolist():
                reasons.setdefault(
                    row, f"Other rows of its group in '{column}' are in '{splits.names[train]}'."
                )
        if inputs.times is not None:
            for row, name in _after(inputs.times, splits, train).items():
                reasons.setdefault(
                    row, f"It comes after '{name}' has begun, which lies in the future of its split."
                )
        scores = np.where(splits.codes >= 0, 1.0, np.nan)
        rows = sorted(reasons)
        scores[rows] = 0.0
        leaking = np.zeros(inputs.n_rows, dtype=bool)
        leaking[rows] = True
        return Findings.of(
            scores,
            rows,
            [reasons[row] for row in rows],
            column=splits.column,
            related=[related.get(row, ()) for row in rows],
            facts=_counted(splits, leaking, train),
            remarks=_with_and_without(inputs, splits, leaking, train),
        )


def _twins(content: Content, splits: Splits, train: int, most: float) -> dict[int, tuple[int, ...]]:
    """Return the rows outside of the largest split that are in it as well, with their twins there."""
    order = np.argsort(content.keys, kind="stable")
    found: dict[int, tuple[int, ...]] = {}
    in_train = order[splits.codes[order] == train]
    train_keys = content.keys[in_train]
    others = order[
        (splits.codes[order] >= 0) & (splits.codes[order] != train) & (content.chance[order] < most)
    ]
    start = np.searchsorted(train_keys, content.keys[others], side="left")
    stop = np.searchsorted(train_keys, content.keys[others], side="right")
    for row, a, b in zip(others.tolist(), start.tolist(), stop.tolist(), strict=True):
        if b > a:
            found[row] = tuple(in_train[a : min(b, a + 20)].tolist())
    return found


def _shared(groups: IntArray, splits: Splits, train: int) -> IntArray:
    """Return the rows outside of the largest split whose group has rows in it."""
    known = groups >= 0
    learned = np.unique(groups[known & (splits.codes == train)])
    outside = known & (splits.codes >= 0) & (splits.codes != train)
    rows: IntArray = np.flatnonzero(outside & np.isin(groups, learned))
    return rows


def _after(times: np.ndarray, splits: Splits, train: int) -> dict[int, str]:
    """Return the rows of the largest split that come after another has begun, where that is meant to be the future."""
    found: dict[int, str] = {}
    own = np.flatnonzero((splits.codes == train) & ~np.isnan(times))
    for code, name in enumerate(splits.names):
        other = times[(splits.codes == code) & ~np.isnan(times)]
        if code == train or not len(other) or not len(own):
            continue
        begins = np.quantile(other, 1 - _LATER)
        if (times[own] < begins).mean() >= _LATER:
            found |= dict.fromkeys(own[times[own] > other.min()].tolist(), name)
    return found


def _differ(inputs: Inputs, row: int, twins: tuple[int, ...]) -> str:
    if inputs.labels is None:
        return ""
    codes, classes = inputs.labels.codes, inputs.labels.classes
    others = sorted(
        {classes[codes[twin]] for twin in twins if codes[twin] >= 0 and codes[twin] != codes[row]}
    )
    return (
        f", but there its label is {', '.join(map(repr, others[:3]))}" if others and codes[row] >= 0 else ""
    )


def _counted(splits: Splits, leaking: np.ndarray, train: int) -> dict[str, Json]:
    return {
        "learned_from": splits.names[train],
        "rows": {name: int((splits.codes == code).sum()) for code, name in enumerate(splits.names)},
        "rows_that_leak": {
            name: int((leaking & (splits.codes == code)).sum()) for code, name in enumerate(splits.names)
        },
    }


def _with_and_without(inputs: Inputs, splits: Splits, leaking: np.ndarray, train: int) -> list[Remark]:
    """Say how often the predictions are right in each split, with and without the rows that leak."""
    if inputs.predictions is None or inputs.labels is None:
        return []
    right = inputs.predictions.pred_probs.argmax(axis=1) == inputs.labels.codes
    remarks = []
    for code, name in enumerate(splits.names):
        rows = (splits.codes == code) & (inputs.labels.codes >= 0)
        left = rows & ~leaking
        if code != train and (rows & leaking).any() and left.any():
            with_, without = right[rows].mean(), right[left].mean()
            reason = (
                f"Of '{name}', predictions are right for {right[rows].sum():,} of {rows.sum():,} rows "
                f"({100 * with_:.1f} %), and for {right[left].sum():,} of the {left.sum():,} ({100 * without:.1f} %) "
                "that do not leak."
            )
            remarks.append(Remark(splits.column, round(float(1 - min(1.0, abs(with_ - without))), 4), reason))
    return remarks
