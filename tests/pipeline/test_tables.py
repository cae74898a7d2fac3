"""The two tables: their order, their gaps, and that they agree with the findings."""

import math

import numpy as np
import pyarrow as pa
import pytest
from tests.flowers import COPY_OF, WRONG, flowers
from tests.pipeline.audited import audited

from emendata.data import open_dataset
from emendata.pipeline import Preparation, issue_table, score_table
from emendata.store import MemoryShelf


@pytest.fixture(scope="module")
def issues() -> pa.Table:
    return issue_table(audited().dataset, audited().outcomes)


@pytest.fixture(scope="module")
def scores() -> pa.Table:
    return score_table(*audited())


def test_issues_stand_worst_first_within_a_check_and_checks_as_they_ran(issues: pa.Table) -> None:
    lines = issues.to_pylist()
    order = [outcome.check.name for outcome in audited().ran]
    places = [(order.index(line["check"]), line["score"]) for line in lines]
    assert places == sorted(places)
    assert {line["row"] for line in lines if line["check"] == "wrong_label"} >= set(WRONG)


def test_every_flagged_row_is_one_issue_with_its_details(issues: pa.Table) -> None:
    lines = {(line["check"], line["row"]): line for line in issues.to_pylist()}
    flowers_given = flowers()["species"].to_pylist()
    n = 0
    for outcome in audited().ran:
        found = audited().findings(outcome.check.name)
        for i, row in enumerate(found.rows.tolist()):
            line = lines[outcome.check.name, row]
            probability = float(found.probabilities[i])
            assert line == {
                "row": row, "id": f"F-{row:03d}", "code": outcome.check.code, "check": outcome.check.name,
                "column": found.columns[i], "score": float(found.scores[row]), "given": flowers_given[row],
                "suggested": found.suggestions[i], "reason": found.reasons[i], "related": list(found.related[i]),
                "probability": None if math.isnan(probability) else probability,
            }  # fmt: skip
            n += 1
    assert issues.num_rows == n
    assert lines["exact_duplicate", 150]["related"] == [COPY_OF]


def test_each_row_has_one_line_of_scores_and_null_where_nothing_can_be_said(scores: pa.Table) -> None:
    lines = scores.to_pylist()
    assert [line["row"] for line in lines] == list(range(151))
    assert lines[77]["given"] is None
    assert lines[77]["wrong_label_score"] is None
    assert scores["wrong_label_score"].null_count == 1
    for outcome in audited().ran:
        name, found = outcome.check.name, audited().findings(outcome.check.name)
        assert np.array_equal(scores[f"{name}_score"].to_numpy(), np.asarray(found.scores), equal_nan=True)
        assert np.flatnonzero(scores[f"{name}_flagged"].to_pylist()).tolist() == found.rows.tolist()


def test_predictions_are_the_most_probable_class_of_every_row(scores: pa.Table) -> None:
    probs = audited().preparation.predictions.pred_probs
    classes = ["setosa", "versicolor", "virginica"]
    assert scores["predicted"].to_pylist() == [classes[code] for code in probs.argmax(axis=1)]
    assert np.allclose(scores["predicted_probability"].to_numpy(), probs.max(axis=1))


def test_without_label_or_findings_the_tables_keep_their_columns() -> None:
    dataset = open_dataset({"x": [1.5, 2.5]})
    assert issue_table(dataset, []).schema.names == issue_table(audited().dataset, []).schema.names
    bare = score_table(dataset, Preparation(dataset, MemoryShelf()), [])
    assert bare.schema.names == ["row", "id"]
    assert bare.num_rows == 2
