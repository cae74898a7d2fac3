"""Which rows to pick: the lowest scores, overall or class by class, and the pairs of classes furthest apart.

Wherever values are equal the earlier row goes first.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.kernels.survey import NARROW, own_probability, tiles
from emendata.records import BoolArray, IntArray

__all__ = ["Leads", "Pairs", "leads_block", "lowest", "lowest_per_class", "pairs_of", "strongest_per_cell"]

_LEVELS = 512
_MOST_LEVELS = 1 << 20

Block = npt.NDArray[np.floating[Any]]
Values = npt.NDArray[np.floating[Any]]
Whole = npt.NDArray[np.int32 | np.int64]


class Pairs(NamedTuple):
    """Pairs of given label and other class, both arrays of shape (k, k): whether wanted, and the cell's number."""

    wanted: BoolArray
    number: npt.NDArray[np.int32]


def pairs_of(cells: IntArray, n_classes: int) -> Pairs:
    """Give the cells ``label * n_classes + class`` numbers by their order."""
    number = np.zeros(n_classes * n_classes, np.int32)
    wanted = np.zeros(len(number), dtype=np.bool_)
    number[cells], wanted[cells] = np.arange(len(cells)), True
    shape = (n_classes, n_classes)
    return Pairs(wanted.reshape(shape), number.reshape(shape))


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


def lowest_per_class(labels: npt.NDArray[np.int32], scores: Values, counts: IntArray) -> BoolArray:
    """Mark, of each class, as many rows with that label as ``counts`` says, those of lowest score, shape (n,)."""
    picked = np.zeros(len(labels), dtype=np.bool_)
    rows = np.flatnonzero(labels >= 0)
    picked[rows] = strongest_per_cell(Leads(rows, labels[rows], -scores[rows]), counts)
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


class Leads(NamedTuple):
    """Other classes by which rows might be picked: the row, the number of the cell, p(class) - p(label)."""

    rows: Whole
    cells: Whole
    leads: Values


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
    collect = _leads_narrow if block.shape[1] <= NARROW else _leads_wide
    bars = above.astype(block.dtype)
    parts = [Leads(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, block.dtype))]
    for some in tiles(block, n_rows=len(rows), side_by_side=2):
        part = collect(labels[rows[some]], block[rows[some]], pairs, bars, upto)
        parts.append(part._replace(rows=rows[some][part.rows]))
    return Leads(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _leads_narrow(
    labels: npt.NDArray[np.int32], tile: Block, pairs: Pairs, above: Values, upto: float
) -> Leads:
    on_side = np.ascontiguousarray(tile.T)
    own, bars = own_probability(labels, tile), above[labels]
    parts = [Leads(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, tile.dtype))]
    for j in np.flatnonzero(pairs.wanted.any(axis=0)):
        lead = on_side[j] - own
        rows = np.flatnonzero((lead > bars) & (lead <= upto))
        rows = rows[pairs.wanted[labels[rows], j]]
        parts.append(Leads(rows, pairs.number[labels[rows], j].astype(np.int64), lead[rows]))
    return Leads(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _leads_wide(
    labels: npt.NDArray[np.int32], tile: Block, pairs: Pairs, above: Values, upto: float
) -> Leads:
    own = own_probability(labels, tile)
    places = np.flatnonzero((tile > (own + above[labels])[:, None]) & pairs.wanted[labels])
    rows, classes = np.divmod(places, tile.shape[1])
    lead = tile.ravel()[places] - own[rows]
    kept = (lead > above[labels[rows]]) & (lead <= upto)
    rows, classes, lead = rows[kept], classes[kept], lead[kept]
    return Leads(rows, pairs.number[labels[rows], classes].astype(np.int64), lead)


def strongest_per_cell(found: Leads, wanted_counts: IntArray) -> BoolArray:
    """Mark, of each cell, as many leads as wanted, the largest, shape (n_leads,).

    Parameters
    ----------
    found : Leads
        With leads in [-1, 1].
    wanted_counts : int array of shape (n_cells,)

    Notes
    -----
    A histogram of each cell finds the level at which it is full, if cells are few; only what lies on that level is
    sorted, as 64-bit keys, cell first. Leads that are equal in single precision are told apart afterwards.
    """
    n_found = np.bincount(found.cells, minlength=len(wanted_counts))
    over = n_found > wanted_counts
    picked = ~over[found.cells]
    cells = np.flatnonzero(over & (wanted_counts > 0))
    open_places = np.flatnonzero((over & (wanted_counts > 0))[found.cells])
    place = _places(cells, found.cells[open_places], len(wanted_counts))
    leads, left = found.leads[open_places], wanted_counts[cells]
    if len(cells) * _LEVELS <= _MOST_LEVELS:
        surely, on_level, left = _up_to_level(place, leads, left)
        picked[open_places[surely]] = True
        open_places, place, leads = open_places[on_level], place[on_level], leads[on_level]
    picked[open_places[_strongest(place, leads, found.rows[open_places], left)]] = True
    return picked


def _up_to_level(place: IntArray, leads: Values, wanted: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Split leads by the level at which their cell has as many as are wanted.

    Returns the places of those above it, of those on it, and how many of these are still wanted, by cell.
    """
    level = np.clip((1 - leads) * (_LEVELS / 2), 0, _LEVELS - 1).astype(np.int32)
    counts = np.bincount(place * _LEVELS + level, minlength=len(wanted) * _LEVELS).reshape(-1, _LEVELS)
    upto = np.cumsum(counts, axis=1)
    full = (upto >= wanted[:, None]).argmax(axis=1)
    cells = np.arange(len(wanted))
    full_at = full[place]
    return (
        np.flatnonzero(level < full_at),
        np.flatnonzero(level == full_at),
        wanted - (upto[cells, full] - counts[cells, full]),
    )


def _strongest(place: IntArray, leads: Values, rows: Whole, wanted: IntArray) -> IntArray:
    """Return the positions of the ``wanted`` largest leads of each place, of which each has at least that many."""
    if not len(place):
        return np.empty(0, np.int64)
    keys = (place.astype(np.uint64) << np.uint64(32)) | _descending(leads)
    in_order = np.sort(keys)
    starts = np.searchsorted(in_order, np.arange(len(wanted), dtype=np.uint64) << np.uint64(32))
    last = in_order[starts + wanted - 1]
    bar = last[place]
    at_bar = np.flatnonzero(keys == bar)
    at_bar = at_bar[np.lexsort((rows[at_bar], -leads[at_bar], place[at_bar]))]
    group = place[at_bar]
    nth = np.arange(len(at_bar)) - np.searchsorted(group, group)
    left = wanted - (np.searchsorted(in_order, last) - starts)
    return np.concatenate([np.flatnonzero(keys < bar), at_bar[nth < left[group]]])


def _places(cells: IntArray, wanted: Whole, n_cells: int) -> IntArray:
    """Place of each wanted cell among the sorted ones, all of which occur, by a table where it is small."""
    if n_cells > 1 << 22:
        return np.searchsorted(cells, wanted).astype(np.int64)
    table = np.zeros(n_cells, np.int64)
    table[cells] = np.arange(len(cells))
    return table[wanted]


def _descending(values: Values) -> npt.NDArray[np.uint64]:
    """Keys of 32 bits that sort as the values do, largest first."""
    bits = (values.astype(np.float32) + np.float32(0)).view(np.uint32)
    return np.where(bits >> 31, bits, ~(bits | np.uint32(1 << 31))).astype(np.uint64)
