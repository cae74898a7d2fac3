from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from tests.checks.cloud import cloud, seen

import emendata as em
from emendata.checks.inputs import Content, Neighbors
from emendata.checks.near_duplicate import NearDuplicate
from emendata.errors import NotApplicable
from emendata.features.number import standardized
from emendata.kernels.neighbors import nearest_rows
from emendata.records import Findings


def found(points: np.ndarray, k: int = 10, **options: float) -> Findings:
    return NearDuplicate(**options).find(seen(points.astype(np.float32), k))


def test_a_row_beside_another_is_a_near_duplicate_but_its_exact_twin_is_not() -> None:
    points = cloud(200)
    points[1] = points[0] + np.float32(1e-4)
    points[3] = points[2]
    findings = found(points)
    assert findings.rows.tolist() == [0, 1]
    assert (findings.scores[[0, 1]] < 0.5).all()
    assert (findings.scores[2:] >= 0.5).all()
    assert findings.related == ((1,), (0,))
    assert findings.reasons[0].startswith("Almost the same as row 1: the last of its 10 nearest rows is ")


def test_in_many_directions_rows_are_near_duplicates_at_a_fair_part_of_the_usual_distance() -> None:
    points = cloud(1000, 30)
    usual = float(np.median(nearest_rows(points, 1)[1]))
    points[:40] = points[40:80]
    points[:40, :2] += np.float32(0.2 * usual)
    findings = found(points)
    assert set(findings.rows.tolist()) == set(range(80))
    assert all(other == (row + 40) % 80 for row, (other,) in enumerate(findings.related))


@pytest.mark.parametrize("dimensions", [2, 5, 20])
def test_by_accident_a_dataset_has_hardly_ever_a_pair(dimensions: int) -> None:
    pairs = [found(cloud(500, dimensions, seed)).facts["pairs"] for seed in range(20)]
    assert sum(pairs) <= 6


@pytest.mark.parametrize("load", [load_iris, load_wine, load_breast_cancer, load_digits])
def test_well_kept_tables_have_next_to_no_near_duplicates(load: Callable[..., Any]) -> None:
    points = standardized(load().data.astype(np.float64))
    assert found(points).facts["pairs"] <= 2


def test_rows_of_a_group_are_told_of_each_other() -> None:
    points = cloud(1000, 10)
    points[1:4] = points[0] + 1e-3 * cloud(3, 10, 1)
    findings = found(points)
    assert findings.rows.tolist() == [0, 1, 2, 3]
    assert findings.related[0] == (1, 2, 3)
    assert findings.facts["groups"] == 1
    assert "4 rows in all are alike" in findings.reasons[0]


def test_no_number_of_accidents_flags_nothing_and_more_of_them_more() -> None:
    points = cloud(500, 3)
    counts = [found(points, accidents=allowed, share=0.0).facts["pairs"] for allowed in (0.0, 1.0, 50.0)]
    assert counts[0] == 0
    assert counts[1] <= 3
    assert 10 < counts[2] < 100


def test_ordinary_rows_are_left_alone_and_most_of_them_are_an_answer() -> None:
    points = cloud(200)
    points[1] = points[0] + np.float32(1e-4)
    keys = np.arange(200)
    near = Neighbors(*nearest_rows(points, 10))
    chance = np.where(keys < 2, 1.0, 0.0)
    inputs = seen(points, neighbors=near, content=Content(keys, chance, ("x", "y")))
    assert not len(NearDuplicate().find(inputs).rows)
    with pytest.raises(NotApplicable, match="Most rows have twins"):
        NearDuplicate().find(seen(points, content=Content(keys, np.ones(200), ("x", "y"))))
    with pytest.raises(NotApplicable, match="3 rows are too few"):
        found(cloud(3))


def test_other_features_give_other_neighbours_and_no_other_order_of_calls_does() -> None:
    """What the peer gets wrong: a graph kept for other features (W1), a wider one used for a narrower (W2)."""
    one, other = cloud(120, 3), cloud(120, 3, seed=9)
    one[1], other[11] = one[0] + np.float32(1e-4), other[10] + np.float32(1e-4)

    def rows(features: np.ndarray, check: str) -> list[int]:
        audit = em.Audit(dict(zip("abc", cloud(120, 3, 5).T, strict=True)), features=features, checks=[check])
        return [int(row) for row in audit.run().issues["row"].to_pylist()]

    first = rows(one, "near_duplicate"), rows(other, "near_duplicate")
    assert first == ([0, 1], [10, 11])
    rows(one, "outlier")
    assert (rows(one, "near_duplicate"), rows(other, "near_duplicate")) == first
    wide, narrow = (NearDuplicate().find(seen(one, k)).scores for k in (20, 10))
    assert not np.array_equal(wide, narrow)
    view = nearest_rows(one, 20)
    cut = Neighbors(view[0][:, :10], view[1][:, :10])
    assert np.array_equal(NearDuplicate().find(seen(one, neighbors=cut)).scores, narrow)


def test_more_rows_that_the_features_cannot_tell_apart_than_there_are_neighbours_are_no_near_duplicates() -> (
    None
):
    points = cloud(500, 4)
    points[:15] = 0
    content = Content(np.arange(500), np.zeros(500), ("text",))
    assert not len(NearDuplicate().find(seen(points, content=content)).rows)
    assert set(range(15)) <= set(NearDuplicate().find(seen(points, k=20, content=content)).rows.tolist())
