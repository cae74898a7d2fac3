import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import SIZES, Array, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.tasks.examples import Examples, open_examples
from emendata.tasks.surveys import Surveyed, judge, n_rivals_of, suggest, survey_examples

CLOSE = 2e-3


def opened(problem: Problem) -> Examples:
    return open_examples(problem.given, problem.probs)


def surveyed(problem: Problem, n_rivals: int | None = None) -> Surveyed:
    examples = opened(problem)
    return survey_examples(
        examples, n_rivals=n_rivals_of(examples.n_classes) if n_rivals is None else n_rivals
    )


def bits(found: Surveyed) -> list[bytes]:
    arrays = [
        *found.survey,
        found.thresholds,
        found.label_counts,
        found.joint.matrix(),
        judge(found),
        *suggest(found, np.arange(len(found.survey.own))),
    ]
    return [array.tobytes() for array in arrays]


def test_a_survey_holds_thresholds_counts_and_the_joint() -> None:
    found = surveyed(
        Problem(np.array([0, 0, 1, 1]), np.array([[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]]))
    )
    assert np.allclose(found.thresholds, [0.55, 0.8])
    assert found.label_counts.tolist() == [2, 2]
    assert found.survey.looks_like.tolist() == [0, 1, 1, -1]
    assert found.joint.matrix().tolist() == [[1, 1], [0, 1]]


@settings(deadline=None)
@given(problems())
def test_a_survey_equals_the_slow_obvious_one(problem: Problem) -> None:
    found = surveyed(problem, 2)
    assert found.thresholds.tolist() == slow.thresholds(problem)
    assert found.label_counts.tolist() == slow.label_counts(problem).tolist()
    assert found.joint.matrix().tolist() == slow.joint(problem).tolist()
    assert np.allclose(found.belief, slow.beliefs(problem))
    assert found.survey.own.tolist() == [
        p[y] if y >= 0 else 0 for y, p in zip(problem.labels, problem.read, strict=True)
    ]


@pytest.mark.parametrize("k", [300, 1000])
def test_many_classes_equal_the_slow_obvious_ones(k: int) -> None:
    problem = made(k, 150, k, dtype="float32", absent=k // 2, unlabelled=0.1)
    found = surveyed(problem)
    assert found.joint.matrix().tolist() == slow.joint(problem).tolist()
    assert np.allclose(found.belief, slow.beliefs(problem))


def test_thresholds_that_are_given_are_used() -> None:
    examples = opened(Problem(np.array([0, 1]), np.array([[0.6, 0.4], [0.3, 0.7]])))
    found = survey_examples(examples, thresholds=np.array([0.9, 0.4]))
    assert found.survey.looks_like.tolist() == [1, 1]
    assert found.thresholds.tolist() == [0.9, 0.4]


def test_rivals_are_kept_where_the_posterior_needs_them() -> None:
    assert [n_rivals_of(k) for k in (2, 16, 17, 1000)] == [0, 0, 5, 5]


@settings(deadline=None)
@given(problems(), st.sampled_from([None, 0.0, 1.0]))
def test_a_judgement_equals_the_slow_obvious_one(problem: Problem, belief: float | None) -> None:
    found = surveyed(problem)
    rows = np.random.default_rng(0).permutation(len(problem.labels))  # some, in any order
    rows = rows[: len(rows) // 2 + 1]
    suggested, probability = suggest(found, rows, belief=belief)
    expected = slow.posterior(problem, found.belief.in_pattern if belief is None else belief)
    right, slow_suggested, slow_probability = (np.array(values) for values in expected)
    assert np.allclose(judge(found, belief=belief), right, atol=CLOSE, equal_nan=True)
    assert np.allclose(probability, slow_probability[rows], atol=CLOSE)
    unlike = np.flatnonzero(suggested != slow_suggested[rows])  # only where two are about equal
    assert np.allclose(probability[unlike], slow_probability[rows][unlike], atol=1e-4)
    assert (suggested != problem.labels[rows]).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 99), st.integers(100, 400), st.sampled_from([2, 5, 16, 17, 60]), SIZES, st.booleans())
def test_threads_and_blocks_change_no_bit(seed: int, n: int, k: int, sizes: list[int], single: bool) -> None:
    problem = made(seed, n, k, dtype="float32" if single else "float64", unlabelled=0.1)
    with small_blocks():
        found = []
        for examples, n_threads in [
            *((opened(problem), n_threads) for n_threads in (1, 2, 5)),
            (open_examples(streamed(problem, sizes)), 2),
        ]:
            made_by = survey_examples(examples, n_rivals=n_rivals_of(k), n_threads=n_threads)
            found.append(bits(made_by))
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([np.nan, 1.0], "1 row of pred_probs holds NaN or infinity (the first is row 1)."),
        ([1.2, -0.2], "1 row of pred_probs holds negative values (the first is row 1)."),
        ([0.1, 0.1], "1 row of pred_probs does not sum to one (the first is row 1)."),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rows_that_are_no_distributions_are_refused(row: list[float], message: str, dtype: str) -> None:
    probs: Array = np.array([[0.9, 0.1], row, [0.2, 0.8]], dtype)
    with pytest.raises(InputError) as caught:
        surveyed(Problem(np.array([0, 1, 1]), probs))
    assert message in str(caught.value)


def test_arrays_are_not_changed_by_surveying_a_single_row() -> None:
    for k in (3, 20, 60):
        problem = made(0, 1, k)
        before = problem.probs.copy()
        judge(surveyed(problem, 5))
        assert np.array_equal(problem.probs, before)
