from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.tasks import slow
from tests.tasks.problems import SIZES, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.kernels.calibration import calibrated
from emendata.kernels.cells import cells_of
from emendata.tasks.classification import count_label_issues, find_label_issues, score_labels

LABELS = [0, 0, 1, 1]
PROBS = [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]]
METHODS: list[Any] = ["auto", "off_diagonal", "off_diagonal_calibrated"]


def test_each_method_counts_the_row_that_looks_like_another_class() -> None:
    assert [count_label_issues(LABELS, PROBS, method=method) for method in METHODS] == [1, 1, 1]


def test_a_label_that_is_most_probable_is_never_counted_off_the_diagonal() -> None:
    # Class 0 has the mean 0.9 and class 1 the mean 0.45, so that the second row looks like class 1 only.
    labels, probs = [0, 0, 1, 1], [[0.95, 0.05], [0.55, 0.45], [0.5, 0.5], [0.6, 0.4]]
    assert count_label_issues(labels, probs, method="off_diagonal") == 0


def test_without_a_pattern_disagreement_counts_as_far_as_the_odds_say() -> None:
    # The surest quarter of the rows agree with their labels, so no pattern is believed.
    hard = [[0.6, 0.4], [0.75, 0.25], [0.8, 0.2], [0.6, 0.4]]
    labels, probs = [0] * 12 + [1] * 4, [[0.99, 0.01]] * 12 + hard
    assert count_label_issues(labels, probs) == round(0.6 + 0.75 + 0.8 + 0.6)


@settings(deadline=None)
@given(problems())
def test_the_number_off_the_diagonal_equals_the_slow_obvious_one(problem: Problem) -> None:
    labels, probs = problem.given, problem.probs
    assert count_label_issues(labels, probs, method="off_diagonal") == sum(slow.off_diagonal(problem))
    wanted = calibrated(cells_of(slow.joint(problem)), slow.label_counts(problem)).matrix()
    assert count_label_issues(labels, probs, method="off_diagonal_calibrated") == wanted.sum() - np.trace(
        wanted
    )


@settings(deadline=None)
@given(problems())
def test_the_expected_number_equals_the_slow_obvious_one(problem: Problem) -> None:
    right = score_labels(problem.given, problem.probs)
    wanted = slow.expected(problem, right)
    assume(abs(wanted % 1 - 0.5) > 1e-6)
    assert count_label_issues(problem.given, problem.probs) == round(wanted)


@settings(deadline=None)
@given(problems())
def test_the_default_flags_at_least_as_many_as_it_counts(problem: Problem) -> None:
    assert find_label_issues(problem.given, problem.probs).sum() >= count_label_issues(
        problem.given, problem.probs
    )


def test_of_hard_rows_three_tenths_of_the_further_disagreements_are_flagged_too() -> None:
    # Of 50 rows that look like 0, the surest 30 are right and the 20 hard ones labelled 1: noise stays with these.
    sure, hard = [[0.99, 0.01]] * 30, [[0.6, 0.4]] * 20
    labels, probs = [0] * 30 + [1] * 20 + [1] * 50, [*sure, *hard, *[[0.01, 0.99]] * 50]
    assert count_label_issues(labels, probs) == 12  # 20 at odds of 3 to 2
    assert find_label_issues(labels, probs).sum() == 14  # three tenths of the other 8 are 2.4


def test_of_noise_that_reaches_sure_rows_as_many_are_flagged_as_the_joint_has() -> None:
    # A fifth of the labels are swapped whatever the model says, of whom it is only three quarters sure.
    labels = np.array([0, 0, 0, 0, 1] * 20 + [1, 1, 1, 1, 0] * 20)
    probs = np.array([[0.75, 0.25]] * 100 + [[0.25, 0.75]] * 100)
    assert count_label_issues(labels, probs) == 30  # 40 at odds of 3 to 1
    assert find_label_issues(labels, probs).sum() == 40


@pytest.mark.parametrize("k", [300, 1000])
def test_many_classes_equal_the_slow_obvious_ones(k: int) -> None:
    problem = made(k, 100, k, dtype="float32", absent=k // 2, unlabelled=0.1)
    found = count_label_issues(problem.given, problem.probs, method="off_diagonal")
    assert found == sum(slow.off_diagonal(problem)) > 0
    right = score_labels(problem.given, problem.probs)
    assert count_label_issues(problem.given, problem.probs) == round(slow.expected(problem, right)) > 0


@settings(deadline=None, max_examples=30)
@given(problems(most_rows=400, most_classes=20), SIZES)
def test_the_count_is_the_same_whatever_threads_and_blocks(problem: Problem, sizes: list[int]) -> None:
    """The peer's batched version loses counts where it runs on several processes."""
    for method in METHODS:
        with small_blocks():
            found = {
                count_label_issues(problem.given, problem.probs, method=method, n_threads=n)
                for n in (1, 2, 5)
            }
            found.add(count_label_issues(streamed(problem, sizes), method=method))
        assert len(found) == 1


def test_a_joint_that_is_given_says_the_number_without_predictions() -> None:
    found = count_label_issues(
        [0] * 10 + [1] * 4, method="off_diagonal_custom", confident_joint=[[3, 1], [0, 2]]
    )
    assert found == 2  # a quarter of ten, in whole rows


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "off_diag"}, "There is no method 'off_diag'. Did you mean 'off_diagonal'?"),
        ({"method": "xyz"}, "There is no method 'xyz'. There are: 'auto', 'off_diagonal',"),
        (
            {"confident_joint": [[1, 0], [0, 1]]},
            'confident_joint and method="off_diagonal_custom" go together.',
        ),
        ({"method": "off_diagonal_custom"}, "Give both or neither."),
        (
            {"method": "off_diagonal_custom", "confident_joint": [[1, 0]]},
            "must have one line and one column per class; got shape (1, 2).",
        ),
    ],
)
def test_options_that_cannot_be_used_say_the_way_out(options: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        count_label_issues(LABELS, PROBS, **options)
    assert message in str(caught.value)
