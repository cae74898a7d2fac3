"""Which rows to pick: the lowest scores overall, or of each cell the largest leads.

Wherever values are equal the earlier row goes first.
"""

import itertools
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.kernels.leads import Leads, joined
from emendata.records import BoolArray, IntArray

__all__ = ["Strongest", "lowest", "strongest"]

_GROUP_LEADS = 1 << 16
_ROOM = 1 << 17

Values = npt.NDArray[np.floating[Any]]


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


class Strongest:
    """The largest leads of each cell, as many as wanted, of equal ones those of earlier rows.

    Leads may be added in any order and on several threads. Whenever more than half as many as wanted have come
    together, those that are not among the largest so far are dropped; so memory grows with what is wanted, not with
    what is found. From then on a lead must exceed ``above`` of its cell, shape (n_cells,), to be among them.

    Parameters
    ----------
    n_wanted : int array of shape (n_cells,)
    above : float array of shape (n_cells,)
        What leads must exceed from the start.
    """

    def __init__(self, n_wanted: IntArray, above: Values) -> None:
        self.n_wanted = n_wanted
        self.n_found: IntArray = np.zeros(len(n_wanted), np.int64)
        self.above = np.where(n_wanted > 0, above, np.inf).astype(above.dtype)
        self._kept: list[Leads] = []
        self._n_new, self._room = 0, max(_ROOM, int(n_wanted.sum()) // 2)
        self._lock = Lock()

    def add(self, leads: Leads) -> None:
        """Take part of the leads that exceed what they must."""
        is_kept = leads.leads > self.above.take(leads.cells)
        leads = leads if is_kept.all() else leads.part(np.flatnonzero(is_kept))
        with self._lock:
            self._kept.append(leads)
            self._n_new += len(leads.rows)
            if self._n_new > self._room:
                self._settle()

    def settled(self) -> Leads:
        """Return those that are among the largest so far; ``above`` and ``n_found``, at most n_wanted, tell of them."""
        with self._lock:
            return self._settle()

    def _settle(self) -> Leads:
        found, sizes = strongest(self._kept, self.n_wanted)
        self._kept, self._n_new = [found], 0
        self.n_found = np.minimum(sizes, self.n_wanted)
        least = np.full(len(sizes), np.inf, found.leads.dtype)
        np.minimum.at(least, found.cells, found.leads)
        full = np.flatnonzero(sizes >= np.maximum(self.n_wanted, 1))
        self.above[full] = np.nextafter(least[full], -np.inf, dtype=self.above.dtype)
        return found


def strongest(parts: list[Leads], n_wanted: IntArray) -> tuple[Leads, IntArray]:
    """Return the largest leads of each cell, as many as wanted, and how many there were of each, shape (n_cells,)."""
    sizes, found = np.zeros(len(n_wanted), np.int64), []
    for leads in parts:
        sizes += np.bincount(leads.cells, minlength=len(sizes))
    for cells in _groups(sizes):
        some = joined([leads.of_cells(cells) for leads in parts])
        found.append(some.part(_strongest(some, sizes[cells], n_wanted[cells], cells.start)))
    return joined(found), sizes


def _groups(sizes: IntArray) -> list[slice]:
    """Part the cells into runs of which the leads are few enough for temporary arrays to stay small."""
    group = np.cumsum(sizes) // _GROUP_LEADS
    bounds = np.flatnonzero(np.diff(group, prepend=-1, append=-1)).tolist() if len(group) else []
    return [slice(first, last) for first, last in itertools.pairwise(bounds)]


def _strongest(found: Leads, sizes: IntArray, n_wanted: IntArray, first: int) -> IntArray:
    """Return the positions of the largest leads of each cell, as many as wanted; cells count from ``first``."""
    cells = found.cells - np.int32(first)
    keys = cells.astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= _descending(found.leads)
    in_order = np.sort(keys)
    n_picked = np.minimum(n_wanted, sizes)
    ends = np.cumsum(sizes) - sizes + n_picked
    some = np.flatnonzero(n_picked)
    last = np.zeros(len(sizes), np.uint64)  # below every key
    last[some] = in_order[ends[some] - 1]
    picked = keys <= last.take(cells)
    short = some[n_picked[some] < sizes[some]]
    tied = short[in_order[ends[short]] == last[short]]
    if len(tied):  # equal in single precision: told apart by the lead, then by the row
        n_more = np.zeros(len(sizes), np.int64)
        n_more[tied] = np.searchsorted(in_order, last[tied], side="right") - ends[tied]
        at_bar = np.flatnonzero((n_more > 0).take(cells) & (keys == last.take(cells)))
        at_bar = at_bar[np.lexsort((-found.rows[at_bar], found.leads[at_bar], cells[at_bar]))]
        nth = np.arange(len(at_bar)) - np.searchsorted(cells[at_bar], cells[at_bar])
        picked[at_bar[nth < n_more[cells[at_bar]]]] = False
    return np.flatnonzero(picked)


def _descending(values: Values) -> npt.NDArray[np.uint32]:
    """Keys of 32 bits that sort as the values do, largest first."""
    bits = (values.astype(np.float32) + np.float32(0)).view(np.int32)  # no zero has a sign then
    return ~((bits >> 31 | np.int32(-(1 << 31))) ^ bits).view(np.uint32)
