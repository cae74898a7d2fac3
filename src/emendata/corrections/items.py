"""What there is to be looked at: each row and column that a check flags, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

from emendata.data import Dataset
from emendata.records import BoolArray, Findings, Float32Array, IntArray

if TYPE_CHECKING:
    from emendata.checks import Check
    from emendata.pipeline import Outcome

__all__ = ["Item", "Items", "find_items", "twins_of"]

_COPIES = (
    "exact_duplicate",
    "near_duplicate",
    "near_duplicate_text",
    "perceptual_duplicate",
    "duplicate_recording",
)


@dataclass(frozen=True)
class Item:
    """A row and a column, None for the whole row, and what checks say of it, the worst first.

    ``reasons`` are pairs of a check's title and its sentence; ``suggested`` is the first suggestion there is.
    """

    row: int
    column: str | None
    score: float
    check: str
    reasons: tuple[tuple[str, str], ...]
    suggested: str | None
    alternatives: tuple[str, ...]


class Items(Sequence[Item]):
    """Everything that checks of errors flag, labels first, then by score; an item is made when it is looked at.

    Parameters
    ----------
    said : sequence of pairs of Check and Findings
    label : str, optional
        The label column.

    Attributes
    ----------
    rows : int64 array of shape (n_items,)
    scores : float32 array of shape (n_items,)
    is_label : bool array of shape (n_items,)
        Which are about the label.

    Notes
    -----
    Beside what was found this holds a few numbers for each item, and no object.
    """

    def __init__(self, said: Sequence[tuple[Check, Findings]], label: str | None) -> None:
        self._said = said
        chosen = [_chosen(check, findings) for check, findings in said]
        rows = _end_to_end(found.rows[at] for (_, found), at in zip(said, chosen, strict=True))
        scores = _end_to_end(found.issue_scores[at] for (_, found), at in zip(said, chosen, strict=True))
        checks, at = np.repeat(np.arange(len(said)), [len(at) for at in chosen]), _end_to_end(chosen)
        named = [
            findings.columns[i] for (_, findings), at in zip(said, chosen, strict=True) for i in at.tolist()
        ]
        self._names = (None, *sorted({name for name in named if name is not None}))
        codes = {name: code for code, name in enumerate(self._names)}
        columns = np.fromiter(map(codes.__getitem__, named), dtype=np.int64, count=len(named))
        by_name = np.argsort(np.argsort([check.name for check, _ in said]))
        order = np.lexsort((by_name[checks], scores, columns, rows))
        rows, columns, scores = rows[order], columns[order], scores[order]
        is_first = (np.diff(rows, prepend=-1) != 0) | (np.diff(columns, prepend=-1) != 0)
        first = np.flatnonzero(is_first)
        last = np.append(first[1:], len(rows))
        is_label = (
            columns[first] == codes.get(label, -1) if label is not None else np.zeros(len(first), np.bool_)
        )
        worst_first = np.lexsort((columns[first], rows[first], scores[first], ~is_label))
        self._checks, self._at = checks[order], at[order]
        self._first, self._last = first[worst_first], last[worst_first]
        self._columns: IntArray = columns[self._first]
        self.rows: IntArray = rows[self._first]
        self.scores: Float32Array = scores[self._first].astype(np.float32, copy=False)
        self.is_label: BoolArray = is_label[worst_first]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        own = slice(self._first[place], self._last[place])
        said = zip(self._checks[own].tolist(), self._at[own].tolist(), strict=True)
        return _joined([_item(self._said[check], i) for check, i in said])

    @property
    def places(self) -> Iterator[tuple[int, str | None]]:
        """Row and column of each."""
        return zip(self.rows.tolist(), map(self._names.__getitem__, self._columns.tolist()), strict=True)

    @property
    def suggestions(self) -> list[str | None]:
        """What is suggested for each."""
        said = [findings.suggestions for _, findings in self._said]
        each = [said[check][i] for check, i in zip(self._checks.tolist(), self._at.tolist(), strict=True)]
        return [
            next((one for one in each[first:last] if one is not None), None)
            for first, last in zip(self._first.tolist(), self._last.tolist(), strict=True)
        ]

    def of_row(self, row: int) -> list[Item]:
        """Return what is flagged of a row, the label first."""
        rows, places = self._by_row
        first, last = np.searchsorted(rows, (row, row + 1)).tolist()
        return [self[place] for place in places[first:last].tolist()]

    @cached_property
    def _by_row(self) -> tuple[IntArray, IntArray]:
        places = np.argsort(self.rows, kind="stable")
        return self.rows[places], places


def find_items(dataset: Dataset, outcomes: Sequence[Outcome]) -> Items:
    """Return everything that checks of errors flag.

    Of identical rows the first is left alone, since something must stay.
    """
    said = [(o.check, o.findings) for o in outcomes if o.findings is not None and o.check.severity == "issue"]
    return Items(said, dataset.label)


def _chosen(check: Check, findings: Findings) -> IntArray:
    at = np.arange(len(findings.rows))
    if check.name != "exact_duplicate":
        return at
    pairs = zip(findings.rows.tolist(), findings.related, strict=True)
    return at[np.array([any(other < row for other in others) for row, others in pairs], dtype=np.bool_)]


def _end_to_end(arrays: Iterable[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=np.int32), *arrays])


def _item(said: tuple[Check, Findings], i: int) -> Item:
    check, findings = said
    return Item(
        row=int(findings.rows[i]),
        column=findings.columns[i],
        score=float(findings.issue_scores[i]),
        check=check.name,
        reasons=((check.title, findings.reasons[i]),),
        suggested=findings.suggestions[i],
        alternatives=findings.alternatives[i],
    )


def _joined(items: list[Item]) -> Item:
    """Return what several checks say of one place as one item."""
    if len(items) == 1:
        return items[0]
    said = sorted(items, key=lambda item: (item.score, item.check))
    best = next((item for item in said if item.suggested is not None), said[0])
    return replace(
        said[0],
        reasons=tuple(reason for item in said for reason in item.reasons),
        suggested=best.suggested,
        alternatives=best.alternatives,
    )


def twins_of(outcomes: Sequence[Outcome], codes: IntArray | None) -> dict[int, tuple[int, ...]]:
    """Return for each row those that are the same or nearly so and carry the same label, which one answer settles."""
    twins: dict[int, set[int]] = {}
    for outcome in outcomes:
        if outcome.findings is None or outcome.check.name not in _COPIES:
            continue
        for row, related in zip(outcome.findings.rows.tolist(), outcome.findings.related, strict=True):
            same = {other for other in related if codes is None or codes[other] == codes[row]}
            twins.setdefault(row, set()).update(same - {row})
    return {row: tuple(sorted(others)) for row, others in twins.items() if others}
