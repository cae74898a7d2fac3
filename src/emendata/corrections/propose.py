"""Which changes the findings justify, conservatively."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.cell_changes import cell_changes
from emendata.corrections.held_out import held_out_rows
from emendata.data import Dataset, label_names
from emendata.errors import InputError, chosen
from emendata.records import Correction, CorrectionKind, Findings

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["KINDS", "USUAL_KINDS", "ProposalRules", "propose"]

USUAL_KINDS: tuple[CorrectionKind, ...] = ("relabel", "drop_duplicate", "exclude_outlier")
"""What is proposed unless something else is asked for: changes of other cells than labels are a matter of taste."""

KINDS: tuple[CorrectionKind, ...] = (*USUAL_KINDS, "set_cell")


@dataclass(frozen=True)
class ProposalRules:
    """When a finding becomes a proposed change.

    Attributes
    ----------
    min_probability : float in [0, 1]
        A label is changed only to a class that the stacked models give at least this probability, or to a way to
        write it that at least this part of its rows have. Another cell is changed only to a value that the checks of
        cells, taken together, give this probability.
    max_duplicate_score : float in [0, 1]
        A duplicate is dropped only below this score: the number of accidental twins to expect.
    max_outlier_score : float in [0, 1]
        An outlier is excluded only below this score (0.5 is the cut of the check itself).
    only : tuple of str
        The kinds of change to propose; by default all but ``set_cell``.
    include_test : bool
        Whether rows of a test split may be changed: they measure models, so by default nobody changes them unasked.
    """

    min_probability: float = 0.9
    max_duplicate_score: float = 1e-5
    max_outlier_score: float = 0.01
    only: tuple[CorrectionKind, ...] = USUAL_KINDS
    include_test: bool = False

    def __post_init__(self) -> None:
        for field in fields(self)[:3]:
            value = getattr(self, field.name)
            if not 0 <= value <= 1:
                raise InputError(f"{field.name} must be from 0 to 1; got {value}.")
        for kind in self.only:
            chosen("kind of correction", kind, KINDS)


def propose(
    dataset: Dataset, outcomes: Sequence[Outcome], rules: ProposalRules | None = None
) -> list[Correction]:
    """Propose corrections, at most one a cell, in order of rows.

    A row that goes is not edited as well. Of identical rows the first stays; identical rows whose labels
    differ are never dropped, since nobody knows yet which label is right.
    """
    rules = rules or ProposalRules()
    found = {o.check.name: o.findings for o in outcomes if o.findings is not None}
    context = _Context(dataset.row_ids(), label_names(dataset) if dataset.label is not None else None)
    proposals = {
        "drop_duplicate": _drops(context, found.get("exact_duplicate"), rules),
        "exclude_outlier": _exclusions(context, found.get("outlier"), rules),
        "relabel": chain(
            _relabels(context, found.get("label_variants"), rules),
            _relabels(context, found.get("wrong_label"), rules),
        ),
        "set_cell": cell_changes(dataset, outcomes, context.ids, rules.min_probability),
    }
    held_out = np.zeros(dataset.n_rows, dtype=bool) if rules.include_test else held_out_rows(dataset)
    chosen: dict[int, dict[str | None, Correction]] = {}
    for kind, corrections in proposals.items():
        if kind in rules.only:
            for correction in corrections:
                of_row = chosen.setdefault(correction.row, {})
                if held_out[correction.row]:
                    continue
                if None not in of_row and (correction.column is not None or not of_row):
                    of_row.setdefault(correction.column, correction)
    return [correction for row in sorted(chosen) for correction in chosen[row].values()]


@dataclass(frozen=True)
class _Context:
    ids: Sequence[str]
    labels: Sequence[str | None] | None


def _drops(context: _Context, found: Findings | None, rules: ProposalRules) -> Iterator[Correction]:
    for i, row in _each(found):
        assert found is not None
        group = sorted((row, *found.related[i]))
        if row == group[0] or found.scores[row] >= rules.max_duplicate_score:
            continue
        if context.labels is not None and len({context.labels[other] for other in group}) > 1:
            continue
        evidence = {"first_row": group[0], "rows_in_group": len(group)}
        yield _removal("drop_duplicate", row, i, found, context, evidence)


def _exclusions(context: _Context, found: Findings | None, rules: ProposalRules) -> Iterator[Correction]:
    for i, row in _each(found):
        assert found is not None
        if found.scores[row] < rules.max_outlier_score:
            yield _removal("exclude_outlier", row, i, found, context, {})


def _relabels(context: _Context, found: Findings | None, rules: ProposalRules) -> Iterator[Correction]:
    for i, row in _each(found):
        assert found is not None
        assert context.labels is not None
        probability = round(float(found.probabilities[i]), 6)  # 0.9 was 0.89999998 on its way here
        if probability >= rules.min_probability:
            yield Correction(
                kind="relabel",
                row=row,
                id=context.ids[row],
                column=found.columns[i],
                old=context.labels[row],
                new=found.suggestions[i],
                reason=found.reasons[i],
                evidence={"probability": probability},
                score=round(float(found.scores[row]), 6),
            )


def _removal(
    kind: CorrectionKind,
    row: int,
    i: int,
    found: Findings,
    context: _Context,
    evidence: Mapping[str, int],
) -> Correction:
    return Correction(
        kind=kind,
        row=row,
        id=context.ids[row],
        column=None,
        old=None,
        new=None,
        reason=found.reasons[i],
        evidence=evidence,
        score=round(float(found.scores[row]), 6),
    )


def _each(found: Findings | None) -> Iterator[tuple[int, int]]:
    yield from enumerate(found.rows.tolist() if found is not None else ())
