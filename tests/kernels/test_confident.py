import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import Problem, problems

from emendata.kernels.confident import ABSENT, agrees, class_means, class_sums
from emendata.kernels.survey import own_probability


def test_sums_count_the_rows_of_each_label_and_add_up_their_probabilities() -> None:
    labels, own = np.array([0, 0, 1, -1], np.int32), np.array([0.75, 0.5, 0.25, 0.0])
    assert class_sums(labels, own, 3).tolist() == [[2, 1, 0], [1.25, 0.25, 0]]


def test_thresholds_are_the_mean_probability_of_the_own_label() -> None:
    assert class_means(np.array([[2, 1], [1.25, 0.25]])).tolist() == [0.625, 0.25]


def test_a_class_absent_from_the_labels_has_a_threshold_that_nobody_reaches() -> None:
    assert class_means(np.array([[2, 0], [1.25, 0]])).tolist() == [0.625, ABSENT]
    assert ABSENT > 1.05


def test_thresholds_are_never_zero() -> None:
    assert class_means(np.array([[2, 1], [0, 1e-9]])).tolist() == [2e-6, 2e-6]


@settings(deadline=None)
@given(problems(), st.integers(0, 40))
def test_thresholds_equal_the_slow_obvious_ones_and_sums_of_blocks_add_up(problem: Problem, cut: int) -> None:
    labels, k = problem.labels.astype(np.int32), problem.probs.shape[1]
    own = own_probability(labels, problem.read)
    whole = class_sums(labels, own, k)
    assert class_means(whole).tolist() == slow.thresholds(problem)
    parts = class_sums(labels[:cut], own[:cut], k) + class_sums(labels[cut:], own[cut:], k)
    assert np.allclose(parts, whole)


def test_labels_agree_that_are_most_probable_within_a_millionth() -> None:
    own, best = np.array([0.5, 0.4, 0.4999995, 0.49999]), np.array([0.5, 0.5, 0.5, 0.5])
    assert agrees(own, best).tolist() == [True, False, True, False]
    assert agrees(own.astype("f4"), best.astype("f4")).tolist() == [True, False, True, False]
