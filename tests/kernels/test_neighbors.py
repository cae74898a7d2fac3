from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.engine.blocks import map_ranges
from emendata.kernels import neighbors
from emendata.kernels.neighbors import ExactSearch, nearest_rows
from emendata.pipeline.nearest import do_job


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


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 40), st.integers(1, 3), st.booleans())
def test_equal_distances_stand_by_row_number_among_many_copies(
    seed: int, n: int, d: int, every_row: bool
) -> None:
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, 3, (n, d))
    drawn -= drawn.mean(axis=0).round().astype(np.int64)
    points: Any = np.concatenate([drawn, -drawn]).astype(np.float16 if seed % 2 else np.float32)
    k = len(points) - 1 if every_row else min(4, n - 1)
    rows, distances = nearest_rows(points, k)
    wide = points.astype(np.float64)
    squares = np.square(wide[:, None] - wide[None]).sum(axis=2)
    np.fill_diagonal(squares, np.inf)
    expected = np.argsort(squares, axis=1, kind="stable")[:, :k]
    assert rows.tolist() == expected.tolist()
    assert np.array_equal(
        distances, np.sqrt(np.take_along_axis(squares, expected, axis=1).astype(np.float32))
    )


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 60), st.integers(1, 4), st.integers(1, 25))
def test_blocks_of_any_size_find_what_the_slow_obvious_way_finds(
    seed: int, n: int, d: int, block: int
) -> None:
    rng = np.random.default_rng(seed)
    drawn = rng.integers(-3, 4, (n, d))
    points = np.concatenate([drawn, -drawn]).astype(
        np.float32
    )  # their mean is 0, so that products have no rounding
    k = int(rng.integers(1, len(points)))
    with mock.patch.object(neighbors, "_BLOCK", block):
        rows, distances = nearest_rows(points, k)
    squares = np.square(points[:, None].astype(np.float64) - points[None]).sum(axis=2)
    np.fill_diagonal(squares, np.inf)
    expected = np.argsort(squares, axis=1, kind="stable")[:, :k]
    assert rows.tolist() == expected.tolist()
    assert np.array_equal(
        distances, np.sqrt(np.take_along_axis(squares, expected, axis=1).astype(np.float32))
    )


@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_of_more_equals_than_there_is_room_for_any_number_of_threads_keeps_the_same(n_threads: int) -> None:
    points = np.eye(400, dtype=np.float32)[:, ::-1]
    with mock.patch.object(neighbors, "_BLOCK", 16):
        search = ExactSearch(points, 7)
        for jobs in search.passes():
            list(map_ranges(len(jobs), partial(do_job, jobs), step=1, n_threads=n_threads))
        rows, distances = search.result()
        alone, _ = nearest_rows(points, 7)
    assert np.array_equal(rows, alone)
    assert np.allclose(distances, np.sqrt(2))


@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_the_number_of_threads_changes_no_bit(n_threads: int) -> None:
    points = np.random.default_rng(1).normal(size=(5000, 16)).astype(np.float32)
    points[100:200] = points[0]
    search = ExactSearch(points, 10)
    done: list[int] = []
    for jobs in search.passes():
        done += map_ranges(len(jobs), partial(do_job, jobs), step=1, n_threads=n_threads)
    rows, distances = search.result()
    alone, near = nearest_rows(points, 10)
    assert sum(done) == 4900
    assert np.array_equal(rows, alone)
    assert np.array_equal(distances, near)
    assert rows[150].tolist() == [0, *range(100, 109)]


def test_a_file_of_short_floats_is_searched_where_it_lies(tmp_path: Path) -> None:
    points = np.random.default_rng(2).normal(size=(3000, 8)).astype(np.float16)
    np.save(tmp_path / "points.npy", points)
    rows, distances = nearest_rows(np.load(tmp_path / "points.npy", mmap_mode="r"), 5)
    expected, near = nearest_rows(points.astype(np.float32), 5)
    assert np.array_equal(rows, expected)
    assert np.array_equal(distances, near)


@pytest.mark.parametrize("k", [1, 5, 19])
def test_fewer_of_a_wider_search_are_what_a_narrower_search_finds(k: int) -> None:
    points = np.random.default_rng(3).integers(0, 4, (3000, 6)).astype(np.float32)
    rows, distances = nearest_rows(points, 20)
    narrow, near = nearest_rows(points, k)
    assert np.array_equal(rows[:, :k], narrow)
    assert np.array_equal(distances[:, :k], near)
