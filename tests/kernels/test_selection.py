import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import Array

from emendata.kernels import selection as kernel
from emendata.kernels.leads import Leads
from emendata.kernels.selection import Strongest, lowest

VALUES = st.one_of(st.sampled_from([-1.0, -0.5, -0.0, 0.0, 0.25, 1.0]), st.floats(-1, 1))


def strongest(
    rows: list[int],
    cells: list[int],
    leads: list[float],
    wanted: list[int],
    size: int = 2,
    above: float = -2.0,
) -> list[int]:
    """Add leads in blocks, and return the rows that are left in the end."""
    found = Strongest(np.array(wanted), np.full(len(wanted), above))
    for first in range(0, max(len(rows), 1), size):
        part = slice(first, first + size)
        found.add(Leads(np.array(rows[part], "i4"), np.array(cells[part], "i4"), np.array(leads[part], "f8")))
    settled = found.settled()
    for cell, n in enumerate(wanted):
        here = settled.leads[settled.cells == cell]
        assert found.n_found[cell] == len(here) <= n
        if len(here) == n > 0:
            assert here.min() == np.nextafter(found.above[cell], np.inf)
    return sorted(settled.rows.tolist())


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


@pytest.fixture(params=[True, False], ids=["at once", "bit by bit"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(kernel, "_ROOM", 0)
        monkeypatch.setattr(kernel, "_GROUP_LEADS", 3)


@pytest.mark.usefixtures("way")
def test_of_each_cell_the_largest_leads_are_found_and_the_earlier_rows_of_equals() -> None:
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
def test_leads_must_exceed_what_is_said_at_the_start() -> None:
    assert strongest([0, 1, 2], [0, 0, 0], [0.0, -0.0, 0.25], [3], above=0.0) == [2]


@pytest.mark.usefixtures("way")
def test_without_leads_no_rows_are_found() -> None:
    assert strongest([], [], [], [3, 0]) == []
    assert Strongest(np.array([2]), np.zeros(1)).settled().rows.tolist() == []
    assert Strongest(np.empty(0, np.int64), np.empty(0)).settled().rows.tolist() == []


def test_no_more_leads_are_kept_than_are_wanted_and_room_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "_ROOM", 10)
    found = Strongest(np.array([4]), np.zeros(1))
    for first in range(0, 1000, 5):
        rows = np.arange(first, first + 5, dtype=np.int32)
        found.add(Leads(rows, np.zeros(5, np.int32), rows / 1000))
        assert sum(len(part.rows) for part in found._kept) <= 4 + 10
    assert sorted(found.settled().rows.tolist()) == [996, 997, 998, 999]


@given(
    st.lists(st.tuples(st.integers(0, 4), VALUES), max_size=60),
    st.lists(st.integers(0, 9), min_size=5, max_size=5),
    st.integers(0, 999),
    st.booleans(),
    st.integers(1, 20),
)
def test_the_strongest_equal_the_first_of_a_sort(
    entries: list[tuple[int, float]], wanted: list[int], seed: int, at_once: bool, size: int
) -> None:
    rows = np.random.default_rng(seed).permutation(len(entries)).tolist()
    cells, leads = [cell for cell, _ in entries], [lead for _, lead in entries]
    expected: list[int] = []
    for cell, n in enumerate(wanted):
        here = [i for i in range(len(rows)) if cells[i] == cell]
        expected += [rows[i] for i in sorted(here, key=lambda i: (-leads[i], rows[i]))[:n]]
    with pytest.MonkeyPatch.context() as patch:
        if not at_once:
            patch.setattr(kernel, "_ROOM", 0)
            patch.setattr(kernel, "_GROUP_LEADS", 9)
        assert strongest(rows, cells, leads, wanted, size) == sorted(expected)
