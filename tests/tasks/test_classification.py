"""What the public functions promise for every kind of labels and tables; each has tests of its own elsewhere."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks.problems import Problem, problems

from emendata import find_label_issues, score_labels
from emendata.errors import InputError
from emendata.tasks import classification

PROBS = [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]


@pytest.mark.parametrize(
    "labels",
    [
        [0, 1, 1],
        ["cat", "dog", "dog"],
        [False, True, True],
        [0.0, 1.0, 1.0],
        ("5", "70", "70"),
        np.array([0, 1, 1], np.uint8),
        np.array(["2024-01-01", "2024-01-02", "2024-01-02"], "M8[D]"),
        pd.Series(["cat", "dog", "dog"], index=[9, 9, 9], dtype="category"),
        pd.array([0, 1, 1], "Int64"),
        pl.Series(["cat", "dog", "dog"]),
    ],
    ids=[
        "int",
        "str",
        "bool",
        "float",
        "tuple",
        "uint8",
        "date",
        "pandas category",
        "pandas Int64",
        "polars",
    ],
)
def test_labels_may_be_of_any_type_with_an_order(labels: npt.ArrayLike) -> None:
    assert find_label_issues(labels, PROBS).tolist() == [False, False, True]
    scores = score_labels(labels, PROBS)
    assert np.array_equal(scores, score_labels([0, 1, 1], PROBS))
    assert scores.dtype == np.float32
    assert scores.argmin() == 2


@pytest.mark.parametrize(
    "probs", [np.array(PROBS), np.array(PROBS, "f4"), pd.DataFrame(PROBS), pl.DataFrame(PROBS, orient="row")]
)
def test_probabilities_may_be_any_table(probs: npt.ArrayLike) -> None:
    assert find_label_issues(["cat", "dog", "dog"], probs).tolist() == [False, False, True]


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_named_columns_say_which_class_they_are(frame: Any) -> None:
    table = frame({"dog": [0.1, 0.8, 0.05], "cat": [0.9, 0.2, 0.95]})
    assert find_label_issues(["cat", "dog", "dog"], table).tolist() == [False, False, True]
    assert find_label_issues(["cat", "dog", "dog"], table, output="table").suggested.tolist() == ["cat"]
    assert np.array_equal(
        score_labels(["cat", "dog", "dog"], table), score_labels([1, 0, 0], table.to_numpy())
    )


def test_class_names_say_which_column_is_which() -> None:
    turned = [row[::-1] for row in PROBS]
    assert find_label_issues(["cat", "dog", "dog"], turned, class_names=["dog", "cat"]).tolist() == [0, 0, 1]


def test_whole_numbers_are_columns_also_where_a_class_is_absent() -> None:
    probs = [[0.05, 0.9, 0.05], [0.05, 0.05, 0.9], [0.05, 0.9, 0.05]]
    assert find_label_issues([1, 2, 2], probs).tolist() == [False, False, True]
    with pytest.raises(InputError, match="labels has 2 classes but pred_probs has 3 columns"):
        find_label_issues(["b", "c", "c"], probs)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, np.datetime64("NaT")])
def test_rows_without_a_label_have_no_score_and_are_never_flagged(missing: Any) -> None:
    labels, probs = ["cat", missing, "dog", "dog"], [PROBS[0], [0.99, 0.01], *PROBS[1:]]
    assert find_label_issues(labels, probs).tolist() == [False, False, False, True]
    scores = score_labels(labels, probs)
    assert np.isnan(scores).tolist() == [False, True, False, False]
    assert np.array_equal(scores[[0, 2, 3]], score_labels(["cat", "dog", "dog"], PROBS))


def test_counts_and_logits_become_probabilities_where_asked() -> None:
    assert find_label_issues([0, 1, 1], 20 * np.array(PROBS), normalize=True).tolist() == [False, False, True]
    assert find_label_issues([0, 1, 1], np.log(PROBS), from_logits=True).tolist() == [False, False, True]
    assert np.allclose(
        score_labels([0, 1, 1], np.log(PROBS) + 3, from_logits=True), score_labels([0, 1, 1], PROBS)
    )


@pytest.mark.parametrize(
    ("labels", "probs", "message"),
    [
        ([0, 1], PROBS, "pred_probs has 3 rows but labels has shape (2,). Give one label per row."),
        ([0, 1, 1], [0.9, 0.2, 0.95], "pred_probs must have two dimensions, one row an example; got 1."),
        ([0, 1, 2], PROBS, "labels has 1 row with an integer above 1 (the first is row 2, with 2) but pred_probs"),
        (["a", "b", "c"], PROBS, "labels has 3 classes but pred_probs has 2 columns. Give one column per class"),
        ([], np.zeros((0, 2)), "pred_probs has shape (0, 2). Give at least one row and one column."),
        ([None, None, None], PROBS, "labels has no value in any of the 3 rows. Give at least some rows a label."),
        (pd.Series([dt.date(2024, 1, 1), "b", 3]), PROBS, "labels are of several types and have no order."),
        ([0, 1, 1], [["high", "low"]] * 3, "pred_probs cannot be read as an array of numbers"),
        ([0, 1, 1], [[0.9, 0.1], [0.2], [0.5, 0.5]], "pred_probs cannot be read as an array of numbers"),
        ([0, 1, 1], [PROBS[0], [np.nan, 1], PROBS[2]], "1 row of pred_probs holds NaN or infinity (the first is row"),
        ([0, 1, 1], [[np.inf, 0], *PROBS[1:]], "Predict these rows or leave them out."),
        ([0, 1, 1], [[1.1, -0.1], *PROBS[1:]], "negative values (the first is row 0). Turn scores into"),
        ([0, 1, 1], [*PROBS[:2], [0.1, 0.1]], "does not sum to one (the first is row 2). Pass normalize=True"),
        ([0, 1, 1], None, "pred_probs is missing."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(
    labels: npt.ArrayLike, probs: npt.ArrayLike, message: str
) -> None:
    for function in (find_label_issues, score_labels):
        with pytest.raises(InputError) as caught:
            function(labels, probs)
        assert message in str(caught.value)


@settings(deadline=None)
@given(problems())
def test_flagged_rows_are_labelled_and_doubted(problem: Problem) -> None:
    scores, flagged = (
        score_labels(problem.given, problem.probs),
        find_label_issues(problem.given, problem.probs),
    )
    assert scores.shape == flagged.shape == problem.labels.shape
    assert (problem.labels[flagged] >= 0).all()
    assert ((problem.read.argmax(axis=1) != problem.labels) | (scores < 0.5))[flagged].all()


@settings(deadline=None)
@given(problems(tied=False, most_classes=30), st.integers(0, 99))
def test_renamed_classes_change_nothing(problem: Problem, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(problem.probs.shape[1])
    renamed = np.where(problem.labels < 0, -1, np.argsort(order)[problem.labels])
    turned = Problem(renamed, problem.probs[:, order])
    found = score_labels(turned.given, turned.probs)
    assert np.allclose(found, score_labels(problem.given, problem.probs), atol=1e-3, equal_nan=True)
    for cut in ("predicted_neq_given", "confident_learning"):
        again = find_label_issues(turned.given, turned.probs, cut=cut)
        assert np.array_equal(again, find_label_issues(problem.given, problem.probs, cut=cut))


def test_arguments_are_not_changed() -> None:
    for n in (1, 3):
        labels, probs = np.array([0, 1, 1])[:n], np.array(PROBS)[:n]
        labels.flags.writeable = probs.flags.writeable = False
        find_label_issues(labels, probs, output="table")
        find_label_issues(labels, probs, cut="low_normalized_margin", score="log_margin")
        score_labels(labels, probs)
        assert probs.tolist() == PROBS[:n]


def test_there_is_one_place_for_all_public_functions() -> None:
    assert classification.find_label_issues is find_label_issues
    assert all(callable(getattr(classification, name)) for name in classification.__all__)


def test_names_of_columns_are_not_put_in_another_order_by_class_names() -> None:
    frame = pd.DataFrame({"dog": [0.9, 0.2], "cat": [0.1, 0.8]})
    calls: list[Callable[[list[str]], Any]] = [
        lambda names: find_label_issues(["dog", "cat"], frame, class_names=names),
        lambda names: find_label_issues(classification.stream([(["dog", "cat"], frame)], class_names=names)),
    ]
    for call in calls:
        assert not call(["dog", "cat"]).any()
        with pytest.raises(InputError, match="Leave class_names out: the columns have their names"):
            call(["cat", "dog"])
    assert not find_label_issues(["one", "two"], frame, class_names=["one", "two"]).any()


def test_a_set_has_no_order_to_name_columns_by() -> None:
    with pytest.raises(InputError, match="Give a sequence with one name per column"):
        find_label_issues(["cat", "dog"], [[0.9, 0.1], [0.2, 0.8]], class_names={"cat", "dog"})
