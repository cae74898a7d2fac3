import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.slow import Array, Problem, problems

from emendata.kernels import selection as kernel
from emendata.kernels.selection import (
    Leads,
    leads_block,
    lowest,
    lowest_per_class,
    pairs_of,
    strongest_per_cell,
)

VALUES = st.one_of(st.sampled_from([-1.0, -0.5, -0.0, 0.0, 0.25, 1.0]), st.floats(-1, 1))


def found(rows: list[int], cells: list[int], leads: list[float]) -> Leads:
    return Leads(np.array(rows, np.int64), np.array(cells, np.int64), np.array(leads, np.float64))


def strongest(leads: Leads, wanted: Array) -> list[bool]:
    """The slow obvious version."""
    picked = [False] * len(leads.rows)
    for cell, n in enumerate(wanted):
        here = [i for i in range(len(picked)) if leads.cells[i] == cell]
        for i in sorted(here, key=lambda i: (-leads.leads[i], leads.rows[i]))[:n]:
            picked[i] = True
    return picked


def test_the_lowest_are_marked_and_the_earlier_of_equals() -> None:
    scores = np.array([0.5, 0.1, 0.5, 0.9, 0.5])
    assert np.flatnonzero(lowest(scores, 3)).tolist() == [0, 1, 2]
    assert np.flatnonzero(lowest(scores, 0)).tolist() == []
    assert np.flatnonzero(lowest(scores, 99)).tolist() == [0, 1, 2, 3, 4]


def test_nan_and_rows_that_are_not_eligible_are_never_marked() -> None:
    scores = np.array([np.nan, 0.1, 0.2, 0.3])
    assert np.flatnonzero(lowest(scores, 9)).tolist() == [1, 2, 3]
    assert np.flatnonzero(lowest(scores, 2, np.array([True, False, True, True]))).tolist() == [2, 3]


@given(st.lists(st.tuples(VALUES, st.booleans()), max_size=40), st.integers(0, 45), st.booleans())
def test_the_lowest_equal_the_first_of_a_sort(rows: list[tuple[float, bool]], n: int, single: bool) -> None:
    scores: Array = np.array([value for value, _ in rows], np.float32 if single else np.float64)
    eligible = np.array([allowed for _, allowed in rows], np.bool_)
    picked = np.flatnonzero(lowest(scores, n, eligible)).tolist()
    assert picked == sorted(slow.lowest(scores, np.flatnonzero(eligible), n))


def test_each_class_has_its_own_lowest() -> None:
    labels = np.array([0, 1, 0, 1, 0, -1], np.int32)
    scores = np.array([0.3, 0.2, 0.1, 0.2, 0.3, 0.0])
    assert np.flatnonzero(lowest_per_class(labels, scores, np.array([2, 1, 5]))).tolist() == [0, 1, 2]


@settings(deadline=None)
@given(problems(), st.integers(0, 999))
def test_the_lowest_of_each_class_equal_the_first_of_a_sort(problem: Problem, seed: int) -> None:
    labels, k = problem.labels.astype(np.int32), problem.probs.shape[1]
    scores, counts = problem.read[:, 0], np.array(np.random.default_rng(seed).integers(0, 6, k))
    wanted = [slow.lowest(scores, slow.rows_of(problem, j), n) for j, n in enumerate(counts)]
    picked = np.flatnonzero(lowest_per_class(labels, scores, counts)).tolist()
    assert picked == sorted(row for rows in wanted for row in rows)


def test_leads_are_collected_between_their_bounds() -> None:
    block = np.array([[0.5, 0.25, 0.25], [0.125, 0.5, 0.375], [0.5, 0.0, 0.5]])
    pairs = pairs_of(np.array([1, 2, 6]), 3)  # 0 for 1, 0 for 2 and 2 for 0
    labels, rows = np.array([0, 0, 2], np.int32), np.arange(3)
    ahead = leads_block(labels, block, rows, pairs, np.zeros(3), np.inf)
    assert sorted(zip(*(array.tolist() for array in ahead), strict=True)) == [(1, 0, 0.375), (1, 1, 0.25)]
    behind = leads_block(labels, block, rows[[0, 2]], pairs, np.full(3, -0.25), 0.0)
    assert sorted(zip(*(array.tolist() for array in behind), strict=True)) == [(2, 2, 0.0)]


