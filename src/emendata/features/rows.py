"""Vectors of the items in a column, each made once however often it occurs."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from emendata.data import Dataset
from emendata.features.block import Item, OnStep, RowEmbedder, Vectors, no_steps

__all__ = ["Batch", "Items", "Texts", "embed_items", "items_of"]

_A_BATCH = 256
"""Items that are embedded, and kept, together: some seconds' work for the slowest embedder."""


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
    embedder: RowEmbedder,
    items: Items,
    on_step: OnStep = no_steps,
    *,
    known: Iterable[Batch] = (),
    keep: Callable[[Batch], None] | None = None,
) -> Vectors:
    """Return the vector of every row's item; equal items are embedded once.

    Parameters
    ----------
    embedder : RowEmbedder
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
        A row of zeros for missing cells and for what cannot be read; only the latter is a problem.
    """
    batches = list(known)
    places = {word: (i, j) for i, batch in enumerate(batches) for j, word in enumerate(batch.hashes)}
    new = {word: row for row, word in reversed(list(enumerate(items.hashes))) if word and word not in places}
    todo = sorted(new.items(), key=lambda pair: pair[1])
    for at in range(0, len(todo), _A_BATCH):
        on_step(at, len(todo))
        part = todo[at : at + _A_BATCH]
        batch = Batch(tuple(word for word, _ in part), _embedded(embedder, items, [row for _, row in part]))
        if keep is not None:
            keep(batch)
        places |= {word: (len(batches), j) for j, word in enumerate(batch.hashes)}
        batches.append(batch)
    on_step(len(todo), len(todo))
    return _by_row(items.hashes, batches, places)


def _embedded(embedder: RowEmbedder, items: Items, rows: Sequence[int]) -> Vectors:
    problems = [""] * len(rows)
    read: dict[int, Item] = {}
    for j, row in enumerate(rows):
        try:
            item = items.read(row)
        except OSError as error:
            problems[j] = f"It cannot be read: {(error.strerror or str(error)).rstrip('.').lower()}."
        else:
            assert item is not None
            read[j] = item
    if not read:
        return Vectors(np.zeros((len(rows), 0), np.float32), tuple(problems))
    made = embedder.vectors(list(read.values()))
    values = np.zeros((len(rows), made.values.shape[1]), np.float32)
    values[list(read)] = made.values
    for j, problem in zip(read, made.problems, strict=True):
        problems[j] = problem
    return Vectors(values, tuple(problems))


def _by_row(
    hashes: Sequence[str], batches: Sequence[Batch], places: Mapping[str, tuple[int, int]]
) -> Vectors:
    width = max((batch.vectors.values.shape[1] for batch in batches), default=0)
    values = np.zeros((len(hashes), width), np.float32)
    problems = [""] * len(hashes)
    from_batch: dict[int, list[tuple[int, int]]] = {}
    for row, word in enumerate(hashes):
        if word:
            i, j = places[word]
            from_batch.setdefault(i, []).append((row, j))
    for i, pairs in from_batch.items():
        rows, there = map(list, zip(*pairs, strict=True))
        found = batches[i].vectors
        values[rows, : found.values.shape[1]] = found.values[there]
        for row, j in pairs:
            problems[row] = found.problems[j]
    return Vectors(values, tuple(problems))
