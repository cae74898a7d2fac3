import numpy as np

from emendata.kernels.stacking import convex_weights, hedged, mix


def test_the_model_that_predicts_the_labels_gets_the_weight() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 500)
    good = np.full((500, 3), 0.1)
    good[np.arange(500), labels] = 0.8
    noise = rng.dirichlet(np.ones(3), 500)
    weights = convex_weights(labels, [noise, good])
    assert weights[1] > 0.95
    assert np.isclose(weights.sum(), 1)


def test_the_weights_are_the_best_of_a_fine_grid() -> None:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 2, 200)
    first, second = rng.dirichlet([1, 1], 200), rng.dirichlet([2, 1], 200)

    def likelihood(w: float) -> float:
        return float(np.log(mix([first, second], np.array([w, 1 - w]))[np.arange(200), labels]).mean())

    best = max(np.linspace(0, 1, 1001), key=likelihood)
    assert abs(convex_weights(labels, [first, second])[0] - best) < 2e-3


def test_a_mix_of_distributions_is_a_distribution() -> None:
    mixed = mix([np.array([[0.9, 0.1]]), np.array([[0.5, 0.5]])], np.array([0.25, 0.75]))
    assert np.allclose(mixed, [[0.6, 0.4]])


def test_a_quarter_of_the_weight_is_spread_evenly() -> None:
    assert np.allclose(hedged(np.array([1.0, 0.0])), [0.875, 0.125])
