"""Findings as tables: one line an issue, and one line a row with every score."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from emendata.data import Dataset, label_names
from emendata.pipeline.cards import given_value
from emendata.pipeline.prepare import Preparation
from emendata.pipeline.run import Outcome

__all__ = ["issue_table", "score_table"]

ISSUE_SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("id", pa.string()),
        ("code", pa.string()),
        ("check", pa.string()),
        ("column", pa.string()),
        ("score", pa.float32()),
        ("given", pa.string()),
        ("suggested", pa.string()),
        ("probability", pa.float32()),
        ("alternatives", pa.list_(pa.string())),
        ("reason", pa.string()),
        ("related", pa.list_(pa.int64())),
    ]
)


def issue_table(dataset: Dataset, outcomes: Sequence[Outcome]) -> pa.Table:
    """One line a flagged row and check: worst first within a check, checks in the order they ran."""
    ids = dataset.row_ids()
    given = label_names(dataset) if dataset.label is not None else None
    parts = [_lines(dataset, outcome, ids, given) for outcome in outcomes if outcome.findings is not None]
    return pa.concat_tables([ISSUE_SCHEMA.empty_table(), *parts])


def _lines(
    dataset: Dataset, outcome: Outcome, ids: Sequence[str], given: Sequence[str | None] | None
) -> pa.Table:
    found = outcome.findings
    assert found is not None
    order = np.argsort(found.issue_scores, kind="stable")
    rows = found.rows[order]
    columns = {
        "row": rows,
        "id": [ids[row] for row in rows],
        "code": [outcome.check.code] * len(rows),
        "check": [outcome.check.name] * len(rows),
        "column": [found.columns[i] for i in order],
        "score": found.issue_scores[order],
        "given": [
            given_value(dataset, given, int(row), found.columns[i])
            for row, i in zip(rows, order, strict=True)
        ],
        "suggested": [found.suggestions[i] for i in order],
        "probability": pa.array(found.probabilities[order], from_pandas=True),
        "alternatives": [list(found.alternatives[i]) for i in order],
        "reason": [found.reasons[i] for i in order],
        "related": [list(found.related[i]) for i in order],
    }
    return pa.table(columns, schema=ISSUE_SCHEMA)


def score_table(dataset: Dataset, preparation: Preparation, outcomes: Sequence[Outcome]) -> pa.Table:
    """One line a row: its id, given and predicted label, and every check's score and flag.

    A score is null where the check has nothing to say about the row, such as a label score where there is
    no label.
    """
    columns: dict[str, object] = {"row": np.arange(dataset.n_rows), "id": dataset.row_ids()}
    if dataset.label is not None:
        columns["given"] = label_names(dataset)
    if any(o.check.name == "wrong_label" and o.findings is not None for o in outcomes):
        assert preparation.labels is not None
        probs = preparation.shown_probs
        best = probs.argmax(axis=1)
        classes = np.array(preparation.labels.classes, dtype=object)
        columns["predicted"] = classes[best].tolist()
        columns["predicted_probability"] = probs[np.arange(len(probs)), best].astype(np.float32)
    for outcome in outcomes:
        if outcome.findings is not None:
            flags = np.zeros(dataset.n_rows, dtype=bool)
            flags[outcome.findings.rows] = True
            columns[f"{outcome.check.name}_score"] = pa.array(outcome.findings.scores, from_pandas=True)
            columns[f"{outcome.check.name}_flagged"] = flags
    return pa.table(columns)
