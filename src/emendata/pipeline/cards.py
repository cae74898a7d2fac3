"""The worst rows of a check with what a person needs to judge them."""

from collections.abc import Sequence

import numpy as np

from emendata.checks import Check
from emendata.data import Dataset, label_names
from emendata.pipeline.excerpts import clip, shown_columns
from emendata.pipeline.near_rows import near_rows
from emendata.pipeline.prepare import Preparation
from emendata.records import Card, Findings, NearRow

__all__ = ["given_value", "make_cards"]

_SHOWN_ROWS = 30
_LONGEST_CELL = 2_000
_MOST_CELLS = 40
_BY_DISTANCE = frozenset(("neighbors", "features", "predictions"))
"""Inputs of checks whose findings are judged beside near rows."""


def make_cards(dataset: Dataset, preparation: Preparation, check: Check, found: Findings) -> tuple[Card, ...]:
    """Return cards of the lowest-scored issues, worst first."""
    places = np.argsort(found.issue_scores, kind="stable")[:_SHOWN_ROWS].tolist()
    if not places:
        return ()
    ids = dataset.row_ids()
    given = label_names(dataset) if dataset.label is not None else None
    shown = [name for name in shown_columns(dataset) if name != dataset.label][:_MOST_CELLS]
    nearest: Sequence[tuple[NearRow, ...]] = [()] * len(places)
    if _BY_DISTANCE & {*check.needs, *check.wants}:
        rows = [int(found.rows[place]) for place in places]
        between = [
            (given[row], found.suggestions[place])
            if given is not None and found.columns[place] == dataset.label
            else ()
            for row, place in zip(rows, places, strict=True)
        ]
        nearest = near_rows(dataset, preparation, rows, between, given)
    cards = []
    for place, near in zip(places, nearest, strict=True):
        row = int(found.rows[place])
        probability = float(found.probabilities[place])
        cards.append(
            Card(
                row=row,
                id=ids[row],
                column=found.columns[place],
                score=float(found.issue_scores[place]),
                given=given_value(dataset, given, row, found.columns[place]),
                suggested=found.suggestions[place],
                probability=None if np.isnan(probability) else probability,
                reason=found.reasons[place],
                cells=tuple(
                    (name, clip(dataset.text(row, name), _LONGEST_CELL))
                    for name in _with_issue(shown, found.columns[place], dataset.label)
                ),
                nearest=near,
                related=found.related[place][:20],
                alternatives=found.alternatives[place],
            )
        )
    return tuple(cards)


def _with_issue(shown: list[str], column: str | None, label: str | None) -> list[str]:
    """Return the columns that a card shows: among them, in a wide table too, the one that is in question."""
    return shown if column in (None, label, *shown) else [str(column), *shown[:-1]]


def given_value(
    dataset: Dataset, labels: Sequence[str | None] | None, row: int, column: str | None
) -> str | None:
    """Return what stands in the column that an issue is about; of one about the whole row, its label."""
    if column is None or column == dataset.label:
        return None if labels is None else labels[row]
    return dataset.text(row, column) or None
