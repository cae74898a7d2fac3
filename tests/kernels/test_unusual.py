import numpy as np
import pytest

from emendata.kernels.unusual import deviations


def test_of_normal_values_deviations_are_standard_deviations() -> None:
    values = np.random.default_rng(0).normal(7, 3, 100_000)
    assert deviations(values, 0.01).std() == pytest.approx(1, rel=0.02)


def test_what_a_tenth_of_the_values_share_is_not_unusual() -> None:
    values = np.concatenate([np.random.default_rng(0).normal(0, 0.01, 850), np.full(150, 5.0), [100.0]])
    found = deviations(values, 0.001)
    assert found[850:1000].max() < 1.5
    assert found[-1] > 20


def test_no_deviation_is_believed_that_is_too_small() -> None:
    assert deviations(np.append(np.zeros(50), 1.0), least=0.5)[-1] == 2.0
