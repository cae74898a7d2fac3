"""Which rows to pick: the lowest scores, overall or class by class, and the pairs of classes furthest apart.

Wherever values are equal the earlier row goes first.
"""

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.kernels.survey import NARROW
from emendata.records import BoolArray, IntArray

__all__ = ["Collect", "Leads", "Pairs", "leads_block", "lowest", "mark_strongest", "pairs_of"]

_LEVELS = (16, 512)  # of each cell, at least and at most
_MOST_LEVELS = 1 << 20  # of all cells together
_GROUP_LEADS = 1 << 18
_RUN_PAIRS = 1 << 16
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
        return Leads(self.rows[some], self.cells[some], self.leads[some])


Collect = Callable[[Callable[[Leads], Any]], Iterator[Any]]


class Pairs(NamedTuple):
    """Pairs of given label and other class: those of label *j* are numbers ``starts[j]`` to ``starts[j + 1]``."""

    starts: IntArray
    classes: IntArray


def pairs_of(cells: IntArray, n_classes: int) -> Pairs:
    """Give cells ``label * n_classes + class``, which ascend, numbers by their order."""
    return Pairs(np.searchsorted(cells, np.arange(n_classes + 1) * n_classes), cells % n_classes)


def lowest(scores: Values, n_lowest: int, eligible: BoolArray | None = None) -> BoolArray:
    """Mark the ``n_lowest`` eligible rows of lowest score, shape (n,). NaN is never eligible."""
    left_out = np.isnan(scores)
    if eligible is not None:
        left_out |= ~eligible
    if not left_out.any():
        return _first_lowest(scores, n_lowest)
    picked = ~left_out
    picked[picked] = _first_lowest(scores[picked], n_lowest)
    return picked


def _first_lowest(scores: Values, n_lowest: int) -> BoolArray:
    if n_lowest >= len(scores):
        return np.ones(len(scores), dtype=np.bool_)
    if n_lowest <= 0:
        return np.zeros(len(scores), dtype=np.bool_)
    bar = np.partition(scores, n_lowest - 1)[n_lowest - 1]
    picked: BoolArray = scores < bar
    at_bar = np.flatnonzero(scores == bar)
    picked[at_bar[: n_lowest - int(picked.sum())]] = True
    return picked


def leads_block(
    labels: npt.NDArray[np.int32],
    block: Block,
    rows: IntArray,
    pairs: Pairs,
    above: Values,
    upto: float,
) -> Leads:
    """Collect the leads of wanted pairs of classes that lie in (``above[label]``, ``upto``].

    Parameters
    ----------
    labels : int32 array of shape (n,)
    block : float array of shape (n, k)
    rows : int array
        Rows of the block to look at, all with a label.
    pairs : Pairs
    above : float array of shape (k,)
        By given label.
    upto : float
        Infinity to take all.
    """
    k = block.shape[1]
    given = labels[rows]
    own, bars = block[rows, given], above.astype(block.dtype)[given]
    if k <= NARROW:
        find, n_pairs = _pairs_ahead, np.full(len(rows), k)
    else:
        find, n_pairs = _pairs_wanted, np.diff(pairs.starts)[given]
    parts = [Leads(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, block.dtype))]
    for run in _runs(n_pairs):
        at, cells, probs = find(block, rows[run], given[run], own[run] + bars[run], pairs)
        leads = probs - own[run][at]
        kept = np.flatnonzero((leads > bars[run][at]) & (leads <= upto))
        parts.append(Leads(rows[run][at[kept]].astype(np.int32), cells[kept].astype(np.int32), leads[kept]))
    return _joined(parts)


