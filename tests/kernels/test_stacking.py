import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.stacking import convex_weights, hedged, mix


def test_the_model_that_predicts_the_labels_gets_the_weight() -> None:
    noise = np.random.default_rng(0).random(500)
    weights = convex_weights([noise, np.full(500, 0.8)])
    assert weights[1] > 0.95
    assert np.isclose(weights.sum(), 1)


def test_one_model_has_all_the_weight() -> None:
    assert convex_weights([np.array([0.1, 0.9])]).tolist() == [1.0]


def test_equal_models_share_the_weight() -> None:
    own = np.array([0.2, 0.7, 0.9])
    assert np.allclose(convex_weights([own, own]), 0.5)


def test_the_weights_are_the_best_of_a_fine_grid() -> None:
    first, second = np.random.default_rng(1).random((2, 200))

    def likelihood(w: float) -> float:
        return float(np.log(w * first + (1 - w) * second).mean())

    best = max(np.linspace(0, 1, 1001), key=likelihood)
    assert abs(convex_weights([first, second])[0] - best) < 2e-3


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(30, 100), st.integers(2, 5), st.booleans())
def test_no_other_weights_fit_much_better(seed: int, n: int, m: int, single: bool) -> None:
    rng = np.random.default_rng(seed)
    own = rng.random((m, n)).astype(np.float32 if single else np.float64)
    weights = convex_weights(list(own))
    assert np.isclose(weights.sum(), 1)
    assert (weights >= 0).all()
    own = np.maximum(own, 1e-6)
    reached = np.log(weights @ own).mean()
    for others in [*np.eye(m), *rng.dirichlet(np.full(m, 0.5), 50)]:
        assert np.log(others @ own).mean() <= reached + 1e-2


def test_probabilities_of_zero_can_be_stacked() -> None:
    weights = convex_weights([np.array([0.0, 0.0, 0.9]), np.array([0.5, 0.5, 0.5])])
    assert np.isfinite(weights).all()
    assert weights[1] > weights[0]


def test_a_mix_of_distributions_is_a_distribution() -> None:
    mixed = mix([np.array([[0.9, 0.1]]), np.array([[0.5, 0.5]])], np.array([0.25, 0.75]))
    assert np.allclose(mixed, [[0.6, 0.4]])


def test_a_part_of_the_weight_is_spread_evenly() -> None:
    assert np.allclose(hedged(np.array([1.0, 0.0])), [0.875, 0.125])
    assert np.allclose(hedged(np.array([1.0, 0.0]), 0.5), [0.75, 0.25])
    assert np.allclose(hedged(np.array([0.2, 0.8]), 0.0), [0.2, 0.8])
    assert np.allclose(hedged(np.array([1.0, 0.0, 0.0]), 1.0), 1 / 3)