@settings(deadline=None)
@given(
    problems(unlabelled=False),
    st.integers(0, 999),
    st.sampled_from([-1.0, -0.35, 0.0]),
    st.sampled_from([0, np.inf]),
)
def test_leads_of_few_and_many_classes_equal_the_slow_obvious_ones(
    problem: Problem, seed: int, above: float, upto: float
) -> None:
    labels, block, k = problem.labels.astype(np.int32), problem.read, problem.probs.shape[1]
    rng = np.random.default_rng(seed)
    cells = np.flatnonzero(rng.random(k * k) < 0.7)
    bars = np.full(k, above, block.dtype)
    expected = []
    for i, (y, p) in enumerate(zip(labels, block, strict=True)):
        for number, cell in enumerate(cells):
            if cell // k == y and bars[y] < p[cell % k] - p[y] <= upto:
                expected.append((i, number, p[cell % k] - p[y]))
    for collect in (kernel._leads_narrow, kernel._leads_wide):
        leads = collect(labels, block, pairs_of(cells, k), bars, upto)
        assert leads.leads.dtype == block.dtype
        assert sorted(zip(*(array.tolist() for array in leads), strict=True)) == sorted(expected)


def test_of_each_cell_the_largest_leads_are_picked_and_the_earlier_of_equals() -> None:
    leads = found([5, 1, 2, 3, 4], [7, 7, 7, 2, 2], [0.5, 0.25, 0.5, 0.1, 0.9])
    wanted = np.zeros(9, np.int64)
    wanted[[2, 7]] = 1
    assert strongest_per_cell(leads, wanted).tolist() == [False, False, True, False, True]
    wanted[7] = 9
    assert strongest_per_cell(leads, wanted).tolist() == [True, True, True, False, True]


def test_leads_that_differ_only_in_double_precision_are_told_apart() -> None:
    leads = found([0, 1, 2], [0, 0, 0], [0.5, 0.5 + 1e-12, 0.5 + 2e-12])
    assert strongest_per_cell(leads, np.array([1])).tolist() == [False, False, True]
    assert strongest_per_cell(leads, np.array([2])).tolist() == [False, True, True]


def test_no_leads_are_no_picks() -> None:
    assert strongest_per_cell(found([], [], []), np.array([3, 0])).tolist() == []


@given(
    st.lists(st.tuples(st.integers(0, 4), VALUES), max_size=60),
    st.lists(st.integers(0, 9), min_size=5, max_size=5),
    st.integers(0, 999),
    st.booleans(),
)
def test_the_strongest_equal_the_first_of_a_sort(
    entries: list[tuple[int, float]], wanted: list[int], seed: int, levelled: bool
) -> None:
    rows = np.random.default_rng(seed).permutation(len(entries))
    leads = found(rows.tolist(), [cell for cell, _ in entries], [lead for _, lead in entries])
    with pytest.MonkeyPatch.context() as patch:
        if not levelled:
            patch.setattr(kernel, "_MOST_LEVELS", 0, raising=False)
        picked = strongest_per_cell(leads, np.array(wanted))
    assert picked.tolist() == strongest(leads, np.array(wanted))


def test_places_by_a_table_and_by_a_search_are_the_same() -> None:
    cells, wanted = np.array([2, 5, 9]), np.array([9, 2, 2, 5])
    assert kernel._places(cells, wanted, 10).tolist() == [2, 0, 0, 1]
    assert kernel._places(cells, wanted, (1 << 22) + 1).tolist() == [2, 0, 0, 1]
