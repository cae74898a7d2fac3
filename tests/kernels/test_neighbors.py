import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.neighbors import nearest_rows


def test_three_points_on_a_line() -> None:
    rows, distances = nearest_rows(np.array([[0.0], [1.0], [3.0]], dtype=np.float32), 2)
    assert rows.tolist() == [[1, 2], [0, 2], [1, 0]]
    assert distances.tolist() == [[1, 3], [1, 2], [2, 3]]


def test_copies_are_neighbours_at_distance_zero_but_never_the_row_itself() -> None:
    points = np.tile(np.array([[1e3, -7.3, 0.1]], dtype=np.float32), (5, 1))
    rows, distances = nearest_rows(points, 3)
    assert (distances == 0).all()
    assert all(i not in rows[i] for i in range(5))


@pytest.mark.parametrize("n", [2, 513, 1100])
def test_block_borders_change_nothing(n: int) -> None:
    points = np.random.default_rng(n).normal(size=(n, 4)).astype(np.float32)
    k = min(7, n - 1)
    rows, distances = nearest_rows(points, k)
    exact = np.linalg.norm(points[:, None, :].astype(np.float64) - points[None], axis=2)
    np.fill_diagonal(exact, np.inf)
    assert np.allclose(distances, np.sort(exact, axis=1)[:, :k], atol=1e-5)
    assert np.allclose(np.take_along_axis(exact, rows, axis=1), distances, atol=1e-5)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 40), st.integers(1, 5))
def test_distances_equal_the_slow_obvious_ones_with_ties(seed: int, n: int, d: int) -> None:
    points = np.random.default_rng(seed).integers(0, 3, (n, d)).astype(np.float32)
    k = min(4, n - 1)
    _, distances = nearest_rows(points, k)
    exact = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(exact, np.inf)
    assert np.allclose(distances, np.sort(exact, axis=1)[:, :k], atol=1e-5)
