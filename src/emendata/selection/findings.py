"""The fields that an audit gives: checks, labels, suggestions, scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.items import Items
from emendata.data import Dataset
from emendata.records import Float32Array, Int32Array, Role
from emendata.selection.columns import LazyFields, class_field, column_fields
from emendata.selection.fields import ClassField, FlagField, NumberField

if TYPE_CHECKING:
    from emendata.pipeline import Outcome, Preparation

__all__ = ["finding_fields"]


def finding_fields(
    dataset: Dataset,
    preparation: Preparation,
    outcomes: Sequence[Outcome],
    items: Items,
) -> LazyFields:
    """Return all fields by name but those of decisions: what checks say first, then the columns of the data.

    ``score`` is the label score of a row, or where there is none the lowest score of a check that flags it;
    ``score:CHECK`` the score by one check.
    """
    said = [outcome for outcome in outcomes if outcome.findings is not None]
    fields = LazyFields({})
    fields.put(_checks(dataset, said))
    fields.put(_flagged(dataset.n_rows, items))
    if dataset.label is not None:
        given = class_field("given", "Given label", dataset.table[dataset.label])
        fields.put(given)
        suggested = _suggestions(dataset, items, given.values)
        fields.put(suggested)
        fields.put(NumberField("probability", "Probability of the suggestion", _probability(dataset, said)))
    fields.put(NumberField("score", "Score", _scores(dataset, said, items)))
    for outcome in said:
        assert outcome.findings is not None
        if len(outcome.findings.rows):
            name = f"score:{outcome.check.name}"
            fields.put(NumberField(name, f"Score of {outcome.check.name}", outcome.findings.scores))
    splits = dataset.names(Role.SPLIT)
    makers = column_fields(dataset)
    if splits:
        fields.put(class_field("split", "Split", dataset.table[splits[0]]))
    for name, maker in makers.items():
        if name not in (f"column:{dataset.label}", *(f"column:{split}" for split in splits[:1])):
            fields.add(name, maker)
    return fields


def _checks(dataset: Dataset, said: Sequence[Outcome]) -> FlagField:
    found = [
        (o.check, np.unique(o.findings.rows)) for o in said if o.findings is not None and len(o.findings.rows)
    ]
    return FlagField(
        "check",
        "Issue",
        [check.name for check, _ in found],
        [check.title.rstrip(".") for check, _ in found],
        [rows for _, rows in found],
        dataset.n_rows,
    )


def _flagged(n_rows: int, items: Items) -> ClassField:
    codes = np.ones(n_rows, dtype=np.int32)
    codes[items.rows] = 0
    return ClassField("flagged", "Flagged", ("yes", "no"), codes)


def _suggestions(dataset: Dataset, items: Items, classes: Sequence[str]) -> ClassField:
    names = {name: code for code, name in enumerate(classes)}
    codes: Int32Array = np.full(dataset.n_rows, -1, dtype=np.int32)
    of_label = compress(zip(items.rows.tolist(), items.suggestions, strict=True), items.is_label.tolist())
    for row, suggested in of_label:
        if suggested is not None:
            codes[row] = names.setdefault(suggested, len(names))
    return ClassField("suggested", "Suggested label", tuple(names), codes)


def _probability(dataset: Dataset, said: Sequence[Outcome]) -> Float32Array:
    values: Float32Array = np.full(dataset.n_rows, np.nan, dtype=np.float32)
    for outcome in said:
        assert outcome.findings is not None
        if outcome.check.name == "wrong_label":
            values[outcome.findings.rows] = outcome.findings.probabilities
    return values


def _scores(dataset: Dataset, said: Sequence[Outcome], items: Items) -> Float32Array:
    by_label = [o.findings.scores for o in said if o.check.name == "wrong_label" and o.findings is not None]
    values = by_label[0].astype(np.float32) if by_label else np.full(dataset.n_rows, np.nan, np.float32)
    bare = np.isnan(values[items.rows])
    np.fmin.at(values, items.rows[bare], items.scores[bare])
    return values
