from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.tasks import slow
from tests.tasks.problems import SIZES, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.kernels import noise_model
from emendata.tasks.classification import (
    calibrate_confident_joint,
    compute_confident_joint,
    confident_thresholds,
    estimate_joint,
    estimate_noise,
    stream,
)

LABELS = [0, 0, 1, 1]
PROBS = [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]]


def test_a_threshold_is_the_mean_probability_of_the_own_label() -> None:
    assert np.allclose(confident_thresholds(LABELS, PROBS), [0.55, 0.8])


def test_a_class_absent_from_the_labels_has_a_threshold_that_nobody_reaches() -> None:
    """The peer's batched version gives it 2e-6, so that nearly every row looks like it."""
    probs = [[0.6, 0.3, 0.1], [0.2, 0.3, 0.5], [0.1, 0.8, 0.1]]
    whole = confident_thresholds([0, 0, 1], probs)
    blocks = [
        ([0], probs[:1]),
        ([0], probs[1:2]),
        ([1], probs[2:]),
    ]  # each block lacks more classes than the whole
    assert np.allclose(whole, [0.4, 0.8, 2.0])
    assert np.array_equal(confident_thresholds(stream(blocks)), whole)
    assert compute_confident_joint(stream(blocks), calibrate=False)[:, 2].tolist() == [0, 0, 1]


def test_rows_without_a_label_do_not_count() -> None:
    labels, probs = [*LABELS, None], [*PROBS, [0.5, 0.5]]
    assert np.array_equal(confident_thresholds(labels, probs), confident_thresholds(LABELS, PROBS))
    assert np.array_equal(compute_confident_joint(labels, probs), compute_confident_joint(LABELS, PROBS))


def test_the_joint_counts_labels_by_what_rows_look_like() -> None:
    assert compute_confident_joint(LABELS, PROBS, calibrate=False).tolist() == [[1, 1], [0, 1]]
    assert compute_confident_joint(LABELS, PROBS).tolist() == [[1, 1], [0, 2]]
    assert compute_confident_joint(LABELS, PROBS, calibrate=False, thresholds=[0.95, 0.85]).tolist() == [
        [1, 0],
        [0, 1],
    ]


@settings(deadline=None)
@given(problems())
def test_thresholds_and_joint_equal_the_slow_obvious_ones(problem: Problem) -> None:
    labels, probs = problem.given, problem.probs
    assert confident_thresholds(labels, probs).tolist() == slow.thresholds(problem)
    joint = compute_confident_joint(labels, probs, calibrate=False)
    assert joint.dtype == np.int64
    assert joint.tolist() == slow.joint(problem).tolist()
    bars = [0.3] * probs.shape[1]
    assert compute_confident_joint(labels, probs, calibrate=False, thresholds=bars).tolist() == (
        slow.joint(problem, bars).tolist()
    )


@settings(deadline=None)
@given(problems())
def test_a_calibrated_joint_has_as_many_rows_as_there_are_labels(problem: Problem) -> None:
    joint = compute_confident_joint(problem.given, problem.probs)
    assert joint.sum(axis=1).tolist() == slow.label_counts(problem).tolist()
    again = calibrate_confident_joint(slow.joint(problem), problem.given)
    assert np.array_equal(again, joint)


