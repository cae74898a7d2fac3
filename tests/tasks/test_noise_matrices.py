from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.tasks.noise_inputs import as_noise_matrix
from emendata.tasks.noise_matrices import is_learnable, noise_matrix_from_trace, uniform_noise_matrix


def test_uniform_noise_by_hand() -> None:
    assert np.allclose(uniform_noise_matrix(3, 0.2), [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    assert uniform_noise_matrix(2, 1.0).tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_learnable_means_that_no_class_drowns() -> None:
    assert is_learnable([[0.8, 0.3], [0.2, 0.7]], [0.5, 0.5])
    assert not is_learnable([[0.5, 0.5], [0.5, 0.5]], [0.5, 0.5])
    common = [[0.95, 0.5, 0.0], [0.0, 0.5, 0.6], [0.05, 0.0, 0.4]]
    assert is_learnable(common, [0.4, 0.3, 0.3])
    assert not is_learnable(common, [0.0, 0.05, 0.95])  # most of class 2 carries label 1
    assert is_learnable(common, [0.5, 0.5, 0.0])  # which nobody notices if there is no class 2


@settings(max_examples=80, deadline=None)
@given(
    st.integers(2, 50),
    st.floats(0.02, 1),
    st.sampled_from([0.0, 0.3]),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_a_drawn_matrix_keeps_its_promises(k: int, part: float, zeros: float, valid: bool, seed: int) -> None:
    trace = 1.1 + part * (k - 1.1) if valid else part * k
    prior = np.random.default_rng(seed).dirichlet(np.ones(k))
    zeros = zeros if k > 3 and trace > 2 else 0.0
    made = noise_matrix_from_trace(k, trace, frac_zero_noise_rates=zeros, prior=prior, valid=valid, seed=seed)
    assert np.isclose(made.trace(), trace)
    assert np.allclose(made.sum(axis=0), 1)
    assert ((made >= 0) & (made <= 1 + 1e-12)).all()
    assert np.count_nonzero(made == 0) >= int(zeros * k * (k - 1))
    assert is_learnable(made, prior) or not valid


def test_no_noise_at_all_is_a_matrix_too() -> None:
    assert np.allclose(noise_matrix_from_trace(4, 4.0), np.eye(4))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: noise_matrix_from_trace(3, 0.9), "only if trace is above 1 and no class is alone; got trace 0.9"),
        (lambda: noise_matrix_from_trace(3, 2, prior=[1, 0, 0]), "Raise trace, or pass valid=False."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert message in str(caught.value)


def test_what_rounding_left_of_a_matrix_is_put_right() -> None:
    matrix = as_noise_matrix([[0.9 + 9e-7, 0], [0.1, 1]])
    assert np.abs(matrix.sum(axis=0) - 1).max() < 1e-15
