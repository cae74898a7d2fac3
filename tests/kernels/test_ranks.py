import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from emendata.kernels.ranks import mean_ranks


@given(st.lists(st.integers(-3, 3), max_size=30))
def test_ranks_equal_those_of_scipy(values: list[int]) -> None:
    assert np.array_equal(mean_ranks(np.array(values, dtype=float)), rankdata(values))
