import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import Array, Problem, made, problems

from emendata.kernels.cells import Cells, counted
from emendata.kernels.transition import Transition, transition_of


def of_problem(problem: Problem, belief: float) -> Transition:
    labels = problem.labels.astype(np.int32)
    like = np.array(slow.looks_like(problem.read, slow.thresholds(problem)), np.int16)
    k = problem.probs.shape[1]
    return transition_of(counted(labels, like, k), slow.label_counts(problem), belief)


def test_each_true_class_gets_twenty_rows_of_even_noise() -> None:
    cells, counts = np.array([0, 1, 3]), np.array([8, 2, 10])  # 2 of 10 labelled 0 look like 1
    assert np.allclose(
        transition_of(Cells(2, cells, counts), np.array([10, 10]), 1.0).dense(),
        [[(8 + 20 * 0.9) / 28, 20 * 0.1 / 28], [(2 + 20 * 0.1) / 32, (10 + 20 * 0.9) / 32]],
    )
    assert np.allclose(
        transition_of(Cells(2, cells, counts), np.array([10, 10]), 0.0).dense(), [[0.9, 0.1], [0.1, 0.9]]
    )


def test_lines_are_rescaled_to_the_rows_with_each_label() -> None:
    cells = np.array([0, 1, 3])
    short = transition_of(Cells(2, cells, np.array([4, 1, 10])), np.array([10, 10]), 1.0).dense()
    whole = transition_of(Cells(2, cells, np.array([8, 2, 10])), np.array([10, 10]), 1.0).dense()
    assert np.allclose(short, whole)


def test_noise_is_never_nothing_and_never_more_than_chance() -> None:
    clean = transition_of(Cells(2, np.array([0, 3]), np.array([10, 10])), np.array([10, 10]), 1.0)
    assert clean.noise_rate == 1 / 22
    swapped = transition_of(Cells(2, np.array([1, 2]), np.array([10, 10])), np.array([10, 10]), 1.0)
    assert swapped.noise_rate == 0.5


def test_without_any_count_there_is_some_even_noise() -> None:
    empty = np.empty(0, np.int64)
    made = transition_of(Cells(3, empty, empty), np.array([3, 2, 0]), 1.0)
    assert np.allclose(made.dense().sum(axis=1), 1)
    assert np.allclose(made.at(np.array([0, 1]), np.array([0, 2])), made.dense()[[0, 1], [0, 2]])


@settings(deadline=None)
@given(problems(), st.sampled_from([0.0, 0.3, 1.0]))
def test_the_matrix_equals_the_slow_obvious_one_and_its_lines_are_distributions(
    problem: Problem, belief: float
) -> None:
    dense = of_problem(problem, belief).dense()
    assert dense.dtype == np.float32
    assert np.allclose(dense, slow.transition(problem, belief), atol=1e-6)
    assert np.allclose(dense.sum(axis=1), 1, atol=1e-5)
    assert (dense >= 0).all()


@settings(deadline=None)
@given(problems(), st.sampled_from([0.0, 0.3, 1.0]))
def test_single_elements_equal_those_of_the_whole_matrix(problem: Problem, belief: float) -> None:
    transition = of_problem(problem, belief)
    true, given = np.indices((problem.probs.shape[1],) * 2).reshape(2, -1)
    one_by_one: Array = transition.at(true, given)
    assert one_by_one.dtype == np.float32
    assert np.allclose(one_by_one, transition.dense().ravel(), rtol=1e-6)
    assert (transition.lookup()(true, given) == transition.dense().ravel()).all()


def test_a_large_matrix_is_not_laid_out() -> None:
    cells = np.array([0, 5, 3000 * 3000 - 1])
    transition = transition_of(Cells(3000, cells, np.array([3, 1, 2])), np.full(3000, 1), 0.5)
    true, given = np.array([0, 5, 7]), np.array([0, 0, 9])
    assert (transition.lookup()(true, given) == transition.at(true, given)).all()
    assert transition.lookup() == transition.at


def test_a_thousand_classes_cost_their_cells() -> None:
    problem = made(0, 200, 1000, dtype="float32", absent=500)
    transition = of_problem(problem, 0.5)
    assert len(transition.joint.cells) <= 200
    assert np.allclose(transition.dense(), slow.transition(problem, 0.5), atol=1e-6)
