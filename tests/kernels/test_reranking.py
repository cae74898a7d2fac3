import numpy as np
from scipy.optimize import minimize

from emendata.kernels.reranking import learned_weights


def test_the_weights_are_the_minimum_of_what_is_minimised() -> None:
    rng = np.random.default_rng(0)
    ranks = rng.random((80, 3))
    changed = rng.random(80) < ranks[:, 0]
    prior = np.array([4.0, 0.0, 0.0])

    def loss(weights: np.ndarray) -> float:
        x = np.column_stack([ranks - 0.5, np.ones(80)])
        fit = np.logaddexp(0, np.where(changed, -1, 1) * (x @ weights)).sum()
        pull = 0.5 * ((weights[:3] - prior) ** 2).sum() + 0.5e-3 * weights[3] ** 2
        return float(fit + pull)

    slow = minimize(loss, np.append(prior, 0.0), method="BFGS", options={"gtol": 1e-8}).x
    assert np.allclose(learned_weights(ranks, changed, prior), slow, atol=1e-5)


def test_without_answers_the_weights_are_those_believed_before() -> None:
    weights = learned_weights(np.zeros((0, 2)), np.zeros(0, bool), np.array([4.0, 1.0]))
    assert np.allclose(weights, [4, 1, 0])


def test_scores_that_tell_apart_perfectly_do_not_run_away() -> None:
    ranks = np.linspace(0, 1, 40)[:, None]
    weights = learned_weights(ranks, ranks[:, 0] > 0.5, np.array([1.0]))
    assert 1 < weights[0] < 20
