import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from emendata.kernels.ranks import ascending, mean_ranks


@given(st.lists(st.integers(-3, 3), max_size=30))
def test_ranks_equal_those_of_scipy(values: list[int]) -> None:
    assert np.array_equal(mean_ranks(np.array(values, dtype=float)), rankdata(values))


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_places_go_from_low_to_high_and_equal_ones_keep_their_order(dtype: str) -> None:
    values = np.array([0.5, -1.0, 0.5, np.inf, 0.0, -0.0, 0.5], dtype)
    assert ascending(values).tolist() == [1, 4, 5, 0, 2, 6, 3]
    assert ascending(values[:0]).tolist() == []


@given(st.lists(st.one_of(st.integers(-2, 2), st.floats(width=32, allow_nan=False)), max_size=40))
def test_places_equal_those_of_a_stable_sort(values: list[float]) -> None:
    single = np.array(values, np.float32)
    places = ascending(single)
    assert places.dtype == np.int64
    assert np.array_equal(places, np.argsort(single, kind="stable"))
    assert np.array_equal(ascending(single.astype(float)), places)


def test_values_are_not_changed() -> None:
    values = np.array([0.5, -0.0], np.float32)
    values.flags.writeable = False
    ascending(values)
