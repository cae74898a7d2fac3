from collections.abc import Callable

import pytest

from emendata.errors import InputError
from emendata.tasks.noise_matrices import is_learnable, noise_matrix_from_trace, uniform_noise_matrix


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: uniform_noise_matrix(1, 0.1), "n_classes must be at least 2; got 1."),
        (lambda: uniform_noise_matrix(3, 1.5), "noise_rate must be between 0 and 1; got 1.5."),
        (lambda: noise_matrix_from_trace(3, 2, prior=[0.5, 0.5]), "prior must hold 3 numbers of at least 0"),
        (lambda: is_learnable([[0.9, 0.1], [0.3, 0.7]], [0.5, 0.5]), "every column sums to one"),
        (lambda: is_learnable([0.9, 0.1], [0.5, 0.5]), "one line and one column per class; got shape (2,)."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert message in str(caught.value)
