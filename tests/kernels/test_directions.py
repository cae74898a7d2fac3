import numpy as np

from emendata.kernels.directions import of_length_one
from emendata.kernels.neighbors import nearest_rows


def test_the_nearest_are_those_of_the_smallest_angle() -> None:
    rng = np.random.default_rng(0)
    points = (rng.normal(size=(200, 6)) * rng.lognormal(0, 2, (200, 1))).astype(np.float32)
    rows, distances = nearest_rows(of_length_one(points), 5)
    unit = points.astype(np.float64) / np.linalg.norm(points.astype(np.float64), axis=1, keepdims=True)
    cosine = 1 - unit @ unit.T
    np.fill_diagonal(cosine, np.inf)
    assert np.array_equal(rows, np.argsort(cosine, axis=1)[:, :5])
    assert np.allclose(distances**2 / 2, np.sort(cosine, axis=1)[:, :5], atol=1e-6)


def test_a_row_of_zeros_has_no_direction_and_stays() -> None:
    assert of_length_one(np.zeros((2, 3), np.float32)).tolist() == [[0.0] * 3] * 2


def test_numbers_of_any_size_are_drawn_out() -> None:
    points = np.array([[1e-20, 0], [1e18, 1e18]], dtype=np.float32)
    assert np.allclose(np.linalg.norm(of_length_one(points), axis=1), 1)
