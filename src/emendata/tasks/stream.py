"""Labels and pred_probs that come block by block and are never in memory as a whole."""

import logging
import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine.blocks import Block
from emendata.errors import InputError
from emendata.records import IntArray
from emendata.tasks.class_names import refuse_other_order
from emendata.tasks.labels import GivenLabels, join_labels, read_labels
from emendata.tasks.pred_probs import PredProbs, open_pred_probs
from emendata.tasks.rescaling import refuse_both

__all__ = ["Stream", "stream"]

_log = logging.getLogger(__name__)

_SPOOL_ROWS = 4096

Pairs = Callable[[], Iterator[Any]]


@dataclass(frozen=True)
class Stream:
    """The labels of a stream, its probabilities as a row source, and the names of their columns, if any."""

    labels: GivenLabels
    probs: PredProbs
    column_names: tuple[Any, ...] | None = None

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return self.probs.n_rows

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return self.probs.n_columns

    @property
    def is_at_hand(self) -> bool:
        """Whether blocks are views of an array in memory."""
        return self.probs.is_at_hand

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the blocks: float32 or float64."""
        return self.probs.dtype

    def blocks(self, step: int) -> Iterator[Callable[[], Block]]:
        """Yield one reader for each ``step`` rows, whatever sizes the blocks came in."""
        return self.probs.blocks(step)

    def rows(self, indices: IntArray) -> Block:
        """Return some rows, in the order asked for, by reading up to the last of them."""
        return self.probs.rows(indices)


def stream(
    blocks: Any, *, class_names: Any = None, normalize: bool = False, from_logits: bool = False
) -> Stream:
    """Open labels and pred_probs that come in blocks of rows, for data larger than memory.

    Parameters
    ----------
    blocks : callable, or iterable of pairs (labels, pred_probs)
        A callable returns a new iterator of such pairs each time. It, and anything that can be iterated
        again, is read once for each pass over the data and must give the same rows in the same order.
        A generator or another iterator, which can be read only once, is first written to a temporary file
        that goes when the stream does. Blocks have any number of rows.
    class_names : sequence of values, optional
        The classes in the order of their columns.
    normalize : bool
        Divide each row of pred_probs by its sum.
    from_logits : bool
        Turn each row of logits into probabilities, by softmax.

    Raises
    ------
    InputError
        If what comes is no pair of labels and pred_probs that fit each other and those before, or another
        pass gives other rows than the first.

    Examples
    --------
    >>> pairs = stream([(["cat"], [[0.9, 0.1]]), (["dog", "dog"], [[0.2, 0.8], [0.7, 0.3]])])
    >>> pairs.n_rows, pairs.labels.class_names
    (3, ('cat', 'dog'))
    """
    refuse_both(normalize, from_logits)
    changes = {"normalize": normalize, "from_logits": from_logits}
    if isinstance(blocks, Iterator):
        return _spooled(blocks, class_names, changes)
    pairs = _pairs(blocks)
    first = _FirstPass(class_names)
    for _ in first.read(pairs()):
        pass
    labels, shape = first.labels(), first.shape()

    def pieces(step: int) -> Iterator[npt.NDArray[Any]]:
        return _again(pairs(), labels, class_names, shape, step)

    probs = PredProbs.of_pieces(pieces, shape, first.dtype, **changes)
    return Stream(labels, probs, first.column_names)


def _pairs(blocks: Any) -> Pairs:
    if callable(blocks):
        return lambda: iter(blocks())
    if isinstance(blocks, str | bytes) or not isinstance(blocks, Iterable):
        raise InputError(
            f"blocks is a {type(blocks).__name__}. Give pairs (labels, pred_probs), or a function that returns an "
            "iterator of them."
        )
    return lambda: iter(blocks)


def _opened(pairs: Iterator[Any]) -> Iterator[tuple[Any, PredProbs]]:
    for i, pair in enumerate(pairs):
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise InputError(f"Block {i} is a {type(pair).__name__}. Give pairs (labels, pred_probs).")
        labels, pred_probs = pair
        if not (_is_empty(labels) and _is_empty(pred_probs)):
            yield labels, open_pred_probs(pred_probs)


def _is_empty(values: Any) -> bool:
    return hasattr(values, "__len__") and len(values) == 0


@dataclass
class _FirstPass:
    """What is found out while the blocks are read for the first time."""

    class_names: Any
    column_names: tuple[Any, ...] | None = None
    dtype: np.dtype[Any] = np.dtype(np.float32)  # noqa: RUF009 - never changed
    n_rows: int = 0
    n_columns: int | None = None
    parts: list[GivenLabels] = field(default_factory=list)

    def read(self, pairs: Iterator[Any]) -> Iterator[PredProbs]:
        for labels, probs in _opened(pairs):
            if self.n_columns is None:
                self.n_columns, self.column_names = probs.n_columns, probs.column_names
                refuse_other_order(self.class_names, self.column_names)
            _refuse_other_columns(probs, self.n_columns, self.n_rows)
            if probs.column_names != self.column_names:
                raise InputError(
                    f"The columns of pred_probs from row {self.n_rows} on are named otherwise than those before. "
                    "Put them in the same order."
                )
            given = read_labels(labels, self.column_names if self.class_names is None else self.class_names)
            if len(given.codes) != probs.n_rows:
                raise InputError(
                    f"The block that starts at row {self.n_rows} has {probs.n_rows:,} rows of pred_probs but "
                    f"{len(given.codes):,} labels. Give one label per row."
                )
            self.parts.append(given)
            self.n_rows += probs.n_rows
            self.dtype = np.promote_types(self.dtype, probs.dtype)
            yield probs

    def labels(self) -> GivenLabels:
        if not self.n_rows:
            raise InputError(
                "The blocks hold no rows. Give at least one pair (labels, pred_probs) that has some."
            )
        return join_labels(self.parts)

    def shape(self) -> tuple[int, int]:
        return self.n_rows, self.n_columns or 0


def _again(
    pairs: Iterator[Any], labels: GivenLabels, class_names: Any, shape: tuple[int, int], step: int
) -> Iterator[npt.NDArray[Any]]:
    names = labels.class_names if class_names is None else class_names
    n_rows = 0
    for given, probs in _opened(pairs):
        _refuse_other_columns(probs, shape[1], n_rows)
        before = labels.codes[n_rows : n_rows + probs.n_rows]
        if not np.array_equal(read_labels(given, names).codes, before):
            raise InputError(
                f"From row {n_rows} on, the blocks hold other labels than in the first pass. Give the same rows in "
                "the same order each time, without shuffling."
            )
        yield from (read() for read in probs.blocks(step))
        n_rows += probs.n_rows
    if n_rows != shape[0]:
        raise InputError(
            f"The blocks held {shape[0]:,} rows in the first pass and {n_rows:,} in a later one. Give the same rows "
            "each time."
        )


def _refuse_other_columns(probs: PredProbs, n_columns: int, n_rows: int) -> None:
    if probs.n_columns != n_columns:
        raise InputError(
            f"pred_probs has {probs.n_columns} columns from row {n_rows} on and {n_columns} before. Give every block "
            "one column per class."
        )


# What can be read only once.


def _spooled(pairs: Iterator[Any], class_names: Any, changes: dict[str, bool]) -> Stream:
    handle, path = tempfile.mkstemp(prefix="emendata-", suffix=".raw")
    try:
        first = _FirstPass(class_names)
        pieces: list[tuple[np.dtype[Any], int]] = []
        with os.fdopen(handle, "wb") as file:
            for probs in first.read(pairs):
                for read in probs.blocks(_SPOOL_ROWS):
                    file.write(np.ascontiguousarray(read()).data)
                pieces.append((probs.dtype, probs.n_rows))
        labels = first.labels()
        _log.info(
            "blocks that can be read only once are kept in %s (%d bytes)", path, Path(path).stat().st_size
        )
        probs = _from_spool(path, pieces, first, changes)
    except BaseException:
        _remove(path)
        raise
    weakref.finalize(probs, _remove, path)
    return Stream(labels, probs, first.column_names)


def _from_spool(
    path: str, pieces: list[tuple[np.dtype[Any], int]], first: _FirstPass, changes: dict[str, bool]
) -> PredProbs:
    n_rows, n_columns = first.shape()
    if len({dtype for dtype, _ in pieces}) == 1:
        return open_pred_probs(np.memmap(path, first.dtype, "r", 0, (n_rows, n_columns)), **changes)

    def read(step: int) -> Iterator[npt.NDArray[Any]]:
        offset = 0
        for dtype, n in pieces:
            if n:
                piece = open_pred_probs(np.memmap(path, dtype, "r", offset, (n, n_columns)))
                yield from (read() for read in piece.blocks(step))
            offset += n * n_columns * dtype.itemsize

    return PredProbs.of_pieces(read, (n_rows, n_columns), first.dtype, **changes)


def _remove(path: str) -> None:
    Path(path).unlink(missing_ok=True)
