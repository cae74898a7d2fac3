import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.expected import AROUND, expected, group_medians, robust_spread
from emendata.kernels.order import around, sides, usual_distance

numbers = st.lists(st.one_of(st.just(np.nan), st.integers(-20, 20).map(float)), min_size=1, max_size=25)


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-9, 9)), min_size=1, max_size=40))
def test_medians_of_groups_equal_those_of_numpy(rows: list[tuple[int, int]]) -> None:
    codes, values = np.array([g for g, _ in rows]), np.array([float(v) for _, v in rows])
    found = group_medians(values, codes)
    for i, (group, _) in enumerate(rows):
        of_group = [v for g, v in rows if g == group]
        known = group >= 0 and len(of_group) >= 5
        assert np.isnan(found[i]) if not known else found[i] == np.median(of_group)


@given(numbers)
def test_medians_around_equal_those_of_a_loop(values: list[float]) -> None:
    found, (before, after) = around(np.array(values)), sides(np.array(values))
    for i in range(len(values)):
        left, right = values[max(i - 3, 0) : i], values[i + 1 : i + 4]
        for got, part in ((before[i], left), (after[i], right), (found[i], left + right)):
            there = [value for value in part if not np.isnan(value)]
            assert np.isnan(got) if not there else got == np.median(there)


def test_the_usual_distance_is_a_quantile_of_what_is_known() -> None:
    assert usual_distance(np.array([1.0, 2, np.nan, 9]), np.zeros(4)) == 2
    assert np.isnan(usual_distance(np.array([np.nan]), np.zeros(1)))


def test_a_few_huge_errors_do_not_widen_the_spread() -> None:
    noise = np.random.default_rng(0).normal(size=1000)
    noise[:20] = 1e6
    assert robust_spread(noise) == pytest.approx(1, abs=0.15)
    assert robust_spread(noise[:10]) == float("inf")


def test_the_column_that_tells_most_is_asked_whatever_errors_it_has() -> None:
    rng = np.random.default_rng(0)
    height = rng.normal(170, 10, 500)
    weight = 0.5 * height + rng.normal(0, 1, 500)
    weight[3], height[4] = 8000, 17
    found = expected(weight, [height, rng.normal(size=500)], [rng.integers(0, 3, 500)])
    assert found.from_columns == (0,)
    assert abs(found.values[3] - 0.5 * height[3]) < 1
    assert found.spread == pytest.approx(1, abs=0.2)


def test_groups_and_the_rows_around_are_asked_as_well() -> None:
    rng = np.random.default_rng(0)
    group = rng.integers(0, 4, 400)
    assert expected(100.0 * group + rng.normal(size=400), [], [group]).from_columns == (0,)
    assert expected(np.arange(400.0) + rng.normal(size=400), [], [group]).from_columns == (AROUND,)


def test_where_nothing_tells_anything_the_middle_is_expected() -> None:
    rng = np.random.default_rng(0)
    target = rng.normal(5, 1, 300)
    found = expected(target, [rng.normal(size=300)], [])
    assert found.from_columns == ()
    assert (found.values == np.median(target)).all()
