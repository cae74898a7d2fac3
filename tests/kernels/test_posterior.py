import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernels.test_transition import of_problem
from tests.tasks import slow
from tests.tasks.problems import Array, Problem, made, problems

from emendata.kernels.cells import Cells
from emendata.kernels.posterior import DENSE, N_RIVALS, posterior_of_rivals, right_block, suggest_block
from emendata.kernels.survey import Survey, empty_survey, own_probability, survey_block
from emendata.kernels.transition import Transition, transition_of

CLOSE = 2e-3  # single precision, six squared steps


def judged(labels: Array, block: Array, matrix: Array) -> tuple[Array, Array, Array]:
    right = np.empty(len(labels), "f4")
    right_block(labels.astype(np.int32), block, matrix.astype("f4"), right)
    return right, *suggest_block(labels.astype(np.int32), block, matrix.astype("f4"))


def of_rivals(labels: Array, survey: Survey, transition: Transition) -> tuple[Array, Array]:
    return posterior_of_rivals(labels, survey, transition, transition.lookup())


def surveyed(problem: Problem, n_rivals: int) -> Survey:
    labels = problem.labels.astype(np.int32)
    n, k = problem.read.shape
    out = empty_survey(n, k, n_rivals, problem.read.dtype)
    out.own[:] = own_probability(labels, problem.read)
    survey_block(labels, problem.read, np.array(slow.thresholds(problem)), out)
    return out


def test_without_noise_a_label_is_right_for_certain() -> None:
    right, suggested, probability = judged(np.array([0, 1]), np.array([[0.7, 0.3], [0.6, 0.4]]), np.eye(2))
    assert np.allclose(right, 1)
    assert suggested.tolist() == [1, 0]
    assert np.allclose(probability, 0)


def test_a_known_flip_rate_gives_bayes_rule() -> None:
    # Labels keep the class with 0.8; as many labels of both classes means as many true ones.
    right, suggested, probability = judged(
        np.array([0]), np.array([[0.5, 0.5]]), np.array([[0.8, 0.2], [0.2, 0.8]])
    )
    assert np.allclose([right, probability], [[0.8], [0.2]])
    assert suggested.tolist() == [1]


def test_a_prediction_of_pure_noise_names_the_true_class() -> None:
    # Labels of class 0 are 0.8 and 0.2, and so the model predicts them: the row is of class 0 whatever its label.
    right, suggested, _ = judged(
        np.array([0, 1]), np.array([[0.8, 0.2], [0.8, 0.2]]), np.array([[0.8, 0.2], [0.2, 0.8]])
    )
    assert right[0] > 0.98
    assert right[1] < 0.2
    assert suggested.tolist() == [1, 0]


def test_without_a_label_nothing_is_right_and_the_true_class_is_suggested() -> None:
    right, suggested, probability = judged(
        np.array([-1, 0]), np.array([[0.3, 0.7], [0.9, 0.1]]), np.array([[0.9, 0.1], [0.1, 0.9]])
    )
    assert np.isnan(right).tolist() == [True, False]
    assert suggested.tolist() == [1, 1]
    assert probability[0] > 0.7


def test_of_equal_others_the_first_is_suggested() -> None:
    _, suggested, _ = judged(np.array([3, 0]), np.full((2, 4), 0.25), np.full((4, 4), 0.1) + 0.6 * np.eye(4))
    assert suggested.tolist() == [0, 1]


def assert_equals_the_slow_one(problem: Problem, found: tuple[Array, Array, Array], belief: float) -> None:
    right, suggested, probability = found
    slow_right, slow_suggested, slow_probability = slow.posterior(problem, belief)
    assert np.allclose(right, slow_right, atol=CLOSE, equal_nan=True)
    assert np.allclose(probability, slow_probability, atol=CLOSE)
    clear = np.flatnonzero(suggested != slow_suggested)  # only where two are about equal
    assert np.allclose(probability[clear], np.array(slow_probability)[clear], atol=1e-4)


@settings(deadline=None)
@given(problems(most_classes=DENSE), st.sampled_from([0.0, 0.4, 1.0]))
def test_the_posterior_of_few_classes_equals_the_slow_obvious_one(problem: Problem, belief: float) -> None:
    matrix = of_problem(problem, belief).dense()
    assert_equals_the_slow_one(problem, judged(problem.labels, problem.read, matrix), belief)


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(DENSE + 1, 60), st.booleans(), st.sampled_from([0.0, 0.4, 1.0]))
def test_the_posterior_of_rivals_equals_the_slow_obvious_one(
    seed: int, k: int, tied: bool, belief: float
) -> None:
    problem = made(seed, 40, k, dtype="float32", tied=tied, absent=k // 3)
    labels = problem.labels.astype(np.int32)
    survey = surveyed(problem, N_RIVALS)
    right, rivals = of_rivals(labels, survey, of_problem(problem, belief))
    assert rivals.shape == (40, N_RIVALS)
    best = rivals.argmax(axis=1)
    rows = np.arange(40)
    assert_equals_the_slow_one(problem, (right, survey.rivals[rows, best], rivals[rows, best]), belief)


@pytest.mark.parametrize("k", [300, 1000])
def test_many_classes_equal_the_slow_obvious_ones(k: int) -> None:
    problem = made(k, 40, k, dtype="float32", absent=k // 2)
    survey = surveyed(problem, N_RIVALS)
    right, _ = of_rivals(problem.labels.astype(np.int32), survey, of_problem(problem, 1.0))
    assert np.allclose(right, slow.posterior(problem, 1.0)[0], atol=CLOSE)


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(2, N_RIVALS + 1))
def test_where_all_classes_are_rivals_both_ways_agree(seed: int, k: int) -> None:
    problem = made(seed, 40, k)
    transition = of_problem(problem, 0.7)
    right, _ = of_rivals(problem.labels.astype(np.int32), surveyed(problem, k - 1), transition)
    assert np.allclose(right, judged(problem.labels, problem.read, transition.dense())[0], atol=5e-3)


@given(st.integers(0, 999), st.integers(2, DENSE))
def test_probabilities_of_a_row_leave_room_for_each_other(seed: int, k: int) -> None:
    problem = made(seed, 30, k)
    right, _, probability = judged(problem.labels, problem.read, of_problem(problem, 1.0).dense())
    assert ((right >= 0) & (probability >= 0)).all()
    assert (right + probability <= 1 + 1e-5).all()


def test_blocks_are_not_written_to() -> None:
    problem = made(0, 20, 4, dtype="float32")
    problem.probs.flags.writeable = False
    judged(problem.labels, problem.probs, np.full((4, 4), 0.1) + 0.6 * np.eye(4))


def test_impossible_cells_leave_probabilities_finite() -> None:
    cells, counts = np.array([0, 4, 8]), np.array([10**9, 10**9, 10**9])
    transition = transition_of(Cells(3, cells, counts), counts, 1.0)
    right, _, _ = judged(np.array([0, 1, 2]), np.eye(3)[[1, 2, 0]], transition.dense())
    assert np.isfinite(right).all()
