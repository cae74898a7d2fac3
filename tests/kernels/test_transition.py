import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.slow import Array, Problem, made, problems

from emendata.kernels import transition as kernel
from emendata.kernels.transition import Belief, Transition, belief_in, joint_cells, transition_of


def of_problem(problem: Problem, belief: float) -> Transition:
    labels = problem.labels.astype(np.int32)
    like = np.array(slow.looks_like(problem.read, slow.thresholds(problem)), np.int16)
    k = problem.probs.shape[1]
    return transition_of(*joint_cells(labels, like, k), slow.label_counts(problem), k, belief)


def believed(problem: Problem) -> Belief:
    labels, block = problem.labels.astype(np.int32), problem.read
    like = np.array(slow.looks_like(block, slow.thresholds(problem)), np.int16)
    return belief_in(
        labels,
        block.argmax(axis=1).astype(np.int16),
        block.max(axis=1),
        *joint_cells(labels, like, block.shape[1]),
        slow.label_counts(problem),
    )


def of_one_class(wrong: list[int], probs: list[float]) -> Belief:
    """Belief where all rows are predicted to be class 0 and some carry label 1."""
    return believed(Problem(np.array(wrong), np.array([[p, 1 - p] for p in probs])))


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


def test_noise_reaches_sure_rows_where_these_are_wrong_as_often_as_all() -> None:
    probs = np.linspace(0.95, 0.51, 16).tolist()  # each of another level
    assert of_one_class([0, 0, 0, 0, *[1] * 7, *[0] * 5], probs).reaches_sure_rows == 0
    assert of_one_class([1, 1, 0, 0, *[1] * 5, *[0] * 7], probs).reaches_sure_rows == 1
    one_of_four = of_one_class(
        [1, 0, 0, 0, *[1] * 7, *[0] * 5], probs
    )  # a quarter of the surest, half of all
    assert np.isclose(one_of_four.reaches_sure_rows, (0.5 - 0.20) / (0.72 - 0.20))


def test_equally_sure_rows_count_evenly() -> None:
    for wrong in ([1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1]):
        assert of_one_class(wrong, [0.9] * 8).reaches_sure_rows == 1


def test_without_disagreement_there_is_nothing_to_believe() -> None:
    assert of_one_class([0, 0, 0], [0.9, 0.8, 0.7]) == Belief(0.0, 0.0)


def flipped(n: int, flips: dict[int, int]) -> Problem:
    """Rows that a perfect model is more or less sure of, with a fifth of each flipped class's labels flipped."""
    rng = np.random.default_rng(0)
    true = np.arange(n) % 4
    sure = rng.uniform(0.4, 1, n)[:, None]
    probs = sure * np.eye(4)[true] + (1 - sure) / 4
    labels = true.copy()
    for one, other in flips.items():
        rows = np.flatnonzero(true == one)
        labels[rows[rng.random(len(rows)) < 0.2]] = other
    return Problem(labels, probs)


def test_a_pattern_that_the_surest_rows_share_is_believed_and_the_more_rows_the_further() -> None:
    few, many = (believed(flipped(n, {0: 1, 1: 2, 2: 3})) for n in (400, 8000))
    assert few.reaches_sure_rows == many.reaches_sure_rows == 1
    assert few.in_pattern < many.in_pattern
    assert many.in_pattern > 0.7


def test_a_pattern_of_the_hard_rows_alone_is_not_believed() -> None:
    problem = flipped(8000, {0: 1, 1: 2, 2: 3})
    sure = problem.probs.max(axis=1) > 0.7
    labels = np.where(sure, problem.probs.argmax(axis=1), problem.labels)
    assert believed(Problem(labels, problem.probs)) == Belief(0.0, 0.0)


@settings(deadline=None)
@given(problems(most_rows=60))
def test_the_beliefs_equal_the_slow_obvious_ones(problem: Problem) -> None:
    assert np.allclose(believed(problem), slow.beliefs(problem), atol=1e-9)


@settings(deadline=None, max_examples=20)
@given(st.integers(300, 900), st.dictionaries(st.integers(0, 3), st.integers(0, 3)))
def test_beliefs_in_patterns_equal_the_slow_obvious_ones(n: int, flips: dict[int, int]) -> None:
    problem = flipped(n, flips)
    assert np.allclose(believed(problem), slow.beliefs(problem), atol=1e-9)


def test_each_true_class_gets_twenty_rows_of_even_noise() -> None:
    cells, counts = np.array([0, 1, 3]), np.array([8, 2, 10])  # 2 of 10 labelled 0 look like 1
    assert np.allclose(
        transition_of(cells, counts, np.array([10, 10]), 2, 1.0).dense(),
        [[(8 + 20 * 0.9) / 28, 20 * 0.1 / 28], [(2 + 20 * 0.1) / 32, (10 + 20 * 0.9) / 32]],
    )
    assert np.allclose(
        transition_of(cells, counts, np.array([10, 10]), 2, 0.0).dense(), [[0.9, 0.1], [0.1, 0.9]]
    )


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
