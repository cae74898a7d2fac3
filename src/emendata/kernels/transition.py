"""How labels go wrong in a dataset: the transition matrix, and how much of its pattern to believe.

Confident learning (Northcutt, Jiang, Chuang, JAIR 2021) counts how often rows labelled *j* look like class *k*.
What it counts is noise of the labels and confusion of the model together. Noise that is a property of the classes
also hits rows that the model is sure of, and by the same pattern; confusion, and mistakes that people make on hard
rows, do not. So the pattern is believed as far as the surest rows bear it out.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray, IntArray

__all__ = ["Belief", "Transition", "belief_in", "joint_cells", "transition_of"]

_PSEUDO_ROWS = 20.0  # rows of even noise that each true class gets besides its own
_SUREST = 0.25  # part of the rows of each predicted class
_REACHES = (
    0.20,
    0.72,
)  # errors of the surest rows over errors of all: from none to all of the noise reaches them
_ALIKE = (0.80, 1.05)  # slope of their pattern on that of the joint: from another pattern to the same
_ROWS_PER_CLASS = 5.0  # errors among the surest rows for each class at which half a pattern is believed
_RUN_ROWS = 1 << 16
_DENSE_CELLS = 1 << 22
_LEVEL_BITS = 18  # bits of a float32 that are dropped: 32 levels between a power of two and the next

_LEAST, _MOST = 2.0**-12, 1.5  # probabilities told apart by level
_N_LEVELS = 32 * 12 + 32 // 2 + 1

Codes = npt.NDArray[np.integer[Any]]
Values = npt.NDArray[np.floating[Any]]


class Transition(NamedTuple):
    """P(given label j | true class k) = ``scale[k]`` · joint count of (j, k) + ``even_part[k]`` · even noise.

    The counts of the confident joint are kept as sorted cells ``j * n_classes + k``, so that many classes cost
    no more than rows that disagree.
    """

    n_classes: int
    cells: IntArray
    counts: FloatArray
    scale: FloatArray
    even_part: FloatArray
    noise_rate: float

    def at(self, true: Codes, given: Codes) -> Values:
        """Return the probabilities of ``given`` labels where ``true`` is the class, element by element, float32."""
        found = self.count_of(true, given)
        even = np.where(true == given, 1.0 - self.noise_rate, self.off_diagonal)
        return np.asarray(self.scale[true] * found + self.even_part[true] * even, dtype=np.float32)

    def count_of(self, true: Codes, given: Codes) -> FloatArray:
        """Return the counts of the joint, element by element."""
        cells = given.astype(np.int64) * self.n_classes + true
        if not len(self.cells):
            return np.zeros(cells.shape)
        place = np.minimum(np.searchsorted(self.cells, cells), len(self.cells) - 1)
        return np.where(self.cells[place] == cells, self.counts[place], 0.0)

    @property
    def off_diagonal(self) -> float:
        """Even noise of one wrong class."""
        return self.noise_rate / max(self.n_classes - 1, 1)

    def dense(self) -> Values:
        """Return the whole matrix, true classes as lines, shape (n_classes, n_classes), float32."""
        k = self.n_classes
        matrix = np.full((k, k), self.off_diagonal)
        np.fill_diagonal(matrix, 1.0 - self.noise_rate)
        matrix *= self.even_part[:, None]
        given, true = np.divmod(self.cells, k)
        matrix[true, given] += self.scale[true] * self.counts
        return matrix.astype(np.float32)


class Belief(NamedTuple):
    """How far noise reaches rows that the model is sure of, and how far it follows the joint's pattern, in [0, 1]."""

    reaches_sure_rows: float
    in_pattern: float


def joint_cells(labels: Codes, looks_like: Codes, n_classes: int) -> tuple[IntArray, IntArray]:
    """Count rows by given label and the class they look like; rows without either are left out.

    Returns the cells ``label * n_classes + looks_like`` that occur, ascending, and their counts.
    """
    if n_classes * n_classes > _DENSE_CELLS:
        return np.unique(_cells_of(labels, looks_like, n_classes), return_counts=True)
    counts = np.zeros(n_classes * n_classes, np.int64)
    for rows in _runs(len(labels)):
        counts += np.bincount(_cells_of(labels[rows], looks_like[rows], n_classes), minlength=len(counts))
    found = np.flatnonzero(counts != 0)
    return found, counts[found]


def _cells_of(labels: Codes, looks_like: Codes, n_classes: int) -> IntArray:
    counted = (labels >= 0) & (looks_like >= 0)
    return labels[counted].astype(np.int64) * n_classes + looks_like[counted]


def _runs(n_rows: int) -> Iterator[slice]:
    """Cut rows into runs of which temporary arrays stay small."""
    return (slice(first, first + _RUN_ROWS) for first in range(0, n_rows, _RUN_ROWS))


