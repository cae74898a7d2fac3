from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.cells import Cells, cells_of, count_table, counted

SOME = np.array([[4, 0, 1], [0, 0, 0], [2, 0, 3]])


def test_a_matrix_comes_back_from_its_cells() -> None:
    assert cells_of(SOME).matrix().tolist() == SOME.tolist()
    assert cells_of(SOME).line_sums().tolist() == [5, 0, 5]
    assert cells_of(SOME).diagonal().tolist() == [4, 0, 3]


def test_a_missing_diagonal_is_filled_with_zeros_in_its_place() -> None:
    whole = cells_of(SOME).with_diagonal()
    assert whole.cells.tolist() == [0, 2, 4, 6, 8]
    assert whole.counts.tolist() == [4, 1, 0, 2, 3]


def test_single_counts_are_those_of_the_matrix() -> None:
    given, true = np.indices((3, 3)).reshape(2, -1)
    assert cells_of(SOME).at(given, true).tolist() == SOME.ravel().tolist()
    empty = Cells(2, np.empty(0, np.int64), np.empty(0, np.int64))
    assert empty.at(np.array([0, 1]), np.array([1, 1])).tolist() == [0, 0]


def test_cells_count_labels_by_what_their_rows_look_like() -> None:
    _, cells, counts = counted(np.array([0, 0, 1, 1, 1, -1], np.int32), np.array([0, 1, 1, -1, 1, 0]), 2)
    assert cells.tolist() == [0, 1, 3]
    assert counts.tolist() == [1, 1, 2]


@given(st.integers(1, 9), st.lists(st.tuples(st.integers(-1, 8), st.integers(-1, 8)), max_size=60))
def test_both_ways_to_count_find_what_there_is(k: int, rows: list[tuple[int, int]]) -> None:
    labels = np.array([min(y, k - 1) for y, _ in rows], np.int32)
    like = np.array([min(j, k - 1) for _, j in rows], np.int16)
    _, cells, counts = counted(labels, like, k)
    wanted = Counter(int(y) * k + int(j) for y, j in zip(labels, like, strict=True) if y >= 0 and j >= 0)
    assert dict(zip(cells.tolist(), counts.tolist(), strict=True)) == wanted
    assert cells.tolist() == sorted(wanted)
    assert count_table(labels, like, k).tolist() == Cells(k, cells, counts).matrix().tolist()
