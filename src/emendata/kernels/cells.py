"""Counts of rows by given label and true class, as the cells that occur: with many classes nearly all do not."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray, IntArray

__all__ = ["Cells", "cells_of", "count_table", "counted"]

Codes = npt.NDArray[np.integer[Any]]
Counts = npt.NDArray[np.floating[Any] | np.integer[Any]]


class Cells(NamedTuple):
    """A matrix of shape (k, k) as its cells ``given * k + true`` that count, ascending, and their counts."""

    n_classes: int
    cells: IntArray
    counts: Counts

    @property
    def given(self) -> IntArray:
        """Line of each cell."""
        return self.cells // self.n_classes

    @property
    def true(self) -> IntArray:
        """Column of each cell."""
        return self.cells % self.n_classes

    def line_sums(self) -> FloatArray:
        """Sum of each line, shape (k,)."""
        return np.asarray(np.bincount(self.given, weights=self.counts, minlength=self.n_classes), np.float64)

    def diagonal(self) -> Counts:
        """Return the counts on the diagonal, shape (k,)."""
        on_it = self.given == self.true
        right = np.zeros(self.n_classes, self.counts.dtype)
        right[self.given[on_it]] = self.counts[on_it]
        return right

    def with_diagonal(self) -> "Cells":
        """Have every cell of the diagonal, 0 where it was missing."""
        diagonal = np.arange(self.n_classes) * (self.n_classes + 1)
        missing = np.setdiff1d(diagonal, self.cells, assume_unique=True)
        cells = np.concatenate([self.cells, missing])
        order = np.argsort(cells)
        counts = np.concatenate([self.counts, np.zeros(len(missing), self.counts.dtype)])
        return Cells(self.n_classes, cells[order], counts[order])

    def at(self, given: Codes, true: Codes) -> Counts:
        """Return the counts of some cells, element by element; 0 where nothing was counted."""
        wanted = given.astype(np.int64) * self.n_classes + true
        if not len(self.cells):
            return np.zeros(wanted.shape, self.counts.dtype)
        place = np.minimum(np.searchsorted(self.cells, wanted), len(self.cells) - 1)
        return np.where(self.cells[place] == wanted, self.counts[place], self.counts.dtype.type(0))

    def matrix(self) -> npt.NDArray[Any]:
        """Lay out all cells, shape (k, k)."""
        whole = np.zeros((self.n_classes, self.n_classes), self.counts.dtype)
        whole.ravel()[self.cells] = self.counts
        return whole


def cells_of(joint: Counts) -> Cells:
    """Return what is not zero of a joint of shape (k, k)."""
    cells = np.flatnonzero(joint)
    return Cells(len(joint), cells, joint.ravel()[cells])


def counted(labels: Codes, looks_like: Codes, n_classes: int) -> Cells:
    """Count rows by given label and the class they look like, by sorting; rows without either (-1) are left out."""
    numbers, n_rows = np.unique(_numbers(labels, looks_like, n_classes), return_counts=True)
    return Cells(n_classes, numbers.astype(np.int64), n_rows)


def count_table(labels: Codes, looks_like: Codes, n_classes: int) -> IntArray:
    """Do what `counted` does for few classes: return a table of shape (k, k); tables of parts add up."""
    side = n_classes + 1  # with a line and a column of those without, which to leave out takes longer
    numbers = (labels + np.int32(1)) * np.int32(side)
    numbers += looks_like
    numbers += np.int32(1)
    return np.bincount(numbers, minlength=side**2).reshape(side, side)[1:, 1:]


def _numbers(labels: Codes, looks_like: Codes, n_classes: int) -> Codes:
    both = (labels >= 0) & (looks_like >= 0)
    dtype: type[np.integer[Any]] = np.int32 if n_classes**2 <= np.iinfo(np.int32).max else np.int64
    numbers: Codes = labels[both].astype(dtype)
    numbers *= dtype(n_classes)
    numbers += looks_like[both].astype(dtype)
    return numbers
