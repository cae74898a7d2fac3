"""Groups of rows whose labels the models predict far worse than those of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Features, Inputs
from emendata.errors import NotApplicable
from emendata.kernels.splitting import nested_groups
from emendata.kernels.worse_groups import GroupRate, group_rate, least_rate
from emendata.records import BoolArray, Findings, FloatArray, IntArray, Remark, Severity

__all__ = ["UnderperformingGroup"]

_SPLITS = 255
_APART = 1.0  # standard deviations from the mean that set a group apart in a column
_MOST_COLUMNS = 3
_STEP = 65_536  # rows at a time


@dataclass(frozen=True)
class _Group:
    """Rows that have something in common, and the column that says so, if one does."""

    rows: IntArray
    words: str
    column: str | None


@dataclass(frozen=True)
class UnderperformingGroup(Check):
    """Group that the models predict badly.

    Groups are the rows with each value of a column of categories, and rows that are alike: all are parted in two by
    their features, and each part again; none is more than half of the rows. In each group the labels are counted
    that the out-of-sample predictions miss. A group is named when even the lower bound of its rate is ``times`` the
    rate among all other rows or more; the bounds of all groups hold together with probability 1 - ``chance``
    (Clopper and Pearson; Bonferroni). Groups are judged from the highest bound on, each without the rows of those
    already named, so every bad one is found and no row twice.

    The score of a row is the rate among the rows of no named group over the highest bound of its groups, at most 1.

    O(n d log groups) time, O(n log groups) memory.
    """

    code: ClassVar[str] = "EM203"
    name: ClassVar[str] = "underperforming_group"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels", "predictions", "features")
    wants: ClassVar[tuple[str, ...]] = ("categories",)

    times: float = option(
        2.0, help="How many times as many labels as elsewhere must surely be missed in a group.", ge=1.0
    )
    min_rows: int = option(20, help="Labelled rows that make a group.", ge=2)
    chance: float = option(
        0.05, help="Probability with which any group at all may be named by accident.", ge=0.0, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Score every labelled row by the groups that it is in, and name the bad ones, the worst first."""
        assert inputs.labels is not None
        assert inputs.predictions is not None
        assert inputs.features is not None
        codes = inputs.labels.codes
        labeled = codes >= 0
        missed = labeled & (_preferred(inputs.predictions.pred_probs) != codes)
        groups = list(self._groups(inputs, labeled))
        if not groups:
            raise NotApplicable(f"{labeled.sum()} labels make no groups of {self.min_rows} rows or more.")
        chance = self.chance / len(groups)
        bounds = [least_rate(int(missed[group.rows].sum()), len(group.rows), chance) for group in groups]
        order = np.argsort(-np.array(bounds), kind="stable")
        named = self._named([groups[i] for i in order], missed, labeled, chance)
        place = np.full(inputs.n_rows, -1)
        least = np.zeros(inputs.n_rows)
        for i, (group, rate) in enumerate(named):
            place[group.rows], least[group.rows] = i, rate.least
        left = labeled & (place < 0)
        for group in groups:
            rest = group.rows[left[group.rows]]
            least[rest] = np.maximum(least[rest], least_rate(int(missed[rest].sum()), len(rest), chance))
        elsewhere = (int(missed[left].sum()) + 1) / (int(left.sum()) + 2)
        scores = np.where(labeled, elsewhere / np.maximum(least, elsewhere), np.nan)
        rows = np.flatnonzero(place >= 0)
        words = [_words(group, rate, inputs.features) for group, rate in named]
        return Findings.of(
            scores,
            rows,
            [f"One of {words[i]}" for i in place[rows].tolist()],
            columns=[named[i][0].column for i in place[rows].tolist()],
            facts={
                "groups_compared": len(groups),
                "labels": int(labeled.sum()),
                "labels_missed": int(missed.sum()),
            },
            remarks=[
                Remark(group.column, round(float(scores[group.rows[0]]), 4), text)
                for (group, _), text in zip(named, words, strict=True)
            ],
        )

    def _groups(self, inputs: Inputs, labeled: BoolArray) -> Iterator[_Group]:
        """Yield the groups that are compared: their labelled rows, if these and the others are enough."""
        assert inputs.features is not None
        known = np.flatnonzero(labeled)
        most = min(len(known) - self.min_rows, len(known) // 2)
        for name, column in (inputs.categories or {}).items():
            codes = column.codes[known]
            order = np.argsort(codes, kind="stable")
            for part in np.split(known[order], np.flatnonzero(np.diff(codes[order])) + 1):
                if self.min_rows <= len(part) <= most and column.codes[part[0]] >= 0:
                    value = column.names[column.codes[part[0]]]
                    yield _Group(np.sort(part), f"with '{value}' in column '{name}'", name)
        dense = inputs.features.dense
        for part in nested_groups(dense if labeled.all() else dense[known], self.min_rows, _SPLITS):
            if len(part) <= most:
                yield _Group(known[part], "that are alike", None)

    def _named(
        self, groups: list[_Group], missed: BoolArray, labeled: BoolArray, chance: float
    ) -> list[tuple[_Group, GroupRate]]:
        """Return the bad ones of the groups, each without rows of one before it."""
        left = labeled.copy()
        named = []
        for each in groups:
            group = _Group(each.rows[left[each.rows]], each.words, each.column)
            rate = group_rate(group.rows, missed, left, chance)
            if (
                min(rate.n_rows, rate.n_others) >= self.min_rows
                and rate.ratio < 1
                and rate.ratio <= 1 / self.times
            ):
                named.append((group, rate))
                left[group.rows] = False
        return named


def _preferred(pred_probs: FloatArray) -> IntArray:
    starts = range(0, len(pred_probs), _STEP)
    return np.concatenate([pred_probs[start : start + _STEP].argmax(axis=1) for start in starts])


def _words(group: _Group, rate: GroupRate, features: Features) -> str:
    where = _columns_apart(group.rows, features) if group.column is None else ""
    return (
        f"{rate.n_rows:,} rows {group.words}{where}: of their labels the models miss {rate.n_events:,} "
        f"({rate.n_events / rate.n_rows:.0%}), of the {rate.n_others:,} others {rate.n_other_events:,} "
        f"({rate.n_other_events / max(rate.n_others, 1):.0%})."
    )


def _columns_apart(rows: IntArray, features: Features) -> str:
    """Name the columns in which a group is far from the others, the farthest first."""
    gaps = np.abs(features.dense[rows].mean(axis=0) - features.dense.mean(axis=0))
    gaps /= np.maximum(features.dense.std(axis=0), np.finfo(np.float32).tiny)
    by_column: dict[str, float] = {}
    for name, gap in zip(features.columns, gaps.tolist(), strict=True):
        by_column[name] = max(gap, by_column.get(name, 0.0))
    far = sorted((name for name in by_column if by_column[name] >= _APART), key=lambda name: -by_column[name])
    names = ", ".join(f"'{name}'" for name in far[:_MOST_COLUMNS])
    return f" (mostly in {names})" if names and len(by_column) > 1 else ""
