from collections.abc import Callable

import numpy as np
import pytest

from emendata.errors import InputError
from emendata.tasks.noise_matrices import noise_matrix_from_trace


def test_limits_of_a_drawn_matrix_are_kept() -> None:
    made = noise_matrix_from_trace(
        10, 8.5, min_trace_prob=0.7, max_trace_prob=0.95, min_noise_rate=0.005, max_noise_rate=0.1, seed=5
    )
    off = made[~np.eye(10, dtype=np.bool_)]
    assert 0.7 - 1e-9 <= made.diagonal().min() <= made.diagonal().max() <= 0.95 + 1e-9
    assert 0.005 - 1e-9 <= off.min() <= off.max() <= 0.1 + 1e-9


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: noise_matrix_from_trace(3, 3.5), "trace must be between 3e-05 and 3; got 3.5."),
        (lambda: noise_matrix_from_trace(3, 2, min_noise_rate=0.6), "impossible; got 2."),
        (lambda: noise_matrix_from_trace(3, 2, max_noise_rate=2), "max_noise_rate must be between 0 and 1; got 2."),
        (lambda: noise_matrix_from_trace(20, 1.001, frac_zero_noise_rates=0.9), "was found in 200 tries"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert message in str(caught.value)
