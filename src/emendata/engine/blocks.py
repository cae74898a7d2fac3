"""Work over the row blocks of a matrix, on a thread pool, with the same answer however many threads.

numpy lets go of the interpreter lock inside its loops, so threads are enough and nothing is copied to other
processes. Two rules make results equal to the bit: blocks start at fixed rows, whatever pieces the source
holds, and their results come back in the order of the rows.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError

__all__ = ["RowSource", "map_blocks", "thread_count"]

_BLOCK_BYTES = 2 << 20
_ROW_MULTIPLE = 64

R = TypeVar("R")
Block = npt.NDArray[np.floating[Any]]


class RowSource(Protocol):
    """A matrix that is read in blocks of rows, as often as asked, and changes in between never."""

    @property
    def n_rows(self) -> int:
        """Number of rows."""

    @property
    def n_columns(self) -> int:
        """Number of columns."""

    def blocks(self, step: int) -> Iterator[Callable[[], Block]]:
        """One reader for each block: rows 0 to ``step``, ``step`` to ``2 * step`` and so on, the last shorter.

        Readers are drawn in order by one thread and called once each, by any thread, in any order. A block is
        a C-contiguous float32 or float64 array that the caller may read, not write.
        """


def map_blocks(
    source: RowSource, work: Callable[[int, Block], R], *, n_threads: int | None = None
) -> Iterator[R]:
    """Yield ``work(first_row, block)`` for every block, in the order of the rows.

    Parameters
    ----------
    source : RowSource
    work : callable
        Called on several threads at once; may write to its own rows of a shared array.
    n_threads : int, optional
        Default: as many as this process may use. At most twice as many blocks are held at a time.
    """
    threads, step = thread_count(n_threads), _block_rows(source.n_columns)
    jobs = enumerate(source.blocks(step))
    if threads == 1 or source.n_rows <= step:
        for i, read in jobs:
            yield work(i * step, read())
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for i, read in jobs:
                waiting.append(pool.submit(_read_and_work, work, i * step, read))
                if len(waiting) >= 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def thread_count(n_threads: int | None) -> int:
    """Return the number of threads to use: the one asked for, else the number of usable processors."""
    if n_threads is None:
        usable = getattr(os, "sched_getaffinity", None)
        return len(usable(0)) if usable else os.cpu_count() or 1
    if n_threads < 1:
        raise InputError(f"n_threads must be at least 1; got {n_threads}. Leave it out to use all processors.")
    return n_threads


def _block_rows(n_columns: int) -> int:
    fitting = _BLOCK_BYTES // (4 * max(n_columns, 1))
    return max(fitting // _ROW_MULTIPLE * _ROW_MULTIPLE, _ROW_MULTIPLE)


def _read_and_work(work: Callable[[int, Block], R], first: int, read: Callable[[], Block]) -> R:
    return work(first, read())
