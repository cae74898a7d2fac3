import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from emendata.engine import map_blocks, map_ranges, thread_count
from emendata.errors import InputError

Block = npt.NDArray[np.float32]


class Counting:
    """Rows that hold their own number, so wide that a block has 64, and a count of the blocks drawn."""

    def __init__(self, n_rows: int, n_columns: int = 1 << 16) -> None:
        self.n_rows, self.n_columns, self.is_at_hand = n_rows, n_columns, False
        self.drawn = 0

    def blocks(self, step: int) -> Iterator[Callable[[], Block]]:
        for first in range(0, self.n_rows, step):
            self.drawn += 1
            n = min(step, self.n_rows - first)
            yield lambda first=first, n=n: np.broadcast_to(  # type: ignore[misc]
                np.arange(first, first + n, dtype=np.float32)[:, None], (n, self.n_columns)
            )


def test_a_small_source_is_one_block() -> None:
    assert list(map_blocks(Counting(3, 2), lambda first, block: (first, block.shape))) == [(0, (3, 2))]


def test_no_rows_are_no_blocks() -> None:
    assert list(map_blocks(Counting(0), lambda first, block: block.shape)) == []


@given(st.integers(1, 400), st.sampled_from([1, 2, 5]))
def test_results_come_in_the_order_of_the_rows(n_rows: int, n_threads: int) -> None:
    def work(first: int, block: Block) -> tuple[int, list[float]]:
        time.sleep(0.0005 * (first % 128 == 0))  # every other block is slow
        return first, block[:, 0].tolist()

    found = list(map_blocks(Counting(n_rows), work, n_threads=n_threads))
    assert [first for first, _ in found] == list(range(0, n_rows, 64))
    assert [row for _, rows in found for row in rows] == list(range(n_rows))


def test_results_are_equal_to_the_bit_however_many_threads() -> None:
    def total(n_threads: int) -> list[bytes]:
        return list(
            map_blocks(
                Counting(500), lambda _, block: np.sqrt(block).sum(axis=0).tobytes(), n_threads=n_threads
            )
        )

    assert total(1) == total(2) == total(5)


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_an_error_in_the_work_reaches_the_caller(n_threads: int) -> None:
    def work(first: int, _: Block) -> None:
        if first == 128:
            raise InputError("row 128 is odd")

    with pytest.raises(InputError, match="row 128 is odd"):
        list(map_blocks(Counting(5000), work, n_threads=n_threads))


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_only_so_many_blocks_are_drawn_ahead(n_threads: int) -> None:
    source = Counting(64 * 100)
    for done, _ in enumerate(map_blocks(source, lambda first, block: None, n_threads=n_threads), 1):
        assert source.drawn - done < 2 * n_threads


@pytest.mark.parametrize("n_threads", [2, 5])
def test_stopping_early_leaves_no_thread_behind(n_threads: int) -> None:
    before = threading.active_count()
    results = map_blocks(Counting(64 * 100), lambda first, block: first, n_threads=n_threads)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


@pytest.mark.parametrize("n_threads", [1, 2, 5])
@pytest.mark.parametrize("n_rows", [0, 1, 100_000])
def test_ranges_cover_the_rows_in_order(n_rows: int, n_threads: int) -> None:
    rows = np.arange(n_rows)
    found = list(map_ranges(n_rows, lambda part: rows[part], n_threads=n_threads))
    assert np.array_equal(np.concatenate([rows[:0], *found]), rows)
    assert (len(found) > 1) == (n_rows == 100_000)
    assert len({len(part) for part in found[:-1]}) <= 1


def test_at_least_one_thread_is_needed() -> None:
    assert thread_count(None) >= 1
    with pytest.raises(InputError, match="n_threads must be at least 1; got 0"):
        thread_count(0)


def test_overlapping_work_leaves_linear_algebra_its_threads() -> None:
    before = [library["num_threads"] for library in threadpool_info()]
    first, second = (map_ranges(9, lambda rows: rows, step=1, n_threads=1) for _ in range(2))
    assert next(first) == next(second) == slice(0, 1)
    assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} == {1}
    assert len(list(first)) == len(list(second)) == 8
    assert [library["num_threads"] for library in threadpool_info()] == before


def test_threads_are_checked_however_little_there_is_to_do() -> None:
    wrong: list[Any] = [0, -1, "2", 1.5]
    for n_threads in wrong:
        with pytest.raises(InputError, match="n_threads must be at least 1"):
            list(map_ranges(1, lambda rows: rows, n_threads=n_threads))
