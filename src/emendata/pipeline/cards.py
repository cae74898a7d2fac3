"""The worst rows of a check with what a person needs to judge them."""

from collections.abc import Sequence

import numpy as np

from emendata.data import Dataset, label_names
from emendata.features import feature_columns
from emendata.pipeline.prepare import Preparation
from emendata.records import Card, Findings, NearRow, Role

__all__ = ["given_value", "make_cards"]

_SHOWN_ROWS = 30
_SHOWN_NEIGHBORS = 5
_LONGEST_CELL = 2_000
_LONGEST_EXCERPT = 160
_MOST_CELLS = 40


def make_cards(dataset: Dataset, preparation: Preparation, found: Findings) -> tuple[Card, ...]:
    """Return cards of the lowest-scored flagged rows, worst first."""
    order = np.argsort(found.issue_scores, kind="stable")[:_SHOWN_ROWS]
    if not len(order):
        return ()
    ids = dataset.row_ids()
    given = label_names(dataset) if dataset.label is not None else None
    shown = [name for name in _shown_columns(dataset) if name != dataset.label][:_MOST_CELLS]
    cards = []
    for place in order.tolist():
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
                cells=tuple((name, _clip(dataset.text(row, name), _LONGEST_CELL)) for name in shown),
                nearest=_nearest(dataset, preparation, row, given),
                related=found.related[place][:20],
                alternatives=found.alternatives[place],
            )
        )
    return tuple(cards)


def given_value(
    dataset: Dataset, labels: Sequence[str | None] | None, row: int, column: str | None
) -> str | None:
    """Return what stands in the column that an issue is about; of one about the whole row, its label."""
    if column is None or column == dataset.label:
        return None if labels is None else labels[row]
    return dataset.text(row, column) or None


def _nearest(
    dataset: Dataset, preparation: Preparation, row: int, given: list[str | None] | None
) -> tuple[NearRow, ...]:
    if not feature_columns(dataset) or dataset.n_rows < 3:
        return ()
    near = preparation.neighbors
    return tuple(
        NearRow(
            row=int(other),
            label=given[other] if given is not None else None,
            distance=float(distance),
            excerpt=_excerpt(dataset, int(other)),
        )
        for other, distance in zip(
            near.rows[row, :_SHOWN_NEIGHBORS], near.distances[row, :_SHOWN_NEIGHBORS], strict=True
        )
    )


def _shown_columns(dataset: Dataset) -> list[str]:
    """Texts first, then the other features in their order, then what was not used; no numbers of embeddings."""
    features = _readable(dataset)
    texts = [name for name in features if name in dataset.names(Role.TEXT)]
    rest = [name for name in features if name not in texts]
    others = [column.name for column in dataset.columns if column.name not in feature_columns(dataset)]
    return texts + rest + others


def _readable(dataset: Dataset) -> list[str]:
    """Features that say something to a person."""
    return [name for name in feature_columns(dataset) if name not in dataset.names(Role.EMBEDDING)]


def _excerpt(dataset: Dataset, row: int) -> str:
    texts = dataset.names(Role.TEXT)
    if texts:
        return _clip(" ".join(dataset.text(row, texts[0]).split()), _LONGEST_EXCERPT)
    cells = [f"{name} {dataset.text(row, name)}" for name in _readable(dataset)[:8]]
    return _clip(" · ".join(cells), _LONGEST_EXCERPT)


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
