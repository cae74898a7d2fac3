from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks.problems import SIZES, Array, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.tasks.classification import find_label_issues, score_labels, stack_weights, stream
from emendata.tasks.ensembles import given_probabilities, open_each, open_stacked
from emendata.tasks.examples import Opening

LABELS = [0, 1, 1]
GOOD, EVEN = [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9]], [[0.5, 0.5]] * 3


def models_of(problem: Problem, seed: int, m: int) -> list[Array]:
    others = [made(seed + i, *problem.probs.shape).probs.astype(problem.probs.dtype) for i in range(m - 1)]
    return [problem.probs, *others]


def test_half_of_the_weight_is_spread_evenly() -> None:
    assert np.allclose(stack_weights(LABELS, [GOOD, EVEN]), [0.75, 0.25], atol=1e-3)
    assert np.allclose(stack_weights(LABELS, [EVEN, GOOD]), [0.25, 0.75], atol=1e-3)
    assert stack_weights(LABELS, [GOOD]).tolist() == [1.0]
    assert stack_weights(LABELS, GOOD).tolist() == [1.0]


def test_equal_models_share_the_weight() -> None:
    assert np.allclose(stack_weights(LABELS, [GOOD, GOOD, GOOD]), 1 / 3)


def test_an_array_of_three_dimensions_holds_models() -> None:
    assert np.array_equal(stack_weights(LABELS, np.array([GOOD, EVEN])), stack_weights(LABELS, [GOOD, EVEN]))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 999), st.integers(0, 99), st.integers(2, 4))
def test_no_other_mixture_makes_the_labels_much_likelier(n: int, seed: int, m: int) -> None:
    problem = made(seed, 30 + n % 50, 2 + n % 20, unlabelled=0.2)
    weights = stack_weights(problem.given, models_of(problem, seed, m))
    assert np.isclose(weights.sum(), 1)
    assert (weights >= 0.5 / m - 1e-12).all()
    best = 2 * weights - 1 / m  # before half was spread evenly
    own = np.array(
        [
            [max(float(p[y]), 1e-6) for y, p in zip(problem.labels, probs, strict=True) if y >= 0]
            for probs in models_of(problem, seed, m)
        ]
    )
    reached = np.log(best @ own).mean()
    for others in [*np.eye(m), *np.random.default_rng(seed).dirichlet(np.full(m, 0.5), 30)]:
        assert np.log(others @ own).mean() <= reached + 1e-2


def test_rows_without_a_label_have_no_say() -> None:
    more = [[*GOOD, [0.5, 0.5]], [*EVEN, [0.0, 1.0]]]
    assert np.allclose(stack_weights([*LABELS, None], more), stack_weights(LABELS, [GOOD, EVEN]))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 99), st.integers(100, 300), st.sampled_from([2, 17, 60]), st.booleans())
def test_threads_change_no_bit(seed: int, n: int, k: int, single: bool) -> None:
    problem = made(seed, n, k, dtype="float32" if single else "float64", unlabelled=0.1)
    models = models_of(problem, seed, 3)
    with small_blocks():
        weights = [stack_weights(problem.given, models, n_threads=n).tobytes() for n in (1, 2, 5)]
        scores = [score_labels(problem.given, models, n_threads=n).tobytes() for n in (1, 2, 5)]
    assert weights[0] == weights[1] == weights[2]
    assert scores[0] == scores[1] == scores[2]


@settings(deadline=None, max_examples=40)
@given(problems(tied=False), st.integers(0, 99))
def test_the_stack_is_the_weighted_mean_of_the_models(problem: Problem, seed: int) -> None:
    models = models_of(problem, seed, 2)
    weights = stack_weights(problem.given, models)
    examples = open_stacked(problem.given, models, Opening())
    found = np.concatenate([block() for block in examples.probs.blocks(64)])
    assert np.allclose(found, weights[0] * models[0] + weights[1] * models[1], atol=1e-3)


def test_issues_are_found_in_the_stack() -> None:
    labels, sure = [0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]
    assert find_label_issues(labels, [sure, EVEN]).tolist() == [False, False, True]


@settings(deadline=None, max_examples=40)
@given(problems(), SIZES)
def test_the_probability_of_each_label_is_read_from_any_source(problem: Problem, sizes: list[int]) -> None:
    wanted = [float(p[y]) if y >= 0 else 0.0 for y, p in zip(problem.labels, problem.read, strict=True)]
    for data in ((problem.given, problem.probs), (streamed(problem, sizes), None)):
        examples, (model,) = open_each(data[0], data[1], Opening())
        found = given_probabilities(examples, model, None)
        assert found.dtype == problem.read.dtype
        assert found.tolist() == wanted


def test_a_stream_is_one_model() -> None:
    pairs = stream([(LABELS[:1], GOOD[:1]), (LABELS[1:], GOOD[1:])])
    assert stack_weights(pairs, None).tolist() == [1.0]


@pytest.mark.parametrize(
    ("models", "message"),
    [
        ([GOOD, EVEN[:2]], "pred_probs[1] has shape (2, 2) but pred_probs[0] has shape (3, 2)."),
        ([GOOD, [[0.1, 0.1], *GOOD[1:]]], "1 row of pred_probs does not sum to one (the first is row 0)."),
        ([[*GOOD[:2], [np.nan, 1]], EVEN], "1 row of pred_probs holds NaN or infinity (the first is row 2)."),
        (None, "pred_probs is missing."),
    ],
)
def test_models_that_cannot_be_stacked_say_the_way_out(models: Any, message: str) -> None:
    if models is not None:
        models = [np.array(model) for model in models]
    with pytest.raises(InputError) as caught:
        stack_weights(LABELS, models)
    assert message in str(caught.value)
