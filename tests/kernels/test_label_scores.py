import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.label_scores import (
    Judgement,
    doubtful,
    judge,
    knowledge,
    label_posterior,
    log_margin,
    order_by_both,
)


def test_the_margin_is_the_log_ratio_of_given_and_best_other() -> None:
    margin = log_margin(np.array([0, 1]), np.array([[0.8, 0.1, 0.1], [0.6, 0.3, 0.1]]))
    assert np.allclose(margin, [np.log(8), np.log(0.5)])


def test_without_noise_the_posterior_is_certain() -> None:
    labels = np.array([0, 1])
    assert np.allclose(label_posterior(labels, np.array([[0.7, 0.3], [0.6, 0.4]]), np.eye(2)), 1.0)


def test_a_known_flip_rate_gives_bayes_rule() -> None:
    # Given labels keep the class with 0.8; the predicted mix 0.5/0.5 of given labels means 0.5/0.5 of true ones.
    transition = np.array([[0.8, 0.2], [0.2, 0.8]])
    assert np.allclose(label_posterior(np.array([0]), np.array([[0.5, 0.5]]), transition), 0.8)


def test_ranks_are_summed_and_ties_shared() -> None:
    assert np.allclose(
        order_by_both(np.array([3.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])), [4 / 6, 3.5 / 6, 4.5 / 6]
    )
    assert order_by_both(np.array([]), np.array([])).shape == (0,)


@given(st.integers(0, 2**32 - 1), st.integers(2, 5), st.integers(1, 50))
def test_scores_are_probabilities_and_follow_permuted_rows(seed: int, n_classes: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    labels, probs = rng.integers(0, n_classes, n), rng.dirichlet(np.ones(n_classes), n)
    scores = judge(labels, probs).scores
    order = rng.permutation(n)
    again = judge(labels[order], probs[order]).scores
    assert ((scores >= 0) & (scores <= 1)).all()
    assert np.allclose(np.sort(again), np.sort(scores))


def test_as_many_are_flagged_as_have_another_class_three_times_as_probable() -> None:
    rng = np.random.default_rng(0)
    labels, probs = rng.integers(0, 3, 300), rng.dirichlet(np.ones(3), 300)
    judged = judge(labels, probs)
    flagged = doubtful(judged, 3.0)
    lowest = judged.scores < 0.25
    assert lowest.sum() == (judged.margin < -np.log(3)).sum() > 0
    assert np.array_equal(flagged, lowest & (judged.margin < 0))


def test_the_most_probable_class_is_never_flagged() -> None:
    judged = Judgement(np.array([0.1, 0.2]), np.log([2.0, 1 / 9]), np.array([0.5, 0.5]))
    assert doubtful(judged, 3.0).tolist() == [False, True]


def test_guessing_frequencies_is_no_knowledge_and_hitting_the_labels_is() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 400)
    frequency = np.bincount(labels) / 400
    noise = rng.dirichlet(50 * frequency, 400)
    assert knowledge(labels, np.tile(frequency, (400, 1))) <= 0
    assert knowledge(labels, noise) < 2
    assert knowledge(labels, np.where(np.arange(2) == labels[:, None], 0.7, 0.3)) > 10
