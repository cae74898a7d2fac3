import numpy as np
import pytest

from emendata.kernels.accidents import accident_radius, intrinsic_dimension
from emendata.kernels.neighbors import nearest_rows


def even_cloud(dimensions: int, n: int = 3000) -> np.ndarray:
    return np.random.default_rng(0).random((n, dimensions)).astype(np.float32)


@pytest.mark.parametrize("dimensions", [1, 2, 5])
def test_the_dimension_of_an_even_cloud_is_found(dimensions: int) -> None:
    _, distances = nearest_rows(even_cloud(dimensions), 10)
    assert intrinsic_dimension(distances) == pytest.approx(dimensions, rel=0.15)


def test_a_plane_in_space_has_two_dimensions() -> None:
    flat = even_cloud(2) @ np.random.default_rng(1).normal(size=(2, 20)).astype(np.float32)
    _, distances = nearest_rows(flat.astype(np.float32), 10)
    assert intrinsic_dimension(distances) == pytest.approx(2, rel=0.15)


@pytest.mark.parametrize("dimensions", [1, 2, 5])
def test_accident_puts_about_as_many_neighbours_within_the_radius_as_expected(dimensions: int) -> None:
    _, distances = nearest_rows(even_cloud(dimensions), 10)
    within = distances < accident_radius(distances, 100.0)[:, None]
    assert 40 < within.sum() < 250


def test_where_all_rows_are_identical_the_radius_is_zero() -> None:
    assert accident_radius(np.zeros((5, 3), np.float32), 1.0).tolist() == [0.0] * 5