def belief_in(
    labels: Codes,
    best: Codes,
    best_prob: Values,
    cells: IntArray,
    cell_counts: IntArray,
    label_counts: IntArray,
) -> Belief:
    """Say what the surest quarter of the rows of each predicted class tell about the noise.

    Parameters
    ----------
    labels : int array of shape (n,)
        -1 for rows without a label, which do not count.
    best, best_prob : arrays of shape (n,)
        Most probable class and its probability.
    cells, cell_counts : int arrays
        The confident joint, as `joint_cells` returns it.
    label_counts : int array of shape (n_classes,)

    Notes
    -----
    A model is sure by levels, 32 between a power of two and the next; a level that is needed in part counts in part.
    """
    k = len(label_counts)
    rows, errors = _by_level(labels, best, best_prob, k)
    if not errors.any():
        return Belief(0.0, 0.0)
    surer = np.cumsum(rows, axis=1) - rows
    weights = np.clip(_SUREST * rows.sum(axis=1, keepdims=True) - surer, 0, rows) / np.maximum(rows, 1)
    evidence = float((weights * errors).sum())
    surest = evidence / float((weights * rows).sum())
    reaches = _between(surest * rows.sum() / errors.sum(), _REACHES)
    joint = transition_of(cells, cell_counts, label_counts, k, 1.0)
    sure_rows = (weights * rows).sum(axis=1) + _PSEUDO_ROWS
    given, true, weight = _sure_errors(labels, best, best_prob, weights)
    slope = _slope(joint, given, true, weight, sure_rows, surest / max(k - 1, 1))
    alike = _between(slope, _ALIKE) * evidence / (evidence + _ROWS_PER_CLASS * k)
    return Belief(reaches, reaches * alike)


def _by_level(labels: Codes, best: Codes, best_prob: Values, n_classes: int) -> tuple[IntArray, IntArray]:
    """Count rows and errors by predicted class and by how sure the model is, surest first."""
    rows = np.zeros(n_classes * _N_LEVELS, np.int64)
    errors = np.zeros(n_classes * _N_LEVELS, np.int64)
    for run in _runs(len(labels)):
        labeled = labels[run] >= 0
        given, predicted = labels[run][labeled], best[run][labeled]
        cells = predicted.astype(np.int64) * _N_LEVELS + _levels(best_prob[run][labeled])
        rows += np.bincount(cells, minlength=len(rows))
        errors += np.bincount(cells[predicted != given], minlength=len(rows))
    return rows.reshape(n_classes, _N_LEVELS), errors.reshape(n_classes, _N_LEVELS)


def _sure_errors(
    labels: Codes, best: Codes, best_prob: Values, weights: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Given label, predicted class and weight of the surest rows whose label is another than predicted."""
    parts = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for run in _runs(len(labels)):
        wrong = np.flatnonzero((labels[run] >= 0) & (labels[run] != best[run]))
        given, predicted = labels[run][wrong].astype(np.int64), best[run][wrong].astype(np.int64)
        weight = weights[predicted, _levels(best_prob[run][wrong])]
        sure = weight > 0
        parts.append((given[sure], predicted[sure], weight[sure]))
    given, predicted, weight = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return given, predicted, weight


def _levels(prob: Values) -> npt.NDArray[np.int32]:
    """How sure: 0 for the highest probabilities, 32 levels down to each next power of two."""
    level = np.clip(prob, _LEAST, _MOST).astype(np.float32).view(np.int32) >> _LEVEL_BITS
    return (np.float32(_MOST).view(np.int32) >> _LEVEL_BITS) - level


def _slope(
    joint: Transition, given: IntArray, true: IntArray, weight: FloatArray, rows: FloatArray, even: float
) -> float:
    """Slope of the surest rows' deviations from even noise on those of the joint, over pairs of different classes.

    Both matrices hold ``counts / rows + pseudo rows of even noise``; so only cells that occur need a look.
    """
    k = joint.n_classes
    cell_given, cell_true = np.divmod(joint.cells, k)
    off = cell_given != cell_true
    shares = joint.counts[off] * joint.scale[cell_true[off]]
    rest = joint.off_diagonal * (joint.even_part - 1)
    sure_rest = even * (_PSEUDO_ROWS / rows - 1)
    by_class = np.bincount(cell_true[off], weights=shares, minlength=k)
    sure_by_class = np.bincount(true, weights=weight, minlength=k) / rows
    found = joint.count_of(true, given) * joint.scale[true]
    both = (found * weight / rows[true]).sum()
    both += (sure_rest * by_class + rest * sure_by_class + (k - 1) * rest * sure_rest).sum()
    square = (shares**2).sum() + (2 * rest * by_class + (k - 1) * rest**2).sum()
    return float(both / max(square, 1e-12))


def _between(value: float, low_and_high: tuple[float, float]) -> float:
    low, high = low_and_high
    return min(max((value - low) / (high - low), 0.0), 1.0)


def transition_of(
    cells: IntArray, cell_counts: IntArray, label_counts: IntArray, n_classes: int, belief: float
) -> Transition:
    """Build the transition matrix from a confident joint, as far as its pattern is believed.

    Lines of the joint are rescaled to the rows that carry each label. Every true class gets some rows of even
    noise at the overall rate besides; then the whole is mixed with even noise, ``1 - belief`` of it.

    Parameters
    ----------
    cells, cell_counts : int arrays
        As `joint_cells` returns them.
    label_counts : int array of shape (n_classes,)
        Rows with each given label.
    belief : float
        In [0, 1].
    """
    given, true = np.divmod(cells, n_classes)
    seen = np.bincount(given, weights=cell_counts, minlength=n_classes)
    counts = cell_counts * (label_counts / np.maximum(seen, 1))[given]
    total = max(float(counts.sum()), 1.0)
    noise_rate = 1.0 - float(counts[given == true].sum()) / total
    noise_rate = min(max(noise_rate, 1.0 / (total + 2.0)), 1.0 - 1.0 / n_classes)
    rows = np.asarray(np.bincount(true, weights=counts, minlength=n_classes) + _PSEUDO_ROWS, np.float64)
    return Transition(
        n_classes=n_classes,
        cells=cells,
        counts=counts,
        scale=belief / rows,
        even_part=belief * _PSEUDO_ROWS / rows + (1.0 - belief),
        noise_rate=noise_rate,
    )
