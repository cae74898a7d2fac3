"""Whole numbers of rows from a confident joint: how many there are of each kind, and how many of them to flag.

Northcutt, Jiang, Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.kernels.cells import Cells
from emendata.records import FloatArray, IntArray

__all__ = ["calibrated", "prune_counts", "with_line_totals"]

Counts = npt.NDArray[np.floating[Any] | np.integer[Any]]

_SORTED_WHOLE = 256  # classes up to which sorting whole lines costs next to nothing


def calibrated(joint: Cells, label_counts: Counts) -> Cells:
    """Rescale each line of a joint to the number of rows with that label, in whole rows.

    Cells are rounded; where a line then has rows too few or too many, those furthest from their exact value
    give way. A line of zeros goes to its diagonal: nothing was seen, so the labels are believed.

    Parameters
    ----------
    joint : Cells
        Confident counts, not negative.
    label_counts : array of shape (k,)
        Line sums of the result.

    Returns
    -------
    Cells
        With all of the diagonal, int64.

    Notes
    -----
    Cost: one sort of the cells. Of equal cells a later class gains rows first and an earlier one loses them first.
    With up to 256 classes numpy's sort of the whole line decides instead, as it does in other tools, and that may
    differ between processors.

    Examples
    --------
    >>> from emendata.kernels.cells import cells_of
    >>> calibrated(cells_of(np.array([[3, 1], [0, 2]])), np.array([10, 4])).matrix()
    array([[8, 2],
           [0, 4]])
    """
    labels, joint = np.asarray(label_counts, np.float64), joint.with_diagonal()
    sums = joint.line_sums()
    exact = joint.counts / np.where(sums > 0, sums, 1.0)[joint.given] * labels[joint.given]
    exact = np.where((sums[joint.given] > 0) | (joint.given != joint.true), exact, labels[joint.given])
    if joint.n_classes <= _SORTED_WHOLE and (total := joint._replace(counts=exact).matrix().sum()) > 0:
        exact = exact / total * labels.sum()  # to the last bits, which decide where cells are equal
    return _in_whole_rows(joint._replace(counts=exact))


def _in_whole_rows(exact: Cells) -> Cells:
    """Return whole numbers whose lines have the sums, rounded, of the exact ones."""
    k, lines = exact.n_classes, exact.given
    rounded = np.rint(exact.counts)
    rest = exact.counts - rounded
    short = np.rint(exact.line_sums()) - np.bincount(lines, weights=rounded, minlength=k)
    order = np.lexsort((rest, lines))  # of each line, first what was rounded up the furthest
    ends = np.cumsum(np.bincount(lines, minlength=k))
    cut = (np.where(short > 0, ends, ends - np.diff(ends, prepend=0)) - short).astype(np.int64)
    if k <= _SORTED_WHOLE:
        inside = np.flatnonzero(short)
        inside = inside[(cut[inside] > 0) & (cut[inside] < len(order))]
        tied = inside[rest[order[cut[inside] - 1]] == rest[order[cut[inside]]]]
        cells, more = _of_tied_lines(exact._replace(counts=rest).matrix(), tied, short[tied])
        rounded[np.searchsorted(exact.cells, cells)] += more
        short[tied] = 0
    step, place = np.sign(short)[lines], np.arange(len(order))  # cells are in the order of lines
    rounded[order] += step * np.where(step > 0, place >= cut[lines], place < cut[lines])
    return exact._replace(counts=rounded.astype(np.int64))


def _of_tied_lines(rest: FloatArray, tied: IntArray, short: FloatArray) -> tuple[IntArray, FloatArray]:
    """Pick the cells of lines where equal ones compete, as sorting the whole line does; return what each gets more."""
    k = len(rest)
    order, place, missing = np.argsort(rest[tied], axis=1), np.arange(k), short[:, None]
    line, column = np.nonzero(np.where(missing > 0, place >= k - missing, place < -missing))
    return tied[line] * k + order[line, column], np.sign(short)[line]


def prune_counts(joint: Cells, min_examples_per_class: int, frac_noise: float) -> Cells:
    """Say how many rows of each label to flag for each other class, and keep some of every label.

    First each diagonal cell is raised to the number of rows to keep, which are taken evenly from the other
    cells of its line that are not zero and stop at zero. Then those are multiplied by ``frac_noise``, with
    the rest given to the diagonal, and fractions of a row are dropped.

    Parameters
    ----------
    joint : Cells
        Lines are given labels, columns true classes.
    min_examples_per_class : int
        At least 0.
    frac_noise : float in [0, 1]

    Returns
    -------
    Cells
        Off the diagonal how many rows to flag, on it how many to leave; int64.

    Examples
    --------
    >>> from emendata.kernels.cells import cells_of
    >>> prune_counts(cells_of(np.array([[1, 4, 7], [0, 9, 4], [0, 0, 5]])), 6, 1.0).matrix()
    array([[6, 1, 4],
           [0, 9, 4],
           [0, 0, 6]])
    """
    joint = joint.with_diagonal()
    given = joint.given
    other = (given != joint.true) & (joint.counts != 0)
    right = joint.diagonal().astype(np.float64)
    raised = np.maximum(min_examples_per_class - right, 0.0)
    fewer = raised / np.maximum(np.bincount(given[other], minlength=joint.n_classes), 1)
    kept = np.where(other, np.maximum(joint.counts - fewer[given], 0.0), 0.0)
    flagged = kept * frac_noise
    right += raised + np.bincount(given, weights=kept - flagged, minlength=joint.n_classes)
    return joint._replace(counts=np.where(other, flagged, right[given]).astype(np.int64))


def with_line_totals(counts: Cells, totals: Counts, label_counts: IntArray) -> Cells:
    """Rescale what lies off the diagonal so that each line has the wanted number of rows there, in whole rows.

    Parameters
    ----------
    counts : Cells
        As `prune_counts` returns them.
    totals : array of shape (k,)
        Rows to flag of each given label.
    label_counts : int64 array of shape (k,)

    Returns
    -------
    Cells
        A line without rows off the diagonal stays so.

    Examples
    --------
    >>> from emendata.kernels.cells import cells_of
    >>> joint = cells_of(np.array([[6, 1, 3], [0, 9, 4], [0, 0, 6]]))
    >>> with_line_totals(joint, np.array([8, 2, 1]), np.array([10, 13, 6])).matrix()
    array([[ 2,  2,  6],
           [ 0, 11,  2],
           [ 0,  0,  5]])
    """
    counts = counts.with_diagonal()
    given, off = counts.given, counts.given != counts.true
    wanted = np.asarray(totals, np.float64)
    sums = np.bincount(given[off], weights=counts.counts[off], minlength=counts.n_classes)
    scaled = counts.counts * (wanted / np.maximum(sums, 1.0))[given]
    exact = counts._replace(counts=np.where(off, scaled, np.maximum(label_counts - wanted, 0)[given]))
    return _in_whole_rows(exact)
