import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.temperature import best_power, sharpened


@pytest.mark.parametrize("power", [0.3, 1.0, 4.0])
def test_the_power_that_blurred_honest_probabilities_is_found(power: float) -> None:
    rng = np.random.default_rng(0)
    honest = rng.dirichlet(np.ones(3), 20_000)
    labels = (honest.cumsum(axis=1) > rng.random((20_000, 1))).argmax(axis=1)
    assert best_power(labels, sharpened(honest, 1 / power)) == pytest.approx(power, rel=0.05)


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 10.0))
def test_sharpened_rows_are_distributions_in_the_same_order(seed: int, power: float) -> None:
    probs = np.random.default_rng(seed).dirichlet(np.ones(4), 20)
    sharp = sharpened(probs, power)
    assert np.allclose(sharp.sum(axis=1), 1)
    assert (np.argsort(sharp, axis=1, kind="stable")[:, -1] == probs.argmax(axis=1)).all()
