import numpy as np
import pytest

from emendata.kernels.nearness import accidental_nearness, pair_nearness
from emendata.kernels.neighbors import nearest_rows
from emendata.records import Float32Array


def cloud(dimensions: int, n: int = 2000, seed: int = 0) -> Float32Array:
    return np.random.default_rng(seed).random((n, dimensions)).astype(np.float32)


def expected_pairs(distances: Float32Array, nearness: float) -> float:
    drawn, weight = accidental_nearness(distances)
    return float(weight * (drawn >= nearness).sum())


@pytest.mark.parametrize("dimensions", [1, 2, 5, 20])
def test_accident_makes_about_as_many_near_pairs_as_are_expected(dimensions: int) -> None:
    counted, expected = 0, 0.0
    for seed in range(5):
        rows, distances = nearest_rows(cloud(dimensions, seed=seed), 10)
        near = pair_nearness(rows, distances) > 7
        pairs = np.sort(np.column_stack([np.nonzero(near)[0], rows[near]]), axis=1)
        counted += len(np.unique(pairs, axis=0))
        expected += expected_pairs(distances, 7.0)
    assert counted < 1.3 * expected + 5
    assert (
        expected < 5 * 2000 * 9 / 2 * np.exp(-7) * 3
    )  # the law of even clouds, and what few gaps leave unsure


def test_two_copies_stand_out_the_more_the_more_directions_there_are() -> None:
    found = []
    for dimensions in (2, 8):
        points = cloud(dimensions)
        points[1] = points[0] + np.float32(1e-3)
        rows, distances = nearest_rows(points, 10)
        found.append(float(pair_nearness(rows, distances)[0, 0]))
        assert (expected_pairs(distances, found[-1]) < 1) == (dimensions == 8)
    assert found[0] < found[1]


def test_of_a_pair_the_row_counts_that_finds_it_less_near() -> None:
    points = np.concatenate([cloud(3) * 0.01, [[0.5, 0.5, 0.5]], [[0.501, 0.5, 0.5]]]).astype(np.float32)
    rows, distances = nearest_rows(points, 10)
    nearness = pair_nearness(rows, distances)
    assert nearness[2000, 0] == pytest.approx(nearness[2001, 0])
    edge = rows[2000, 1]  # far from its neighbour for itself, and for the other more so
    assert nearness[2000, 1] < 1 or edge in (2000, 2001)


def test_near_duplicates_are_no_part_of_what_accident_is_taken_for() -> None:
    points = cloud(5)
    _, distances = nearest_rows(points, 10)
    copied = np.concatenate([points, points[:400] + np.float32(1e-4)])
    _, with_copies = nearest_rows(copied, 10)
    assert accidental_nearness(with_copies)[0][10] < 1.5 * accidental_nearness(distances)[0][10]


def test_where_all_neighbours_are_identical_nothing_tells_what_is_near() -> None:
    distances = np.zeros((5, 3), np.float32)
    drawn, _ = accidental_nearness(distances)
    assert len(drawn) == 0
    assert (pair_nearness(np.array([[1, 2, 3]] * 5), distances) == 0).all()
