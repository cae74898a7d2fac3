from functools import partial

import numpy as np
import pytest

from emendata.engine import map_ranges
from emendata.kernels import cell_search, neighbors, tiles
from emendata.kernels.cell_search import CellSearch
from emendata.kernels.neighbors import nearest_rows
from emendata.pipeline.nearest import do_job
from emendata.records import Float32Array, IntArray


def clustered(n: int, seed: int = 0) -> Float32Array:
    rng = np.random.default_rng(seed)
    middles = 6 * rng.normal(size=(80, 6))[rng.integers(0, 80, n)]
    return (middles + rng.normal(size=(n, 6))).astype(np.float32)


def searched(points: Float32Array, k: int, n_threads: int = 1) -> tuple[CellSearch, IntArray, Float32Array]:
    search = CellSearch(points, k)
    for jobs in search.passes():
        for _ in map_ranges(len(jobs), partial(do_job, jobs), step=1, n_threads=n_threads):
            pass
    return search, *search.result()


def test_nearly_all_of_the_nearest_are_found_and_as_many_as_is_said() -> None:
    points = clustered(12_000)
    search, rows, distances = searched(points, 8)
    true, apart = nearest_rows(points, 8)
    recall = np.mean([np.isin(mine, of_row).mean() for mine, of_row in zip(rows, true, strict=True)])
    assert 0 < search.part < 0.35
    assert recall > 0.95
    assert abs(recall - search.recall) < 0.02
    found = rows == true
    assert np.array_equal(distances[found], apart[found])
    assert all(len(set(of_row)) == 8 and i not in of_row for i, of_row in enumerate(rows.tolist()))


def test_copies_come_first_and_by_row_number() -> None:
    points = clustered(9_000)
    points[100:130] = points[5]
    points[8_999] = points[17]
    _, rows, distances = searched(points, 6)
    assert rows[5].tolist() == [100, 101, 102, 103, 104, 105]
    assert rows[110].tolist() == [5, 100, 101, 102, 103, 104]
    assert rows[17, 0] == 8_999
    assert distances[17, 0] == 0 < distances[17, 1]


def test_threads_and_the_size_of_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    points = clustered(9_000)
    _, rows, distances = searched(points, 5)
    _, other, apart = searched(points, 5, n_threads=3)
    assert np.array_equal(rows, other)
    assert np.array_equal(distances, apart)
    monkeypatch.setattr(cell_search, "_BLOCK", 9_000)
    _, other, _ = searched(points, 5)
    assert np.isin(rows, other).mean() > 0.99  # more cells are looked at by a block of more of them


def test_where_there_are_no_cells_to_speak_of_everything_is_searched() -> None:
    points = np.random.default_rng(0).normal(size=(9_000, 40)).astype(np.float32)
    search, rows, distances = searched(points, 5)
    assert (search.part, search.recall) == (1.0, 1.0)
    true, apart = nearest_rows(points, 5)
    assert np.array_equal(rows, true)
    assert np.array_equal(distances, apart)
    few, _, _ = searched(points[:500], 5)
    assert few.recall == 1.0


@pytest.mark.parametrize(("block", "tile"), [(7, 64), (100, 33), (512, 5_000)])
def test_an_exact_search_does_not_depend_on_the_size_of_its_tiles(
    block: int, tile: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = np.round(clustered(700), 1)  # with ties
    true, apart = nearest_rows(points, 9)
    monkeypatch.setattr(neighbors, "_BLOCK", block)
    monkeypatch.setattr(neighbors, "TILE", tile)
    monkeypatch.setattr(tiles, "TILE", tile)
    rows, distances = nearest_rows(points, 9)
    assert np.array_equal(rows, true)
    assert np.array_equal(distances, apart)
