import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd  # type: ignore[import-untyped, unused-ignore]
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata import find_label_issues, score_labels
from emendata.errors import InputError
from emendata.records import FloatArray, IntArray

PROBS = [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]


@st.composite
def problems(draw: st.DrawFn) -> tuple[IntArray, FloatArray]:
    n_classes, n = draw(st.integers(2, 5)), draw(st.integers(1, 60))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    probs = rng.dirichlet(np.full(n_classes, draw(st.sampled_from([0.2, 1.0]))), n)
    labels = rng.integers(0, draw(st.integers(1, n_classes)), n)  # some classes may be absent
    return labels, probs


@pytest.mark.parametrize(
    "labels",
    [
        [0, 1, 1],
        ["cat", "dog", "dog"],
        [False, True, True],
        [0.0, 1.0, 1.0],
        (5, 70, 70),
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


def test_whole_numbers_are_columns_also_where_a_class_is_absent() -> None:
    probs = [[0.05, 0.9, 0.05], [0.05, 0.05, 0.9], [0.05, 0.9, 0.05]]
    assert find_label_issues([1, 2, 2], probs).tolist() == [False, False, True]
    with pytest.raises(InputError, match="labels has 2 classes but pred_probs has 3 columns"):
        find_label_issues(["b", "c", "c"], probs)


def test_higher_odds_flag_fewer() -> None:
    rng = np.random.default_rng(0)
    probs, labels = rng.dirichlet([1, 1, 1], 300), rng.integers(0, 3, 300)
    flagged = [find_label_issues(labels, probs, min_odds=odds) for odds in (1, 3, 9)]
    assert flagged[0].sum() > flagged[1].sum() > flagged[2].sum() > 0
    assert (flagged[0] >= flagged[1]).all()
    assert (flagged[1] >= flagged[2]).all()


@pytest.mark.parametrize(
    ("labels", "probs", "message"),
    [
        ([0, 1], PROBS, "pred_probs has 3 rows but labels has shape (2,). Give one label per row."),
        ([[0], [1], [1]], PROBS, "labels has shape (3, 1). Give one label per row."),
        ([0, 1, 1], [0.9, 0.2, 0.95], "pred_probs must have two dimensions, one row an example; got 1."),
        ([0, 1, 2], PROBS, "labels has 3 classes but pred_probs has 2 columns. Give one column per class"),
        ([0, 1, -1], PROBS, "labels has 3 classes but pred_probs has 2 columns. Give one column per class"),
        ([], np.zeros((0, 2)), "labels has 0 classes but pred_probs has 2 columns."),
        ([0, 1, None], PROBS, "labels has no value in 1 of 3 rows (the first is row 2). Leave these rows out."),
        ([0.0, float("nan"), 0.0], PROBS, "labels has no value in 1 of 3 rows (the first is row 1)."),
        (pd.array([None, "cat", None], "string"), PROBS, "labels has no value in 2 of 3 rows (the first is row 0)."),
        (pd.Series([dt.date(2024, 1, 1), "b", 3]), PROBS, "labels are of several types and have no order."),
        ([0, [1, 2], 1], PROBS, "labels cannot be read as an array of labels"),
        ([0, 1, 1], [["high", "low"]] * 3, "pred_probs cannot be read as an array of numbers"),
        ([0, 1, 1], [[0.9, 0.1], [0.2], [0.5, 0.5]], "pred_probs cannot be read as an array of numbers"),
        ([0, 1, 1], [PROBS[0], [np.nan, 1], PROBS[2]], "pred_probs hold NaN or infinity (the first is row 1)."),
        ([0, 1, 1], [[np.inf, 0], *PROBS[1:]], "Predict these rows or leave them out."),
        ([0, 1, 1], [[1.1, -0.1], *PROBS[1:]], "negative values (the first is row 0). Turn scores into"),
        ([0, 1, 1], [*PROBS[:2], [0.5, 0.1]], "do not sum to one (the first is row 2). Divide each row by its sum"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(
    labels: npt.ArrayLike, probs: npt.ArrayLike, message: str
) -> None:
    for function in (find_label_issues, score_labels):
        with pytest.raises(InputError) as caught:
            function(labels, probs)
        assert message in str(caught.value)


@pytest.mark.parametrize("odds", [0.5, -3, float("nan")])
def test_odds_below_one_are_refused(odds: float) -> None:
    with pytest.raises(InputError, match="min_odds must be at least 1; got"):
        find_label_issues([0, 1, 1], PROBS, min_odds=odds)


@given(problems())
def test_scores_are_in_the_unit_interval_and_flagged_ones_below_the_odds(
    problem: tuple[IntArray, FloatArray],
) -> None:
    labels, probs = problem
    scores, flagged = score_labels(labels, probs), find_label_issues(labels, probs)
    assert scores.shape == flagged.shape == labels.shape
    assert ((scores >= 0) & (scores <= 1)).all()
    assert (scores[flagged] <= 0.25).all()
    assert (probs[flagged].argmax(axis=1) != labels[flagged]).all()


@given(problems(), st.integers(0, 99))
def test_permuted_rows_have_permuted_answers(problem: tuple[IntArray, FloatArray], seed: int) -> None:
    labels, probs = problem
    order = np.random.default_rng(seed).permutation(len(labels))
    assert np.allclose(
        score_labels(labels[order], probs[order]), score_labels(labels, probs)[order], atol=1e-6
    )
    assert (find_label_issues(labels[order], probs[order]) == find_label_issues(labels, probs)[order]).all()


@given(problems(), st.integers(0, 99))
def test_renamed_classes_change_nothing(problem: tuple[IntArray, FloatArray], seed: int) -> None:
    labels, probs = problem
    order = np.random.default_rng(seed).permutation(probs.shape[1])
    renamed = np.argsort(order)[labels]
    assert np.allclose(score_labels(renamed, probs[:, order]), score_labels(labels, probs), atol=1e-5)


def test_arguments_are_not_changed() -> None:
    labels, probs = np.array([0, 1, 1]), np.array(PROBS)
    labels.flags.writeable = probs.flags.writeable = False
    find_label_issues(labels, probs)
    assert probs.tolist() == PROBS
