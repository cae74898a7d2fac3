import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import Problem, problems

from emendata.kernels.belief import Belief, belief_in
from emendata.kernels.cells import counted


def believed(problem: Problem) -> Belief:
    labels, block = problem.labels.astype(np.int32), problem.read
    like = np.array(slow.looks_like(block, slow.thresholds(problem)), np.int16)
    return belief_in(
        labels,
        block.argmax(axis=1).astype(np.int16),
        block.max(axis=1),
        counted(labels, like, block.shape[1]),
        slow.label_counts(problem),
    )


def of_one_class(wrong: list[int], probs: list[float]) -> Belief:
    """Belief where all rows are predicted to be class 0 and some carry label 1."""
    return believed(Problem(np.array(wrong), np.array([[p, 1 - p] for p in probs])))


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
