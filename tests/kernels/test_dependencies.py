from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.dependencies import explained, find_dependencies
from emendata.kernels.grouping import grouped, joined
from emendata.records import IntArray

codes = st.integers(-1, 3)
pairs = st.lists(st.tuples(codes, codes), min_size=1, max_size=40)


def arrays(rows: list[tuple[int, int]]) -> tuple[IntArray, IntArray]:
    table = np.array(rows, dtype=np.int64)
    return table[:, 0], table[:, 1]


@given(pairs)
def test_what_a_group_says_equals_what_is_counted_row_by_row(rows: list[tuple[int, int]]) -> None:
    given_codes, of = arrays(rows)
    found = grouped(given_codes, of)
    for i, (group, value) in enumerate(rows):
        if group < 0 or value < 0:
            assert found.majority[i] == -1
            continue
        counts = Counter(v for g, v in rows if g == group and v >= 0)
        (best, most), *rest = counts.most_common()
        assert found.majority[i] == (best if not rest or rest[0][1] < most else -1)
        assert (found.n_majority[i], found.n_same[i]) == (most, counts[value])


@given(pairs)
def test_joined_codes_are_equal_where_both_values_are(rows: list[tuple[int, int]]) -> None:
    both = joined(*arrays(rows))
    for i, one in enumerate(rows):
        assert (both[i] == -1) == (min(one) < 0)
        for j, other in enumerate(rows):
            if min(one) >= 0 and min(other) >= 0:
                assert (both[i] == both[j]) == (one == other)


def test_the_error_is_the_part_of_the_rows_that_their_group_does_not_foretell() -> None:
    zip_code = np.repeat(np.arange(20), 10)
    city = zip_code // 4
    city[[3, 77, 120]] = 4 - city[[3, 77, 120]] // 4
    noise = np.random.default_rng(0).integers(0, 5, 200)
    (found,) = [one for one in find_dependencies([zip_code, city, noise], most_error=0.05) if one.of == 1]
    assert (found.given, round(found.error, 9), found.n_rows) == ((0,), 3 / 200, 200)


def test_columns_that_have_nothing_to_do_with_each_other_determine_nothing() -> None:
    rng = np.random.default_rng(1)
    columns = [rng.integers(0, k, 400) for k in (2, 3, 5, 20, 80)]
    assert find_dependencies(columns, most_error=0.05) == []


def test_a_column_that_is_nearly_always_the_same_is_not_determined_by_that() -> None:
    rng = np.random.default_rng(2)
    rare = (rng.random(400) < 0.03).astype(np.int64)
    assert find_dependencies([rng.integers(0, 5, 400), rare], most_error=0.05) == []


def test_two_columns_can_determine_what_none_does_alone() -> None:
    rng = np.random.default_rng(3)
    one, other = rng.integers(0, 4, 500), rng.integers(0, 4, 500)
    found = find_dependencies([one, other, (one + other) % 4], most_error=0.05)
    assert ((0, 1), 2) in [(dependency.given, dependency.of) for dependency in found]


def test_large_tables_give_what_small_ones_give() -> None:
    zip_code = np.random.default_rng(4).integers(0, 3000, 60_000)
    found = find_dependencies([zip_code, zip_code // 40], most_error=0.05)
    assert [(one.given, one.of, one.error) for one in found] == [((0,), 1, 0.0)]


def test_rows_that_break_a_rule_together_are_an_exception() -> None:
    broken = np.zeros(100, bool)
    broken[[0, 1, 2, 60]] = True
    value = np.repeat(np.arange(20), 5)
    assert np.flatnonzero(explained(broken, np.ones(100, bool), [value])).tolist() == [0, 1, 2]
    assert not explained(broken, np.ones(100, bool), [np.zeros(100, int)]).any()
