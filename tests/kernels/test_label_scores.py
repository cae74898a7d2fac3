import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata
from tests.tasks import slow
from tests.tasks.problems import Problem, problems

from emendata.kernels.label_scores import (
    best_others,
    confidence_weighted,
    entropy,
    knowledge,
    log_loss_weights,
    mean_of_ranks,
    odds_share,
)


@settings(deadline=None)
@given(problems())
def test_the_best_other_class_is_the_most_probable_that_is_not_the_label(problem: Problem) -> None:
    probs = problem.read
    suggested, own, best = best_others(problem.labels, probs)
    for row, code in enumerate(problem.labels.tolist()):
        others = {k: p for k, p in enumerate(probs[row].tolist()) if k != code}
        if not others:
            continue
        assert own[row] == (probs[row, code] if code >= 0 else 0)
        assert best[row] == others[int(suggested[row])] == max(others.values())


def test_the_share_of_the_odds_is_that_of_the_given_label() -> None:
    assert np.allclose(odds_share(np.array([0.8, 0.3, 0.0]), np.array([0.2, 0.6, 1.0])), [0.8, 1 / 3, 1e-6])
    assert odds_share(np.zeros(1), np.zeros(1)) == 0.5


def test_the_entropy_is_in_nats_and_nothing_counts_as_nothing() -> None:
    assert np.allclose(entropy(np.array([[0.5, 0.5], [1.0, 0.0], [0.25, 0.75]])), [np.log(2), 0, 0.5623351])


@settings(deadline=None)
@given(problems(unlabelled=False))
def test_entropies_and_the_weighted_score_equal_the_slow_obvious_ones(problem: Problem) -> None:
    block = problem.read
    found = entropy(block)
    assert found.dtype == block.dtype
    assert np.allclose(
        found, [-sum(x * np.log(x) for x in p.astype(float) if x > 0) for p in block], atol=1e-5
    )
    own = block[np.arange(len(block)), problem.labels]
    weighted = confidence_weighted(own, found, block.shape[1])
    assert np.allclose(weighted, slow.scores(problem, slow.confidence_weighted_entropy), atol=1e-5)
    assert ((weighted > 0) & (weighted <= 1)).all()


def test_a_sure_right_row_has_the_best_weighted_score() -> None:
    own, entropies = np.array([1.0, 1.0 + 1e-9, 0.5, 0.0]), np.array([0.0, -1e-9, np.log(2), 0.0])
    weighted = confidence_weighted(own, entropies, 2)
    assert np.allclose(weighted[:2], 1, atol=1e-6)
    assert (weighted <= 1).all()
    assert np.isclose(weighted[2], np.log(3) / 2)  # 1 of entropy over 0.5


def test_ranks_are_averaged_and_equal_values_share_theirs() -> None:
    assert np.allclose(
        mean_of_ranks(np.array([3.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])), [4 / 6, 3.5 / 6, 4.5 / 6]
    )
    assert mean_of_ranks(np.array([]), np.array([])).shape == (0,)


def test_rows_left_out_have_no_rank_and_change_none() -> None:
    ranks = mean_of_ranks(np.array([0.5, 9, 0.1]), np.array([0.5, 9, 0.1]), np.array([False, True, False]))
    assert np.array_equal(ranks, np.array([1.0, np.nan, 0.5], "f4"), equal_nan=True)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.floats(0, 1, width=32)), min_size=1, max_size=40), st.booleans()
)
def test_mean_ranks_equal_those_of_scipy(values: list[tuple[int, float]], single: bool) -> None:
    first, second = np.array(values, np.float32 if single else np.float64).T
    expected = (rankdata(first) + rankdata(second)) / 2 / len(first)
    assert np.allclose(mean_of_ranks(first, second), expected, atol=1e-6)


def test_the_model_of_lower_log_loss_weighs_more_if_that_fits_better() -> None:
    own = np.array([[0.9, 0.4], [0.8, 0.5], [0.9, 0.3]])
    weights = log_loss_weights(own)
    assert weights[0] > 0.99
    assert np.isclose(weights.sum(), 1)


def test_models_whose_errors_are_their_own_share_the_weight() -> None:
    own = np.array([[0.9, 0.1], [0.1, 0.9]] * 5)
    assert np.allclose(log_loss_weights(own), [0.5, 0.5])


@given(st.integers(0, 999), st.integers(1, 30), st.integers(1, 4))
def test_log_loss_weights_are_the_best_of_the_eight(seed: int, n: int, m: int) -> None:
    own = np.random.default_rng(seed).random((n, m))
    losses = [-sum(np.log(own[i, j]) for i in range(n)) / n for j in range(m)]
    fits = {}
    for t in (1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0, 200.0):
        raw = [np.exp(-t * (loss - min(losses))) for loss in losses]
        weights = np.array(raw) / sum(raw)
        fits[-np.log(own @ weights).mean()] = weights
    found = log_loss_weights(own)
    assert np.isclose(-np.log(own @ found).mean(), min(fits))
    assert any(np.allclose(found, weights) for weights in fits.values())


def test_probabilities_of_zero_and_above_one_leave_weights_finite() -> None:
    weights = log_loss_weights(np.array([[0.0, 1.0 + 1e-9], [1.0, 0.5]]))
    assert np.isfinite(weights).all()
    assert weights[1] > weights[0]


def test_guessing_frequencies_is_no_knowledge_and_hitting_the_labels_is() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 400)
    frequency = np.bincount(labels) / 400
    noise = rng.dirichlet(50 * frequency, 400)
    assert knowledge(labels, np.tile(frequency, (400, 1))) <= 0
    assert knowledge(labels, noise) < 2
    assert knowledge(labels, np.where(np.arange(2) == labels[:, None], 0.7, 0.3)) > 10
