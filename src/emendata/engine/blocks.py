"""Work over the row blocks of a matrix, on a thread pool, with the same answer however many threads.

numpy lets go of the interpreter lock inside its loops, so threads are enough and nothing is copied to other
processes. Two rules make results equal to the bit: blocks start at fixed rows, whatever pieces the source
holds, and their results come back in the order of the rows.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from emendata.engine.shared import SharedSetting
from emendata.errors import InputError

__all__ = ["RowSource", "map_blocks", "map_ranges", "thread_count"]

_BLOCK_BYTES = 8 << 20
_RANGE_ROWS = 1 << 16
_MOST_ROWS = 1 << 17  # of a block
_ROW_MULTIPLE = 64

R = TypeVar("R")
Block = npt.NDArray[np.floating[Any]]


class RowSource(Protocol):
    """A matrix that is read in blocks of rows, as often as asked, and never changes in between."""

    @property
    def n_rows(self) -> int:
        """Number of rows."""

    @property
    def n_columns(self) -> int:
        """Number of columns."""

    @property
    def is_at_hand(self) -> bool:
        """Whether blocks are views of an array in memory, so that reading a larger one costs nothing."""

    def blocks(self, step: int) -> Iterator[Callable[[], Block]]:
        """One reader for each block: rows 0 to ``step``, ``step`` to ``2 * step`` and so on, the last shorter.

        Readers are drawn in order by one thread and called once each, by any thread, in any order. A block is
        a C-contiguous float32 or float64 array that the caller may read, not write.
        """


def map_blocks(
    source: RowSource, work: Callable[[int, Block], R], *, glance: bool = False, n_threads: int | None = None
) -> Iterator[R]:
    """Yield ``work(first_row, block)`` for every block, in the order of the rows.

    Parameters
    ----------
    source : RowSource
    work : callable
        Called on several threads at once; may write to its own rows of a shared array.
    glance : bool
        Say that ``work`` looks at few values of each row, and that its answer does not depend on where blocks
        start. Blocks at hand are then larger: short looks make threads wait for each other.
    n_threads : int, optional
        Default: as many as this process may use. At most twice as many blocks are held at a time.
    """
    step = _RANGE_ROWS if glance and source.is_at_hand else _block_rows(source.n_columns)
    jobs = (_Job(work, i * step, read) for i, read in enumerate(source.blocks(step)))
    threads = thread_count(n_threads)
    return _in_order(jobs, 1 if source.n_rows <= step else threads)


def map_ranges(
    n_rows: int, work: Callable[[slice], R], *, step: int = _RANGE_ROWS, n_threads: int | None = None
) -> Iterator[R]:
    """Yield ``work(rows)`` for runs of ``step`` rows of arrays in memory, in order. See `map_blocks`."""
    starts = range(0, n_rows, step)
    jobs = (_RangeJob(work, slice(start, min(start + step, n_rows))) for start in starts)
    threads = thread_count(n_threads)
    return _in_order(jobs, 1 if len(starts) <= 1 else threads)


def thread_count(n_threads: int | None) -> int:
    """Return the number of threads to use: the one asked for, else the number of usable processors."""
    if n_threads is None:
        usable = getattr(os, "sched_getaffinity", None)
        return len(usable(0)) if usable else os.cpu_count() or 1
    if not isinstance(n_threads, int | np.integer) or n_threads < 1:
        raise InputError(
            f"n_threads must be at least 1; got {n_threads!r}. Leave it out to use all processors."
        )
    return int(n_threads)


def _in_order(jobs: Iterable[Callable[[], R]], threads: int) -> Iterator[R]:
    with _ONE_BLAS_THREAD:  # the blocks are on threads already
        if threads == 1:
            for job in jobs:
                yield job()
            return
        with ThreadPoolExecutor(threads) as pool:
            waiting: deque[Future[R]] = deque()
            try:
                for job in jobs:
                    waiting.append(pool.submit(job))
                    if len(waiting) >= 2 * threads:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()


@cache
def _blas() -> ThreadpoolController:
    """Return the handle on the linear algebra libraries; looking for them takes milliseconds."""
    return ThreadpoolController()


_ONE_BLAS_THREAD = SharedSetting(lambda: _blas().limit(limits=1, user_api="blas"))


class _Job:
    """One block to read and work on, by whichever thread comes to it."""

    def __init__(self, work: Callable[[int, Block], Any], first: int, read: Callable[[], Block]) -> None:
        self.work, self.first, self.read = work, first, read

    def __call__(self) -> Any:
        return self.work(self.first, self.read())


class _RangeJob:
    """One run of rows to work on, by whichever thread comes to it."""

    def __init__(self, work: Callable[[slice], Any], rows: slice) -> None:
        self.work, self.rows = work, rows

    def __call__(self) -> Any:
        return self.work(self.rows)


def _block_rows(n_columns: int) -> int:
    fitting = _BLOCK_BYTES // (4 * max(n_columns, 1))
    return min(max(fitting // _ROW_MULTIPLE * _ROW_MULTIPLE, _ROW_MULTIPLE), _MOST_ROWS)
