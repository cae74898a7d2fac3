import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.slow import Array, Problem, made, problems

from emendata.kernels import transition as kernel
from emendata.kernels.transition import Transition, joint_cells, pattern_belief, transition_of


def of_problem(problem: Problem, belief: float) -> Transition:
    labels = problem.labels.astype(np.int32)
    like = np.array(slow.looks_like(problem.read, slow.thresholds(problem)), np.int16)
    k = problem.probs.shape[1]
    return transition_of(*joint_cells(labels, like, k), slow.label_counts(problem), k, belief)


def believed(wrong: list[int], probs: list[float]) -> float:
    """Belief where all rows are predicted to be class 0 and some carry label 1."""
    n = len(wrong)
    return pattern_belief(np.array(wrong, np.int32), np.zeros(n, np.int16), np.array(probs), 2)


def test_cells_count_labels_by_what_their_rows_look_like() -> None:
    cells, counts = joint_cells(np.array([0, 0, 1, 1, 1, -1], np.int32), np.array([0, 1, 1, -1, 1, 0]), 2)
    assert cells.tolist() == [0, 1, 3]
    assert counts.tolist() == [1, 1, 2]


@given(st.integers(1, 50), st.lists(st.tuples(st.integers(-1, 49), st.integers(-1, 49)), max_size=60))
def test_counting_by_sorting_equals_counting_in_a_table(k: int, rows: list[tuple[int, int]]) -> None:
    labels = np.array([min(y, k - 1) for y, _ in rows], np.int32)
    like = np.array([min(j, k - 1) for _, j in rows], np.int16)
    with pytest.MonkeyPatch.context() as patch:
        tabled = joint_cells(labels, like, k)
        patch.setattr(kernel, "_DENSE_CELLS", 0)
        by_sorting = joint_cells(labels, like, k)
    assert [a.tolist() for a in tabled] == [a.tolist() for a in by_sorting]
    assert tabled[1].sum() == ((labels >= 0) & (like >= 0)).sum()


def test_a_pattern_is_believed_where_the_surest_rows_are_wrong_as_often() -> None:
    probs = np.linspace(0.95, 0.5, 16).tolist()  # each of another level
    half_of_the_rest = [1] * 7 + [0] * 5
    assert believed([0, 0, 0, 0, *half_of_the_rest], probs) == 0
    assert believed([1, 1, 0, 0, *half_of_the_rest[2:], 0, 0], probs) == 1
    one_of_four = [1, 0, 0, 0, *half_of_the_rest]  # a quarter of the surest, half of all
    assert np.isclose(believed(one_of_four, probs), (0.5 - 0.20) / (0.72 - 0.20))


def test_equally_sure_rows_count_evenly() -> None:
    assert believed([1, 0, 0, 0, 0, 0, 0, 0], [0.9] * 8) == 1
    assert believed([0, 0, 0, 0, 0, 0, 0, 1], [0.9] * 8) == 1


def test_without_disagreement_there_is_no_pattern() -> None:
    assert believed([0, 0, 0], [0.9, 0.8, 0.7]) == 0
    assert believed([], []) == 0


@settings(deadline=None)
@given(problems(most_rows=60))
def test_the_belief_equals_the_slow_obvious_one(problem: Problem) -> None:
    block = problem.read
    found = pattern_belief(
        problem.labels.astype(np.int32), block.argmax(axis=1).astype(np.int16), block.max(axis=1), block.shape[1]
    )
    assert np.isclose(found, slow.belief(problem), atol=1e-9)


def test_each_true_class_gets_twenty_rows_of_even_noise() -> None:
    cells, counts = np.array([0, 1, 3]), np.array([8, 2, 10])  # 2 of 10 labelled 0 look like 1
    assert np.allclose(
        transition_of(cells, counts, np.array([10, 10]), 2, 1.0).dense(),
        [[(8 + 20 * 0.9) / 28, 20 * 0.1 / 28], [(2 + 20 * 0.1) / 32, (10 + 20 * 0.9) / 32]],
    )
    assert np.allclose(transition_of(cells, counts, np.array([10, 10]), 2, 0.0).dense(), [[0.9, 0.1], [0.1, 0.9]])


def test_lines_are_rescaled_to_the_rows_with_each_label() -> None:
    cells = np.array([0, 1, 3])
    short = transition_of(cells, np.array([4, 1, 10]), np.array([10, 10]), 2, 1.0).dense()
    whole = transition_of(cells, np.array([8, 2, 10]), np.array([10, 10]), 2, 1.0).dense()
    assert np.allclose(short, whole)


def test_noise_is_never_nothing_and_never_more_than_chance() -> None:
    clean = transition_of(np.array([0, 3]), np.array([10, 10]), np.array([10, 10]), 2, 1.0)
    assert clean.noise_rate == 1 / 22
    swapped = transition_of(np.array([1, 2]), np.array([10, 10]), np.array([10, 10]), 2, 1.0)
    assert swapped.noise_rate == 0.5


def test_without_any_count_there_is_some_even_noise() -> None:
    empty = np.empty(0, np.int64)
    made = transition_of(empty, empty, np.array([3, 2, 0]), 3, 1.0)
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


def test_a_thousand_classes_cost_their_cells() -> None:
    problem = made(0, 200, 1000, dtype="float32", absent=500)
    transition = of_problem(problem, 0.5)
    assert len(transition.cells) <= 200
    assert np.allclose(transition.dense(), slow.transition(problem, 0.5), atol=1e-6)
