"""Every number of the summary, recounted slowly from the findings and the table."""

from collections import Counter

import numpy as np
import pytest
from tests.flowers import WRONG, flowers
from tests.pipeline.audited import audited

from emendata.checks import CHECKS
from emendata.data import label_names, open_dataset
from emendata.pipeline import Outcome, Preparation, plan_audit, run_checks, summarize
from emendata.records import Summary
from emendata.store import MemoryShelf


@pytest.fixture(scope="module")
def summary() -> Summary:
    return summarize(*audited())


def test_the_headline_counts_rows_and_labels(summary: Summary) -> None:
    names = flowers()["species"].to_pylist()
    assert (summary.n_rows, summary.n_labeled) == (len(names), len([name for name in names if name]))
    assert (summary.label, summary.name, summary.format) == ("species", "table", "frame")
    assert [column.name for column in summary.columns] == flowers().column_names


def test_classes_equal_a_slow_recount(summary: Summary) -> None:
    found, given = audited().findings("wrong_label"), label_names(audited().dataset)
    for line in summary.classes:
        rows = [row for row, name in enumerate(given) if name == line.name]
        flagged = [row for row in found.rows.tolist() if given[row] == line.name]
        suggested = Counter(
            s for row, s in zip(found.rows.tolist(), found.suggestions, strict=True) if row in flagged
        )
        assert (line.n_rows, line.n_flagged) == (len(rows), len(flagged))
        assert line.mean_score == pytest.approx(np.mean([float(found.scores[row]) for row in rows]))
        best = min((-n, str(name)) for name, n in suggested.items())[1] if suggested else None
        assert line.most_suggested == best
    assert [line.name for line in summary.classes] == ["setosa", "versicolor", "virginica"]


def test_flows_count_each_flagged_row_once_most_first(summary: Summary) -> None:
    found, given = audited().findings("wrong_label"), label_names(audited().dataset)
    pairs = Counter((given[row], s) for row, s in zip(found.rows.tolist(), found.suggestions, strict=True))
    assert {(flow.given, flow.suggested): flow.n_rows for flow in summary.flows} == pairs
    assert sum(flow.n_rows for flow in summary.flows) >= len(WRONG)
    counts = [flow.n_rows for flow in summary.flows]
    assert counts == sorted(counts, reverse=True)


def test_the_estimate_spans_its_estimators(summary: Summary) -> None:
    estimate, facts = summary.estimate, audited().findings("wrong_label").facts
    assert estimate is not None
    assert estimate.by_estimator == facts["estimates"]
    assert (estimate.low, estimate.high) == (
        min(facts["estimates"].values()),
        max(facts["estimates"].values()),
    )
    probs, codes = audited().preparation.predictions.pred_probs, audited().preparation.labels
    assert codes is not None
    disagree = sum(
        probs[row].max() > probs[row, code] for row, code in enumerate(codes.codes.tolist()) if code >= 0
    )
    assert estimate.by_estimator["models disagree"] == disagree


def test_histograms_hold_every_score_and_every_flagged_row(summary: Summary) -> None:
    for line in (line for line in summary.checks if line.status != "not_applicable"):
        found = audited().findings(line.name)
        assert line.histogram is not None
        bins = [min(int(score * 20), 19) for score in found.scores.tolist() if score == score]
        assert sum(line.histogram.counts) == len(bins)
        assert len(line.histogram.counts) == len(line.histogram.flagged) == 20
        assert sum(line.histogram.flagged) == line.n_flagged == len(found.rows)
        assert all(f <= n for f, n in zip(line.histogram.flagged, line.histogram.counts, strict=True))
        assert (
            np.abs(np.cumsum(line.histogram.counts) - np.cumsum(np.bincount(bins, minlength=20))).max() <= 1
        )


def test_models_are_those_of_the_stack(summary: Summary) -> None:
    preparation = audited().preparation
    assert [model.name for model in summary.models] == list(preparation.predictions.model_names)
    assert sum(model.weight for model in summary.models) == pytest.approx(1)
    assert summary.stack_accuracy == preparation.stack_accuracy


def test_notes_speak_of_unlabelled_rows_and_small_classes() -> None:
    columns = {
        "x": [i % 10 / 10 + (7 if i < 20 else 0) for i in range(40)],
        "y": ["a"] * 20 + ["b"] * 15 + ["c", "d"] + [None] * 3,
    }
    dataset = open_dataset(columns, label="y")
    first, second = summarize(dataset, Preparation(dataset, MemoryShelf()), ()).notes
    assert first.startswith("3 of 40 rows have no label: they were predicted, not judged")
    assert second.startswith("2 classes have fewer than 5 rows ('c', 'd')")


def test_without_a_label_nothing_is_said_about_labels() -> None:
    dataset = open_dataset({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, roles={"x": "ignore", "y": "ignore"})
    preparation = Preparation(dataset, MemoryShelf())
    outcomes = run_checks(plan_audit(dataset, CHECKS), preparation)
    said = summarize(dataset, preparation, outcomes)
    assert (said.label, said.n_labeled, said.estimate, said.classes, said.flows) == (None, 0, None, (), ())
    assert (said.models, said.stack_accuracy) == ((), None)
    assert {line.status for line in said.checks} == {"not_applicable"}
    assert all(line.histogram is None and line.cards == () and line.message for line in said.checks)
    assert said.notes == ("No column says anything about a row, so rows could not be compared.",)


def test_a_failure_is_passed_on_with_its_traceback() -> None:
    dataset = open_dataset({"x": [1.5, 2.5, 3.5]})
    failed = Outcome(CHECKS["outlier"], "failed", message="ValueError: no", traceback="Traceback …")
    (line,) = summarize(dataset, Preparation(dataset, MemoryShelf()), [failed]).checks
    assert (line.status, line.message, line.traceback, line.n_flagged) == (
        "failed", "ValueError: no", "Traceback …", 0,
    )  # fmt: skip


def notes_of(names: list[str]) -> str:
    """Return the notes about a table of one number that knows the label of every other row."""
    rng = np.random.default_rng(0)
    size = [float(i % 2) * 6 + rng.normal() for i in range(len(names))]
    data = open_dataset({"size": size, "kind": names}, label="kind")
    preparation = Preparation(data, MemoryShelf())
    outcomes = run_checks(plan_audit(data, [CHECKS["wrong_label"]]), preparation)
    return " ".join(summarize(data, preparation, outcomes).notes)


def test_a_label_that_is_often_hard_to_predict_is_said_to_be_so() -> None:
    hard = [["cat", "dog"][i % 2] if i % 5 < 3 else ["cat", "dog"][i % 3 % 2] for i in range(300)]
    assert "always saying" in notes_of(hard)
    assert "always saying" not in notes_of(["cat", "dog"] * 60)
