import numpy as np
import pytest

from emendata.kernels.neighbors import nearest_rows
from emendata.pipeline import nearest
from emendata.pipeline.nearest import nearest_seen_rows


def quiet(done: int, total: int) -> None:
    """Say nothing."""


def test_rows_that_show_nothing_are_near_no_other() -> None:
    rng = np.random.default_rng(0)
    dense = rng.normal(size=(30, 4)).astype(np.float32)
    unseen = np.zeros(30, dtype=bool)
    unseen[[3, 17]] = True
    dense[unseen] = 0
    rows, distances, _ = nearest_seen_rows(dense, unseen, 5, quiet)
    assert not np.isin(rows, [3, 17]).any()
    kept = np.flatnonzero(~unseen)
    among, near = nearest_rows(dense[kept], 5)
    assert np.array_equal(rows[kept], kept[among])
    assert np.array_equal(distances[kept], near)
    assert (distances[unseen] == 2 * near.max()).all()


def test_where_all_show_something_they_are_compared_as_they_are() -> None:
    dense = np.arange(8, dtype=np.float32)[:, None]
    rows, distances, _ = nearest_seen_rows(dense, np.zeros(8, dtype=bool), 2, quiet)
    expected = nearest_rows(dense, 2)
    assert np.array_equal(rows, expected[0])
    assert np.array_equal(distances, expected[1])


def test_two_rows_that_show_something_are_too_few() -> None:
    unseen = np.array([False, True, True, False])
    rows, _, _ = nearest_seen_rows(np.zeros((4, 1), np.float32), unseen, 20, quiet)
    assert rows.shape == (4, 3)


def test_beyond_some_rows_the_cells_around_a_row_are_searched_and_the_recall_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearest, "LARGEST_EXACT", 9_000)
    rng = np.random.default_rng(0)
    dense = (rng.normal(size=(60, 8))[rng.integers(0, 60, 10_000)] * 9 + rng.normal(size=(10_000, 8))).astype(
        np.float32
    )
    rows, distances, recall = nearest_seen_rows(dense, np.zeros(10_000, dtype=bool), 10, quiet)
    assert 0.9 < recall < 1
    exact, apart = nearest_rows(dense, 10)
    found = np.mean([np.isin(mine, true).mean() for mine, true in zip(rows, exact, strict=True)])
    assert abs(found - recall) < 0.03
    assert (distances >= apart - 1e-5).all()
    again, _, _ = nearest_seen_rows(dense, np.zeros(10_000, dtype=bool), 10, quiet)
    assert np.array_equal(rows, again)
