"""Which rows the cuts that prune flag, once it is known how many of each label, or of each label and other class."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.engine import map_blocks, map_ranges
from emendata.kernels.leads import Leads, best_leads, leads_block, numbering, pairs_of, reach
from emendata.kernels.selection import Strongest, strongest
from emendata.records import BoolArray, IntArray
from emendata.tasks.surveys import Surveyed

__all__ = ["by_class", "by_noise_rate"]

Block = npt.NDArray[np.floating[Any]]
Values = npt.NDArray[np.floating[Any]]


def by_noise_rate(surveyed: Surveyed, cells: IntArray, n_wanted: IntArray, open_rows: BoolArray) -> BoolArray:
    """Of each given label and other class, mark the open rows that favour it most, as many as the joint says."""
    codes, k = surveyed.examples.codes, surveyed.examples.n_classes
    flagged = np.zeros(len(codes), dtype=np.bool_)
    ahead = _ahead(surveyed, cells, n_wanted)
    flagged[ahead.settled().rows] = True
    short = np.flatnonzero(ahead.n_found < n_wanted)
    still = open_rows & ~flagged & (np.bincount(cells[short] // k, minlength=k) > 0)[codes]
    if still.any():
        missing = (n_wanted - ahead.n_found)[short]
        behind = _behind(surveyed, cells[short], missing, np.flatnonzero(still))
        flagged[behind.settled().rows] = True
    return flagged & open_rows


def _ahead(surveyed: Surveyed, cells: IntArray, n_wanted: IntArray) -> Strongest:
    """Find the strongest leads above zero.

    Those of the best class of each row are known already, and fill most cells; of the other classes only those count
    that are still missing or would outdo them.
    """
    codes, survey, k = surveyed.examples.codes, surveyed.survey, surveyed.examples.n_classes
    found, number_of = Strongest(n_wanted, np.zeros(len(cells), survey.own.dtype)), numbering(cells, k)

    def of_best(rows: slice) -> None:
        some = survey.part(rows)
        found.add(best_leads(codes[rows], some.own, some.best, some.best_prob, number_of).shifted(rows.start))

    for _ in map_ranges(len(codes), of_best, n_threads=surveyed.n_threads):
        pass
    found.settled()
    pairs = pairs_of(cells, k, found.above)

    def of_others(first: int, block: Block) -> None:
        labels, some = codes[first : first + len(block)], survey.part(slice(first, first + len(block)))
        rows = np.flatnonzero((some.own < some.best_prob) & (labels >= 0))
        at_most = reach(some.own[rows], some.best_prob[rows], some.best_prob[rows])
        leads = leads_block(labels, block, rows, at_most, pairs, left_out=some.best)
        found.add(leads.shifted(first))

    for _ in map_blocks(surveyed.source, of_others, glance=True, n_threads=surveyed.n_threads):
        pass
    return found


def _behind(surveyed: Surveyed, cells: IntArray, n_wanted: IntArray, still: IntArray) -> Strongest:
    """Find the strongest leads of zero and less, as far as rows that are ``still`` to be flagged have any."""
    codes, survey, k = surveyed.examples.codes, surveyed.survey, surveyed.examples.n_classes
    below = np.nextafter(-_highest(surveyed, still), -np.inf)[cells // k]
    found, pairs = Strongest(n_wanted, below), pairs_of(cells, k, below)

    def work(first: int, block: Block) -> None:
        labels, some = codes[first : first + len(block)], survey.part(slice(first, first + len(block)))
        rows = np.flatnonzero(labels >= 0)
        at_most = reach(some.own[rows], some.best_prob[rows])
        leads = leads_block(labels, block, rows, at_most, pairs, upto=0.0)
        found.add(leads.shifted(first))

    for _ in map_blocks(surveyed.source, work, glance=True, n_threads=surveyed.n_threads):
        pass
    return found


def by_class(surveyed: Surveyed, n_wrong: IntArray, open_rows: BoolArray) -> BoolArray:
    """Of each given label, mark the rows of lowest self-confidence, as many as wanted, if they are open."""
    codes, own = surveyed.examples.codes, surveyed.survey.own
    most = _highest(surveyed, np.flatnonzero(open_rows))  # no other row can take an open one's place
    near = np.empty(len(codes), dtype=np.bool_)

    def work(rows: slice) -> None:
        near[rows] = (codes[rows] >= 0) & (own[rows] <= most.take(codes[rows]))

    for _ in map_ranges(len(codes), work, n_threads=surveyed.n_threads):
        pass
    rows = np.flatnonzero(near).astype(np.int32)
    found, _ = strongest([Leads(rows, codes[rows], -own[rows])], n_wrong)
    marked = np.zeros(len(codes), dtype=np.bool_)
    marked[found.rows] = True
    return marked & open_rows


def _highest(surveyed: Surveyed, rows: IntArray) -> Values:
    """Highest self-confidence of some rows by given label, minus infinity where there are none."""
    own = surveyed.survey.own
    highest = np.full(surveyed.examples.n_classes, -np.inf, own.dtype)
    np.maximum.at(highest, surveyed.examples.codes[rows], own[rows])
    return highest
