from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from tests.checks.cloud import cloud, seen

from emendata.checks.outlier import Outlier
from emendata.errors import NotApplicable
from emendata.features.number import standardized


def test_the_far_row_is_an_outlier_and_its_column_is_named() -> None:
    points = cloud(200)
    points[5] = [0, 40]
    found = Outlier().find(seen(points))
    assert found.rows.tolist() == [5]
    assert found.scores[5] < 0.01
    assert "nearest rows are" in found.reasons[0]
    assert "mostly because of column 'x1'" in found.reasons[0]


def test_rows_that_are_near_each_other_but_far_from_all_else_are_found_by_random_cuts() -> None:
    points = cloud(2000, 4)
    points[:15, 2] = 30 + 0.1 * cloud(15, 1)[:, 0]
    found = Outlier(cut=3.5).find(seen(points))
    assert len(set(np.argsort(found.scores)[:16].tolist()) & set(range(15))) > 13
    assert len(set(found.rows.tolist()) & set(range(15))) > 12
    assert "random cuts set it apart from the others" in found.reasons[0]
    assert "mostly because of column 'x2'" in found.reasons[0]


@pytest.mark.parametrize("seed", range(4))
def test_a_cloud_has_no_outliers(seed: int) -> None:
    found = Outlier().find(seen(cloud(1000, 5, seed)))
    assert not len(found.rows)
    assert (found.scores >= 0.5).all()
    assert np.isfinite(found.scores).all()


@pytest.mark.parametrize("load", [load_iris, load_wine, load_breast_cancer, load_diabetes])
def test_well_kept_tables_have_next_to_no_outliers(load: Callable[..., Any]) -> None:
    points = standardized(load().data.astype(np.float64))
    found = Outlier().find(seen(points))
    assert len(found.rows) <= 0.01 * len(points)
    points[7] = points.max(axis=0) * 5
    assert 7 in Outlier().find(seen(points)).rows.tolist()


def test_what_a_tenth_of_the_rows_are_like_is_no_error() -> None:
    points = cloud(1000, 3)
    points[:120] = 10 + 5 * cloud(120, 3, seed=1)
    assert len(Outlier().find(seen(points)).rows) < 10


def test_a_higher_cut_flags_less_and_scores_keep_their_order() -> None:
    points = cloud(300) ** 3
    loose, strict = (Outlier(cut=cut).find(seen(points)) for cut in (2.0, 6.0))
    assert set(strict.rows.tolist()) < set(loose.rows.tolist())
    assert (
        np.corrcoef(np.argsort(np.argsort(loose.scores)), np.argsort(np.argsort(strict.scores)))[0, 1] > 0.99
    )


def test_where_most_rows_have_twins_the_cuts_still_say_something() -> None:
    points = np.repeat(cloud(100, 3), 12, axis=0)
    points[12:24] = [0, 0, 60]
    scores = Outlier().find(seen(points)).scores
    assert set(np.argsort(scores)[:12].tolist()) == set(range(12, 24))


def test_identical_rows_have_no_unusual_distance() -> None:
    with pytest.raises(NotApplicable, match="identical twins"):
        Outlier().find(seen(np.zeros((20, 1), dtype=np.float32)))
