"""Which column may hold the label, where nobody has said it."""

from __future__ import annotations

from emendata.data import Dataset
from emendata.records import Column, Role

__all__ = ["label_candidates", "proposed_label"]

_NAMES = (
    "label",
    "class",
    "target",
    "category",
    "sentiment",
    "y",
    "outcome",
    "species",
    "diagnosis",
    "type",
)
_MOST_SHOWN = 30
_MOST_CLASSES = 100


def label_candidates(dataset: Dataset) -> list[str]:
    """Return the columns that may hold the label, the likeliest first: few values, and a name that says so."""
    return [column.name for column in _fitting(dataset)]


def proposed_label(dataset: Dataset) -> str | None:
    """Return the column to take for the label until a person says otherwise.

    It is the one that the data name, or whose own name says so, or the only column of classes: beside texts or media
    wherever it stands, beside numbers where it stands first or last.
    """
    if dataset.label is not None:
        return dataset.label
    classes = [column for column in _fitting(dataset) if column.n_distinct <= _MOST_CLASSES]
    if classes and _rank(classes[0])[0] < 2:
        return classes[0].name
    categories = [column for column in classes if column.role == Role.CATEGORY]
    if len(categories) != 1:
        return None
    name = categories[0].name
    ends = (dataset.columns[0].name, dataset.columns[-1].name)
    return name if dataset.media or dataset.names(Role.TEXT) or name in ends else None


def _fitting(dataset: Dataset) -> list[Column]:
    fitting = [
        column
        for column in dataset.columns
        if column.role in (Role.LABEL, Role.CATEGORY, Role.NUMBER)
        and 2 <= column.n_distinct <= max(dataset.n_rows / 3, 2)
    ]
    return sorted(fitting, key=_rank)[:_MOST_SHOWN]


def _rank(column: Column) -> tuple[int, int]:
    name = column.name.lower()
    if column.role == Role.LABEL or name in _NAMES:
        return 0, 0
    if any(word in name for word in _NAMES if len(word) > 1):
        return 1, column.n_distinct
    return (2 if column.role == Role.CATEGORY else 3), column.n_distinct
