"""How labels go wrong in a dataset: the transition matrix, and how much of its pattern to believe.

Confident learning (Northcutt, Jiang, Chuang, JAIR 2021) counts how often rows labelled *j* look like class *k*.
What it counts is noise of the labels and confusion of the model together. Noise that is a property of the classes
also hits rows that the model is sure of; confusion, and mistakes that people make on hard rows, do not. So the
pattern is believed as far as the surest rows disagree with their labels as often as all rows do.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.records import FloatArray, IntArray

__all__ = ["Transition", "joint_cells", "pattern_belief", "transition_of"]

_PSEUDO_ROWS = 20.0  # rows of even noise that each true class gets besides its own
_SUREST = 0.25  # part of the rows of each predicted class
_NO_PATTERN, _ALL_PATTERN = (
    0.20,
    0.72,
)  # ratios below and above which nothing and all of the pattern is believed
_DENSE_CELLS = 1 << 22
_LEVEL_BITS = 18  # bits of a float32 that are dropped: 32 levels between a power of two and the next

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
        cells = given.astype(np.int64) * self.n_classes + true
        place = np.minimum(np.searchsorted(self.cells, cells), max(len(self.cells) - 1, 0))
        found = np.where(self.cells[place] == cells, self.counts[place], 0.0) if len(self.cells) else 0.0
        even = np.where(true == given, 1.0 - self.noise_rate, self.off_diagonal)
        return np.asarray(self.scale[true] * found + self.even_part[true] * even, dtype=np.float32)

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


def joint_cells(labels: Codes, looks_like: Codes, n_classes: int) -> tuple[IntArray, IntArray]:
    """Count rows by given label and the class they look like; rows without either are left out.

    Returns the cells ``label * n_classes + looks_like`` that occur, ascending, and their counts.
    """
    counted = (labels >= 0) & (looks_like >= 0)
    cells = labels[counted].astype(np.int64) * n_classes + looks_like[counted]
    if n_classes * n_classes > _DENSE_CELLS:
        return np.unique(cells, return_counts=True)
    counts = np.bincount(cells, minlength=n_classes * n_classes)
    found = np.flatnonzero(counts)
    return found, counts[found]


def pattern_belief(labels: Codes, best: Codes, best_prob: Values, n_classes: int) -> float:
    """How far to believe that labels go wrong by a pattern of the classes, in [0, 1].

    Compares how often the given label is not the most probable class among the surest quarter of the rows of each
    predicted class and among all rows: 1 where the surest are wrong at least 0.72 times as often, 0 where at most
    0.20 times, linear in between. Unlabelled rows (-1) do not count.
    """
    labeled = labels >= 0
    given, predicted, prob = labels[labeled], best[labeled].astype(np.int64), best_prob[labeled]
    wrong = predicted != given
    overall = float(wrong.mean()) if len(wrong) else 0.0
    if overall == 0.0:
        return 0.0
    level = np.maximum(prob, 2.0**-12).astype(np.float32).view(np.int32) >> _LEVEL_BITS
    level = level.max() - level  # 0 where the model is surest
    n_levels = int(level.max()) + 1
    cells = predicted * n_levels + level
    rows = np.bincount(cells, minlength=n_classes * n_levels).reshape(n_classes, n_levels)
    errors = np.bincount(cells[wrong], minlength=n_classes * n_levels).reshape(n_classes, n_levels)
    surer = np.cumsum(rows, axis=1) - rows
    taken = np.clip(_SUREST * rows.sum(axis=1, keepdims=True) - surer, 0, rows)
    surest = float((taken * errors / np.maximum(rows, 1)).sum() / taken.sum())
    return float(np.clip((surest / overall - _NO_PATTERN) / (_ALL_PATTERN - _NO_PATTERN), 0.0, 1.0))


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
