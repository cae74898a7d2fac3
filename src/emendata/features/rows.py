"""Vectors of the items in a column, each made once however often it occurs."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from emendata.data import Dataset
from emendata.features.block import Item, ItemReader, OnStep, Vectors, no_steps

__all__ = ["Batch", "Items", "Texts", "embed_items", "items_of"]

_A_BATCH = 256
"""Items that are embedded, and kept, together: some seconds' work for the slowest embedder."""
_BATCH_SIZE = 64 << 20
"""Bytes from which on no item is added to a batch."""


class Items(Protocol):
    """What the cells of a column stand for, by row."""

    @property
    def hashes(self) -> tuple[str, ...]:
        """A hash of each row's item, ``""`` where the cell is missing."""

    def read(self, row: int) -> Item | None:
        """Return the item of a row, None where the cell is missing; raise OSError where it cannot be had."""


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of a column, None where a cell is missing."""

    cells: Sequence[str | None]

    @cached_property
    def hashes(self) -> tuple[str, ...]:
        """A hash of each text."""
        return tuple(
            "" if cell is None else hashlib.blake2b(cell.encode(), digest_size=16).hexdigest()
            for cell in self.cells
        )

    def read(self, row: int) -> str | None:
        """Return a text."""
        return self.cells[row]


def items_of(dataset: Dataset, name: str) -> Items:
    """Return what a column's cells stand for: the media behind it, or its texts."""
    if name in dataset.media:
        return dataset.media[name]
    return Texts([None if cell is None else str(cell) for cell in dataset.table[name].to_pylist()])


@dataclass(frozen=True)
class Batch:
    """Items that were embedded together: their hashes, and their vectors in the same order."""

    hashes: tuple[str, ...]
    vectors: Vectors


def embed_items(
    embedder: ItemReader,
    items: Items,
    on_step: OnStep = no_steps,
    *,
    known: Iterable[Batch] = (),
    keep: Callable[[Batch], None] | None = None,
) -> Vectors:
    """Return the vector of every row's item; equal items are embedded once.

    Parameters
    ----------
    embedder : ItemReader
    items : Items
    on_step : callable
        Told how many of the items that are not known are done.
    known : iterable of Batch
        What was embedded before.
    keep : callable, optional
        Given each new batch as soon as it is there.

    Returns
    -------
    Vectors
        A row of zeros for missing cells and for what cannot be read; only the latter is a problem. What could not be
        had from its file is not kept: it may be back the next time.
    """
    batches = list(known)
    places = {word: (i, j) for i, batch in enumerate(batches) for j, word in enumerate(batch.hashes)}
    new = {word: row for row, word in reversed(list(enumerate(items.hashes))) if word and word not in places}
    todo = sorted(new.items(), key=lambda pair: pair[1])
    lost: dict[str, str] = {}
    done = 0
    for read, unread in _in_batches(items, todo):
        on_step(done, len(todo))
        done += len(read) + len(unread)
        lost |= unread
        if read:
            batch = Batch(tuple(read), embedder.vectors(list(read.values())))
            if keep is not None:
                keep(batch)
            places |= {word: (len(batches), j) for j, word in enumerate(batch.hashes)}
            batches.append(batch)
    if todo:
        on_step(done, len(todo))
    return _by_row(items.hashes, batches, places, lost)


def _in_batches(
    items: Items, todo: Sequence[tuple[str, int]]
) -> Iterator[tuple[dict[str, Item], dict[str, str]]]:
    """Yield items by their hashes, and beside them why others could not be read; not too many, not too large."""
    read: dict[str, Item] = {}
    unread: dict[str, str] = {}
    size = 0
    for word, row in todo:
        try:
            item = items.read(row)
        except OSError as error:
            unread[word] = f"It cannot be read: {(error.strerror or str(error)).rstrip('.').lower()}."
        else:
            assert item is not None
            read[word] = item
            size += len(item)
        if len(read) + len(unread) == _A_BATCH or size >= _BATCH_SIZE:
            yield read, unread
            read, unread, size = {}, {}, 0
    if read or unread:
        yield read, unread


def _by_row(
    hashes: Sequence[str],
    batches: Sequence[Batch],
    places: Mapping[str, tuple[int, int]],
    lost: Mapping[str, str],
) -> Vectors:
    width = max((batch.vectors.values.shape[1] for batch in batches), default=0)
    values = np.zeros((len(hashes), width), np.float32)
    problems = [lost.get(word, "") for word in hashes]
    from_batch: dict[int, list[tuple[int, int]]] = {}
    for row, word in enumerate(hashes):
        if word in places:
            i, j = places[word]
            from_batch.setdefault(i, []).append((row, j))
    for i, pairs in from_batch.items():
        rows, there = map(list, zip(*pairs, strict=True))
        found = batches[i].vectors
        values[rows, : found.values.shape[1]] = found.values[there]
        for row, j in pairs:
            problems[row] = found.problems[j]
    return Vectors(values, tuple(problems), is_lasting=not lost)
