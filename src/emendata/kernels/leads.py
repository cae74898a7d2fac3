"""Other classes by which rows might be picked: how far each is ahead of the row's label.

Only wanted pairs of classes count, and of these only leads that may still be picked: each pair says what a lead must
exceed, and each row how large its leads can be at most.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.kernels.survey import MOST, NARROW
from emendata.records import IntArray

__all__ = ["Leads", "Pairs", "best_leads", "joined", "leads_block", "numbering", "pairs_of", "reach"]

_RUN_PAIRS = 1 << 16
_MOST_TABLE_CELLS = 1 << 20  # of four bytes
_SLACK = 1e-5  # what rounding may add to a label's probability and its bar

Block = npt.NDArray[np.floating[Any]]
Values = npt.NDArray[np.floating[Any]]
Codes = npt.NDArray[np.int32]
Whole = npt.NDArray[np.signedinteger[Any]]


class Leads(NamedTuple):
    """Other classes by which rows might be picked: the row, the number of the cell, p(class) - p(label)."""

    rows: Codes
    cells: Codes
    leads: Values

    def part(self, some: IntArray) -> "Leads":
        """Return some of them, by their positions."""
        return Leads(self.rows.take(some), self.cells.take(some), self.leads.take(some))

    def of_cells(self, cells: slice) -> "Leads":
        """Return those of a run of cells."""
        there = (self.cells >= cells.start) & (self.cells < cells.stop)
        return self if there.all() else self.part(np.flatnonzero(there))

    def shifted(self, first: int) -> "Leads":
        """Return them with rows counted from another first one."""
        return self._replace(rows=self.rows + np.int32(first))


def joined(parts: list[Leads]) -> Leads:
    """Put leads one after the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Leads(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))
    return Leads(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


class Pairs(NamedTuple):
    """Pairs of given label and other class, and what a lead must exceed; those of each label by this, the least first.

    Those of label *j* lie from ``starts[j]`` to ``starts[j + 1]``; ``keys`` ascend by label and bar.
    """

    n_classes: int
    starts: IntArray
    classes: IntArray
    cells: Codes
    above: Values
    keys: npt.NDArray[np.float64]

    def lowest_bar(self) -> Values:
        """Return what a lead of each label must at least exceed, infinity where no pair is wanted, shape (k,)."""
        lowest = np.full(self.n_classes, np.inf, self.above.dtype)
        there = np.flatnonzero(np.diff(self.starts))
        if len(there):
            lowest[there] = np.minimum.reduceat(self.above, self.starts[there])
        return lowest

    def within(self, labels: Codes, reach: Values) -> IntArray:
        """Say how many of the first pairs of each label lie within reach, or a few more by rounding."""
        return np.searchsorted(self.keys, _keys(labels, reach), side="right") - self.starts[labels]


def pairs_of(cells: IntArray, n_classes: int, above: Values) -> Pairs:
    """Arrange cells ``label * n_classes + class``, which ascend and are numbered by their order."""
    starts = np.searchsorted(cells, np.arange(n_classes + 1) * n_classes)
    keys = _keys(cells // n_classes, above)
    order = np.argsort(keys)
    return Pairs(
        n_classes, starts, cells[order] % n_classes, order.astype(np.int32), above[order], keys[order]
    )


def _keys(labels: Whole, leads: Values) -> npt.NDArray[np.float64]:
    return np.asarray(labels * 8.0 + np.clip(leads, -2, 2), np.float64)


def reach(own: Values, best_prob: Values, left_out: Values | float = 0.0) -> Values:
    """Say how large leads can be at most, beside a class of probability ``left_out`` that is another than the label."""
    return np.asarray(np.minimum(best_prob, MOST - own - left_out) - own, own.dtype)


def numbering(cells: IntArray, n_classes: int) -> Callable[[Codes, Whole], Whole]:
    """Return what gives pairs of label and class the number of their cell, -1 where that is not among these.

    By a table of all pairs where that is small, else by searching in the cells, which ascend.
    """
    table = np.full(n_classes**2 if n_classes**2 <= _MOST_TABLE_CELLS else 0, -1, np.int32)
    if len(table):
        table[cells] = np.arange(len(cells))
        return lambda labels, classes: table.take(labels * np.int32(n_classes) + classes)

    def search(labels: Codes, classes: Whole) -> Whole:
        wanted = labels * np.int64(n_classes) + classes
        numbers = np.searchsorted(cells[:-1], wanted)
        return np.where(cells[numbers] == wanted, numbers, -1)

    return search if len(cells) else lambda labels, classes: np.full(len(labels), -1)


def best_leads(
    labels: Codes, own: Values, best: Whole, best_prob: Values, number_of: Callable[[Codes, Whole], Whole]
) -> Leads:
    """Return the leads of the best class over labels that are behind it; arrays of shape (n,) and a `numbering`."""
    rows = np.flatnonzero((own < best_prob) & (labels >= 0))
    numbers = number_of(labels[rows], best[rows])
    found = np.flatnonzero(numbers >= 0)
    rows = rows[found]
    return Leads(rows.astype(np.int32), numbers[found].astype(np.int32), best_prob[rows] - own[rows])


def leads_block(
    labels: Codes,
    block: Block,
    rows: IntArray,
    reach: Values,
    pairs: Pairs,
    upto: float = np.inf,
    left_out: Whole | None = None,
) -> Leads:
    """Collect the leads of wanted pairs that exceed the pair's bar and are at most ``upto``.

    Parameters
    ----------
    labels : int32 array of shape (n,)
    block : float array of shape (n, k)
    rows : int array of shape (m,)
        Rows of the block to look at, all with a label.
    reach : float array of shape (m,)
        No lead of the row is larger.
    pairs : Pairs
    upto : float
    left_out : int array of shape (n,), optional
        A class of each row that does not count.
    """
    lowest = pairs.lowest_bar().astype(block.dtype)
    some = np.flatnonzero(reach > lowest[labels[rows]])
    rows, reach = rows[some], reach[some]
    given = labels[rows]
    own = block[rows, given]
    narrow = block.shape[1] <= NARROW
    n_pairs = np.full(len(rows), block.shape[1]) if narrow else pairs.within(given, reach)
    parts = []
    for run in _runs(n_pairs):
        if narrow:
            at, numbers, probs = _pairs_ahead(
                block, rows[run], given[run], own[run] + lowest[given[run]], pairs
            )
        else:
            at, numbers, probs = _pairs_within(block, rows[run], given[run], n_pairs[run], pairs)
        leads = probs - own[run][at]
        is_kept = leads > pairs.above[numbers]
        if upto < np.inf:
            is_kept &= leads <= upto
        if left_out is not None:
            is_kept &= pairs.classes[numbers] != left_out[rows[run]][at]
        kept = np.flatnonzero(is_kept)
        parts.append(Leads(rows[run][at[kept]].astype(np.int32), pairs.cells[numbers[kept]], leads[kept]))
    return joined(parts) if parts else Leads(rows.astype(np.int32), rows.astype(np.int32), own)


def _runs(n_pairs: IntArray) -> Iterator[slice]:
    """Cut rows into runs of which the pairs to look at are few enough for the cache."""
    total = np.cumsum(n_pairs)
    first = 0
    while first < len(n_pairs):
        before = total[first] - n_pairs[first]
        last = max(int(np.searchsorted(total, before + _RUN_PAIRS, side="right")), first + 1)
        yield slice(first, last)
        first = last


def _pairs_ahead(
    block: Block, rows: IntArray, given: Codes, bars: Values, pairs: Pairs
) -> tuple[Whole, Whole, Values]:
    """Find wanted pairs above the bars: place among the rows, place among the pairs, probability of the class."""
    k, n = block.shape[1], len(rows)
    place = np.full((k, k), -1, np.int32)
    place[np.repeat(np.arange(k), np.diff(pairs.starts)), pairs.classes] = np.arange(len(pairs.classes))
    on_side = np.take(block, rows, axis=0).T.copy()
    ahead = np.flatnonzero(on_side > bars - block.dtype.type(_SLACK))
    classes, at = np.divmod(ahead.astype(np.int32), np.int32(max(n, 1)))
    places = place[given[at], classes]
    wanted = np.flatnonzero(places >= 0)
    return at[wanted], places[wanted], on_side.ravel()[ahead[wanted]]


def _pairs_within(
    block: Block, rows: IntArray, given: Codes, n_pairs: IntArray, pairs: Pairs
) -> tuple[Whole, Whole, Values]:
    """Find the first pairs of each row's label, as many as given, which are few where classes are many."""
    at = np.repeat(np.arange(len(rows)), n_pairs)
    places = np.arange(len(at)) + (pairs.starts[given] - (np.cumsum(n_pairs) - n_pairs))[at]
    return at, places, block.ravel()[(rows * block.shape[1])[at] + pairs.classes[places]]
