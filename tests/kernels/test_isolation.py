import numpy as np
import pytest

from emendata.kernels.isolation import cuts_to_isolate, usual_cuts
from emendata.records import Float32Array


def cloud(n: int = 500, d: int = 5) -> Float32Array:
    return np.random.default_rng(0).normal(size=(n, d)).astype(np.float32)


def test_usual_cuts_are_the_mean_depth_of_random_search_trees() -> None:
    def grown(values: list[float], rng: np.random.Generator) -> float:
        """Sum of the depths of all values in a tree of random cuts at ranks."""
        if len(values) < 2:
            return 0.0
        cut = int(rng.integers(1, len(values)))
        return len(values) + grown(values[:cut], rng) + grown(values[cut:], rng)

    rng = np.random.default_rng(0)
    depths = [grown(list(range(20)), rng) / 20 for _ in range(2000)]
    assert float(usual_cuts(20)[0]) == pytest.approx(np.mean(depths), rel=0.02)


def test_rows_of_an_even_cloud_need_about_as_many_cuts_as_is_usual() -> None:
    even = np.random.default_rng(0).random((256, 5)).astype(np.float32)
    assert cuts_to_isolate(even).mean() == pytest.approx(float(usual_cuts(256)[0]), rel=0.15)


def test_far_rows_are_soon_apart_also_where_they_are_alike() -> None:
    points = cloud()
    points[:6] += 9
    cuts = cuts_to_isolate(points)
    assert cuts[:6].max() < np.quantile(cuts[6:], 0.05)


def test_cuts_repeat_themselves_and_do_not_depend_on_how_rows_are_read() -> None:
    points = cloud(6000, 3)
    cuts = cuts_to_isolate(points)
    assert np.array_equal(cuts, cuts_to_isolate(np.asfortranarray(points)))
    assert not np.array_equal(cuts, cuts_to_isolate(points, seed=1))


@pytest.mark.parametrize("points", [np.zeros((1, 2)), np.zeros((40, 3)), np.array([[0], [0], [1]])])
def test_equal_rows_and_few_rows_are_no_trouble(points: np.ndarray) -> None:
    cuts = cuts_to_isolate(points.astype(np.float32))
    assert np.isfinite(cuts).all()
    assert cuts[0] == cuts.max()
