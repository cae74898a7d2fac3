import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from emendata.features.directions import leading_directions, standardized_vectors


def cloud(n: int = 60, d: int = 7) -> np.ndarray:
    rng = np.random.default_rng(0)
    return (rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + 5).astype(np.float32)


def test_standardized_as_scikit_learn_does() -> None:
    assert np.allclose(standardized_vectors(cloud()), StandardScaler().fit_transform(cloud()), atol=1e-4)


def test_gaps_do_not_count_and_stay_zero() -> None:
    values = cloud()
    with_gaps = np.insert(values, [0, 30, 60], 0, axis=0)
    scaled = standardized_vectors(with_gaps)
    there = with_gaps.any(axis=1)
    assert not scaled[~there].any()
    assert np.allclose(scaled[there], standardized_vectors(values), atol=1e-5)


def test_dimensions_that_do_not_vary_are_zero() -> None:
    values = cloud()
    values[:, 2] = 0.1
    values[:, 4] = -12_345.678
    scaled = standardized_vectors(values)
    assert not scaled[:, [2, 4]].any()
    assert scaled[:, [0, 1, 3]].std() == pytest.approx(1, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(
    arrays(
        np.float32, st.tuples(st.integers(0, 5), st.integers(1, 4)), elements=st.floats(-1e6, 1e6, width=32)
    )
)
def test_no_values_break_it(values: np.ndarray) -> None:
    scaled = standardized_vectors(values)
    assert np.isfinite(scaled).all()
    directions = leading_directions(scaled, 3)
    assert np.isfinite(directions).all()
    assert 1 <= directions.shape[1] <= 3
    assert len(directions) == len(values)


def test_directions_are_those_of_scikit_learn_at_another_scale() -> None:
    scaled = standardized_vectors(cloud())
    ours = leading_directions(scaled, 4)
    theirs = PCA(4).fit_transform(scaled) / np.sqrt(7)
    assert np.allclose(np.abs(ours), np.abs(theirs), atol=1e-4)


def test_distances_are_kept_where_all_directions_are() -> None:
    scaled = standardized_vectors(cloud())
    directions = leading_directions(scaled, 7)
    assert (directions**2).sum(axis=1).mean() == pytest.approx(1, abs=1e-4)
    distances = [np.linalg.norm(rows[:, None] - rows[None], axis=2) for rows in (directions, scaled)]
    assert np.allclose(np.sqrt(7) * distances[0], distances[1], atol=1e-3)


def test_empty_directions_are_left_out() -> None:
    flat = standardized_vectors(np.outer(np.arange(1, 9), [1, 2, 3]).astype(np.float32))
    assert leading_directions(flat, 3).shape == (8, 1)
