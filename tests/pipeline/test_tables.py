"""The two tables: their order, their gaps, and that they agree with the findings."""

import math
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pytest
from tests.flowers import COPY_OF, WRONG, flowers
from tests.pipeline.audited import audited

from emendata.checks import Check, Inputs
from emendata.data import open_dataset
from emendata.pipeline import Preparation, issue_table, plan_audit, run_checks, score_table, summarize
from emendata.records import Findings
from emendata.store import MemoryShelf, Project


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
                "column": found.columns[i], "score": float(found.scores[row]),
                "given": flowers_given[row] if found.columns[i] in (None, "species") else None,  # else a gap
                "suggested": found.suggestions[i], "alternatives": [], "reason": found.reasons[i],
                "related": list(found.related[i]),
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


@dataclass(frozen=True)
class LongWord(Check):
    """Long word.

    Words of more than three letters, wherever they stand.
    """

    code: ClassVar[str] = "EX900"
    name: ClassVar[str] = "long_word"
    needs: ClassVar[tuple[str, ...]] = ("texts",)

    def find(self, inputs: Inputs) -> Findings:
        assert inputs.texts is not None
        found = sorted(
            (row, name, len(cell))
            for name, texts in inputs.texts.items()
            for row, cell in enumerate(texts.cells)
            if cell is not None and len(cell) > 3
        )
        scores = np.ones(inputs.n_rows)
        for row, _, length in found:
            scores[row] = min(scores[row], 1 / length)
        return Findings.of(
            scores,
            [row for row, _, _ in found],
            ["It is long."] * len(found),
            columns=[name for _, name, _ in found],
            issue_scores=[1 / length for _, _, length in found],
            suggestions=["cut"] * len(found),
            alternatives=[("shorten", "leave")] * len(found),
        )


def test_several_cells_of_a_row_are_issues_of_their_own(tmp_path: Path) -> None:
    dataset = open_dataset(
        {"a": ["one", "eleven", "two"], "b": ["seventeen", "thousand", "ten"]},
        roles={"a": "text", "b": "text"},
    )
    plan = plan_audit(dataset, [LongWord()])
    with closing(Project(tmp_path / "kept")) as shelf:
        for _ in range(2):  # the second time it is read back
            outcomes = run_checks(plan, Preparation(dataset, shelf), strict=True)
            lines = issue_table(dataset, outcomes).to_pylist()
            assert [(line["row"], line["column"], line["given"]) for line in lines] == [
                (0, "b", "seventeen"),
                (1, "b", "thousand"),
                (1, "a", "eleven"),
            ]
            assert [line["score"] for line in lines] == pytest.approx([1 / 9, 1 / 8, 1 / 6])
            assert lines[0]["alternatives"] == ["shorten", "leave"]
            summary = summarize(dataset, Preparation(dataset, shelf), outcomes)
            assert (summary.checks[0].n_flagged, summary.checks[0].n_issues) == (2, 3)
            assert [(card.row, card.column) for card in summary.checks[0].cards] == [
                (0, "b"),
                (1, "b"),
                (1, "a"),
            ]
