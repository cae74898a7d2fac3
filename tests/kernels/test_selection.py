from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import Array, Problem, problems

from emendata.kernels import selection as kernel
from emendata.kernels.selection import Collect, Leads, leads_block, lowest, mark_strongest, pairs_of

VALUES = st.one_of(st.sampled_from([-1.0, -0.5, -0.0, 0.0, 0.25, 1.0]), st.floats(-1, 1))


def blocks_of(rows: list[int], cells: list[int], leads: list[float], size: int = 2) -> Collect:
    """Bring leads in blocks, as often as asked."""

    def collect(keep: Callable[[Leads], Any]) -> Iterator[Any]:
        for first in range(0, max(len(rows), 1), size):
            part = slice(first, first + size)
            yield keep(
                Leads(
                    *(
                        np.array(a, t)
                        for a, t in ((rows[part], "i4"), (cells[part], "i4"), (leads[part], "f8"))
                    )
                )
            )

    return collect


def strongest(
    rows: list[int], cells: list[int], leads: list[float], wanted: list[int], size: int = 2
) -> list[int]:
    marked = np.zeros(max(rows, default=0) + 1, np.bool_)
    n_found = mark_strongest(blocks_of(rows, cells, leads, size), np.array(wanted), marked)
    assert n_found.tolist() == [cells.count(cell) for cell in range(len(wanted))]
    return np.flatnonzero(marked).tolist()


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
    st.sampled_from([1, 50, 1 << 15]),
)
def test_leads_equal_the_slow_obvious_ones(
    problem: Problem, seed: int, above: float, upto: float, run: int
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "_RUN_PAIRS", run)
        leads = leads_block(labels, block, np.arange(len(block)), pairs_of(cells, k), bars, upto)
    assert leads.leads.dtype == block.dtype
    assert sorted(zip(*(array.tolist() for array in leads), strict=True)) == sorted(expected)


@pytest.fixture(params=[True, False], ids=["by level", "by sorting"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(kernel, "_MOST_LEVELS", 0)
        monkeypatch.setattr(kernel, "_GROUP_LEADS", 3)


@pytest.mark.usefixtures("way")
def test_of_each_cell_the_largest_leads_are_marked_and_the_earlier_rows_of_equals() -> None:
    leads = [5, 1, 2, 3, 4], [2, 2, 2, 1, 1], [0.5, 0.25, 0.5, 0.1, 0.9]
    assert strongest(*leads, [0, 1, 1]) == [2, 4]
    assert strongest(*leads, [0, 1, 2]) == [2, 4, 5]
    assert strongest(*leads, [3, 0, 9]) == [1, 2, 5]


@pytest.mark.usefixtures("way")
def test_leads_that_differ_only_in_double_precision_are_told_apart() -> None:
    leads = [0, 1, 2], [0, 0, 0], [0.5, 0.5 + 1e-12, 0.5 + 2e-12]
    assert strongest(*leads, [1]) == [2]
    assert strongest(*leads, [2]) == [1, 2]


@pytest.mark.usefixtures("way")
def test_no_leads_mark_no_rows() -> None:
    assert strongest([], [], [], [3, 0]) == []


def test_rows_that_are_marked_stay_so() -> None:
    marked = np.array([False, True, False])
    mark_strongest(blocks_of([0, 2], [0, 0], [0.5, 0.75]), np.array([1]), marked)
    assert marked.tolist() == [False, True, True]


@given(
    st.lists(st.tuples(st.integers(0, 4), VALUES), max_size=60),
    st.lists(st.integers(0, 9), min_size=5, max_size=5),
    st.integers(0, 999),
    st.booleans(),
    st.integers(1, 20),
)
def test_the_strongest_equal_the_first_of_a_sort(
    entries: list[tuple[int, float]], wanted: list[int], seed: int, levelled: bool, size: int
) -> None:
    rows = np.random.default_rng(seed).permutation(len(entries)).tolist()
    cells, leads = [cell for cell, _ in entries], [lead for _, lead in entries]
    expected: list[int] = []
    for cell, n in enumerate(wanted):
        here = [i for i in range(len(rows)) if cells[i] == cell]
        expected += [rows[i] for i in sorted(here, key=lambda i: (-leads[i], rows[i]))[:n]]
    with pytest.MonkeyPatch.context() as patch:
        if not levelled:
            patch.setattr(kernel, "_MOST_LEVELS", 0)
            patch.setattr(kernel, "_GROUP_LEADS", 9)
        assert strongest(rows, cells, leads, wanted, size) == sorted(expected)