def _runs(n_pairs: IntArray) -> list[slice]:
    """Cut rows into runs of which the pairs to look at are few enough for the cache."""
    step = max(1, _RUN_PAIRS // max(int(n_pairs.max(initial=1)), 1))
    return [slice(first, first + step) for first in range(0, len(n_pairs), step)]


def _pairs_ahead(
    block: Block, rows: IntArray, given: Codes, bars: Values, pairs: Pairs
) -> tuple[Whole, Whole, Values]:
    """Find wanted pairs above the bars: place among the rows, number of the pair, probability of the class."""
    k, n = block.shape[1], len(rows)
    number = np.full((k, k), -1, np.int32)
    number[np.repeat(np.arange(k), np.diff(pairs.starts)), pairs.classes] = np.arange(len(pairs.classes))
    on_side = np.take(block, rows, axis=0).T.copy()
    ahead = np.flatnonzero(on_side > bars - block.dtype.type(_SLACK))
    classes, at = np.divmod(ahead.astype(np.int32), np.int32(max(n, 1)))
    numbers = number[given[at], classes]
    wanted = np.flatnonzero(numbers >= 0)
    return at[wanted], numbers[wanted], on_side.ravel()[ahead[wanted]]


def _pairs_wanted(
    block: Block, rows: IntArray, given: Codes, bars: Values, pairs: Pairs
) -> tuple[Whole, Whole, Values]:
    """Find all wanted pairs, which are few of each label where classes are many."""
    n_of = np.diff(pairs.starts)[given]
    at = np.repeat(np.arange(len(rows)), n_of)
    numbers = np.arange(len(at)) + (pairs.starts[given] - (np.cumsum(n_of) - n_of))[at]
    return at, numbers, block.ravel()[(rows * block.shape[1])[at] + pairs.classes[numbers]]


def mark_strongest(
    collect: Collect, n_wanted: IntArray, marked: BoolArray, *, span: tuple[float, float] = (-1.0, 1.0)
) -> IntArray:
    """Mark, of each cell, as many rows as wanted, those of the largest leads.

    Parameters
    ----------
    collect : callable
        ``collect(keep)`` calls ``keep(leads)`` for every block of leads and yields what it returns. It may do so on
        several threads.
    n_wanted : int array of shape (n_cells,)
    marked : bool array of shape (n,)
        Set where a row is picked; other rows stay as they are.
    span : pair of numbers
        Where most leads lie.

    Returns
    -------
    int64 array of shape (n_cells,)
        How many leads each cell has.

    Notes
    -----
    Unless cells are very many, the leads of each cell are counted by level, the largest first. What is found below
    the level at which a cell is full already is dropped on the way; so memory grows with what is wanted, not with
    what is found, and little is left to be sorted.
    """
    n_cells, (least, most) = len(n_wanted), _LEVELS
    if n_cells * least > _MOST_LEVELS:
        found = _joined(list(collect(lambda leads: leads)))
        return _mark(found, n_wanted, marked)
    n_levels = min(most, max(least, _MOST_LEVELS // 16 // max(n_cells, 1)))
    counts = np.zeros((n_levels, n_cells), np.int64)
    one_at_a_time = Lock()

    def not_hopeless(leads: Leads) -> Leads:
        levels = _levels(leads.leads, span, n_levels)
        added = np.bincount(levels * np.int32(n_cells) + leads.cells, minlength=counts.size)
        with one_at_a_time:
            np.add(counts, added.reshape(counts.shape), out=counts)
        if len(leads.cells) < n_cells:
            full = _full_at(counts[:, leads.cells], n_wanted[leads.cells])
        else:
            full = _full_at(counts, n_wanted)[leads.cells]
        return leads.part(np.flatnonzero(levels <= full))  # if others counted on meanwhile, too many stay

    kept = list(collect(not_hopeless))
    above, rest, full_at = np.zeros(n_cells, np.int64), [], _full_at(counts, n_wanted)
    for leads in kept:
        levels, full = _levels(leads.leads, span, n_levels), full_at[leads.cells]
        sure = np.flatnonzero(levels < full)
        marked[leads.rows[sure]] = True
        above += np.bincount(leads.cells[sure], minlength=n_cells)
        rest.append(leads.part(np.flatnonzero(levels == full)))
    _mark(_joined(rest), np.maximum(n_wanted - above, 0), marked)
    found_of: IntArray = counts.sum(axis=0)
    return found_of


def _full_at(counts: IntArray, n_wanted: IntArray) -> Codes:
    """Level at which as many leads of each cell are found as wanted, from counts of shape (n_levels, n_cells).

    It is -1 where none are wanted, and beyond all levels where too few are found.
    """
    missing = np.cumsum(counts, axis=0) < n_wanted
    return np.where(n_wanted > 0, missing.sum(axis=0, dtype=np.int32), np.int32(-1))


def _mark(found: Leads, n_wanted: IntArray, marked: BoolArray) -> IntArray:
    """Mark the largest leads of each cell, and say how many leads each has."""
    sizes = np.bincount(found.cells, minlength=len(n_wanted))
    for some in _groups(found, sizes):
        marked[found.rows[some[_strongest(found.part(some), n_wanted)]]] = True
    return sizes


def _groups(found: Leads, sizes: IntArray) -> Iterator[IntArray]:
    """Positions of leads, some cells at a time, so that temporary arrays stay small."""
    group = np.cumsum(sizes) // _GROUP_LEADS
    if not len(group) or not group[-1]:
        yield np.arange(len(found.cells))
        return
    group_of = group.astype(np.uint16)[found.cells]
    for number in range(int(group[-1]) + 1):
        yield np.flatnonzero(group_of == number)


def _joined(parts: list[Leads]) -> Leads:
    if not parts:
        return Leads(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))
    return Leads(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _levels(leads: Values, span: tuple[float, float], n_levels: int) -> Codes:
    """Level of each lead, 0 for the largest; they are narrower near zero, where most leads are."""
    low, high = _fourth_root(np.array(span))
    scale = leads.dtype.type(n_levels / (high - low))
    return np.asarray(
        np.clip((leads.dtype.type(high) - _fourth_root(leads)) * scale, 0, n_levels - 1), np.int32
    )


def _fourth_root(values: Values) -> Values:
    return np.copysign(np.sqrt(np.sqrt(np.abs(values))), values)


def _strongest(found: Leads, n_wanted: IntArray) -> IntArray:
    """Return the positions of the largest leads of each cell, as many as wanted."""
    sizes = np.bincount(found.cells, minlength=len(n_wanted))
    cells = np.flatnonzero((sizes > n_wanted) & (n_wanted > 0))
    whole = (sizes <= n_wanted)[found.cells]
    number = np.full(len(n_wanted), -1, np.int64)
    number[cells] = np.arange(len(cells))
    place = number[found.cells]
    some = np.flatnonzero(place >= 0)
    place, leads, rows, wanted = place[some], found.leads[some], found.rows[some], n_wanted[cells]
    if not len(some):
        return np.flatnonzero(whole)
    keys = (place.astype(np.uint64) << np.uint64(32)) | _descending(leads)
    in_order = np.sort(keys)
    starts = np.searchsorted(in_order, np.arange(len(cells), dtype=np.uint64) << np.uint64(32))
    last = in_order[starts + wanted - 1]
    bar = last[place]
    at_bar = np.flatnonzero(keys == bar)  # equal in single precision: told apart by the lead, then by the row
    at_bar = at_bar[np.lexsort((rows[at_bar], -leads[at_bar], place[at_bar]))]
    group = place[at_bar]
    nth = np.arange(len(at_bar)) - np.searchsorted(group, group)
    left = wanted - (np.searchsorted(in_order, last) - starts)
    picked = np.concatenate([np.flatnonzero(keys < bar), at_bar[nth < left[group]]])
    return np.concatenate([np.flatnonzero(whole), some[picked]])


def _descending(values: Values) -> npt.NDArray[np.uint64]:
    """Keys of 32 bits that sort as the values do, largest first."""
    bits = (values.astype(np.float32) + np.float32(0)).view(np.uint32)
    return np.where(bits >> 31, bits, ~(bits | np.uint32(1 << 31))).astype(np.uint64)