@pytest.mark.parametrize("k", [300, 1000])
def test_many_classes_equal_the_slow_obvious_ones(k: int) -> None:
    problem = made(k, 100, k, dtype="float32", absent=k // 2, unlabelled=0.1)
    joint = compute_confident_joint(problem.given, problem.probs, calibrate=False)
    assert joint.tolist() == slow.joint(problem).tolist()


@settings(deadline=None, max_examples=30)
@given(problems(most_rows=400, most_classes=20), SIZES)
def test_threads_and_blocks_change_no_bit(problem: Problem, sizes: list[int]) -> None:
    with small_blocks():
        found = [
            (
                confident_thresholds(*data, n_threads=n).tobytes(),
                compute_confident_joint(*data, n_threads=n).tobytes(),
            )
            for data, n in [
                *(((problem.given, problem.probs), n) for n in (1, 2, 5)),
                ((streamed(problem, sizes),), 2),
            ]
        ]
    assert found[0] == found[1] == found[2] == found[3]


@settings(deadline=None)
@given(problems(tied=False))
def test_permuted_rows_have_the_same_joint(problem: Problem) -> None:
    back = Problem(problem.labels[::-1], problem.probs[::-1])
    assert np.allclose(
        confident_thresholds(problem.given, problem.probs), confident_thresholds(back.given, back.probs)
    )
    assert np.array_equal(
        compute_confident_joint(problem.given, problem.probs), compute_confident_joint(back.given, back.probs)
    )


def test_the_joint_probability_sums_to_one_and_needs_no_predictions_where_there_is_a_joint() -> None:
    assert estimate_joint(LABELS, PROBS).tolist() == [[0.25, 0.25], [0, 0.5]]
    assert np.allclose(
        estimate_joint([0] * 10 + [1] * 10, confident_joint=[[3, 1], [0, 2]]),
        [[0.375, 0.125], [0, 0.5]],
        atol=0.03,
    )
    assert np.isclose(estimate_joint([0] * 10 + [1] * 10, confident_joint=[[3, 1], [0, 2]]).sum(), 1)


def test_noise_is_estimated_by_class() -> None:
    found = estimate_noise([0] * 8 + [1] * 8, confident_joint=[[6, 2], [0, 8]])
    assert found.confident_joint.tolist() == [[6, 2], [0, 8]]
    assert np.allclose(found.noise_matrix, [[1, 0.2], [0, 0.8]])
    assert np.allclose(found.inverse_noise_matrix, [[0.75, 0], [0.25, 1]])
    assert np.allclose(found.prior, [0.375, 0.625])


@pytest.mark.parametrize("method", ["counts", "equation", "marginal", "marginal_given"])
@pytest.mark.parametrize("converge", [False, True])
@settings(deadline=None, max_examples=20)
@given(problem=problems(most_classes=8))
def test_noise_estimates_are_distributions_also_with_absent_classes(
    problem: Problem, method: Any, converge: bool
) -> None:
    found = estimate_noise(problem.given, problem.probs, prior_method=method, converge=converge)
    for columns in (found.noise_matrix, found.inverse_noise_matrix, found.prior[:, None]):
        assert (columns >= 0).all()
        assert np.allclose(columns.sum(axis=0), 1)
    if not converge:
        joint = found.confident_joint
        assert np.allclose(found.prior, noise_model.class_prior(joint, joint.sum(axis=1), method=method))


@pytest.mark.parametrize(
    ("joint", "message"),
    [
        (
            [[1, 2, 3], [1, 2, 3]],
            "confident_joint must have one line and one column per class; got shape (2, 3).",
        ),
        ([1, 2], "confident_joint must have one line and one column per class; got shape (2,)."),
        ([[1, -1], [0, 2]], "confident_joint must hold numbers from 0 up, and no NaN or infinity."),
        ([[1, np.nan], [0, 2]], "confident_joint must hold numbers from 0 up, and no NaN or infinity."),
        (
            [["a", "b"], ["c", "d"]],
            "confident_joint cannot be read as an array of numbers: could not convert string to float: 'a'",
        ),
        (
            [[4]],
            "labels has 2 classes but confident_joint has 1 lines. Say with class_names= which line is which.",
        ),
    ],
)
def test_a_joint_that_cannot_be_used_says_the_way_out(joint: Any, message: str) -> None:
    for function in (
        lambda: calibrate_confident_joint(joint, LABELS),
        lambda: estimate_joint(LABELS, confident_joint=joint),
        lambda: estimate_noise(LABELS, confident_joint=joint),
    ):
        with pytest.raises(InputError) as caught:
            function()
        assert str(caught.value) == message


@pytest.mark.parametrize("thresholds", [[0.5], [0.5, np.nan], [[0.5, 0.5]], 0.5])
def test_thresholds_that_cannot_be_used_say_how_many_are_needed(thresholds: Any) -> None:
    with pytest.raises(InputError, match="thresholds must be 2 numbers, one per class; got"):
        compute_confident_joint(LABELS, PROBS, thresholds=thresholds)


def test_a_misspelt_prior_method_names_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"There is no prior_method 'cuonts'\. Did you mean 'counts'\?"):
        estimate_noise(LABELS, PROBS, prior_method="cuonts")  # type: ignore[arg-type]


def test_rows_that_are_no_distributions_are_refused_by_all() -> None:
    bad = [[0.9, 0.1], [0.1, 0.1], [0.1, 0.9], [np.nan, 0.7]]
    for function in (confident_thresholds, compute_confident_joint, estimate_joint, estimate_noise):
        with pytest.raises(
            InputError, match=r"1 row of pred_probs holds NaN or infinity \(the first is row 3\)"
        ):
            function(LABELS, bad)


def test_labels_that_lack_a_class_of_a_joint_need_its_names() -> None:
    joint, labels = [[3, 0, 1], [0, 2, 0], [1, 0, 4]], ["a"] * 4 + ["c"] * 5
    with pytest.raises(InputError, match="Say with class_names= which line is which"):
        calibrate_confident_joint(joint, labels)
    named = calibrate_confident_joint(joint, labels, class_names=["a", "b", "c"])
    assert named.tolist() == [[3, 0, 1], [0, 0, 0], [1, 0, 4]]
