"""How labels go wrong in a dataset: the transition matrix.

Confident learning (Northcutt, Jiang, Chuang, JAIR 2021) counts how often rows labelled *j* look like class *k*.
How much of that is noise of the labels, `emendata.kernels.belief` says.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.kernels.cells import Cells
from emendata.records import FloatArray, IntArray

__all__ = ["PSEUDO_ROWS", "Transition", "transition_of"]

PSEUDO_ROWS = 20.0
"""Rows of even noise that each true class gets besides its own."""

_MOST_TABLE_CELLS = 1 << 22  # of matrices that are worth laying out

Codes = npt.NDArray[np.integer[Any]]
Values = npt.NDArray[np.floating[Any]]


class Transition(NamedTuple):
    """P(given label j | true class k) = ``scale[k]`` · joint count of (j, k) + ``even_part[k]`` · even noise.

    The joint holds confident counts, its lines rescaled to the rows that carry each label.
    """

    joint: Cells
    scale: FloatArray
    even_part: FloatArray
    noise_rate: float

    def at(self, true: Codes, given: Codes) -> Values:
        """Return the probabilities of ``given`` labels where ``true`` is the class, float32; shapes broadcast."""
        found = self.joint.at(given, true)
        even = np.where(true == given, 1.0 - self.noise_rate, self.off_diagonal)
        return np.asarray(self.scale[true] * found + self.even_part[true] * even, dtype=np.float32)

    def lookup(self) -> Callable[[Codes, Codes], Values]:
        """Return `at`, or what does the same faster by the whole matrix where that is not too large."""
        if self.n_classes**2 > _MOST_TABLE_CELLS:
            return self.at
        table = self.dense().ravel()
        return lambda true, given: np.take(table, true.astype(np.intp, copy=False) * self.n_classes + given)

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return self.joint.n_classes

    @property
    def off_diagonal(self) -> float:
        """Even noise of one wrong class."""
        return self.noise_rate / max(self.n_classes - 1, 1)

    def dense(self) -> Values:
        """Return the whole matrix, true classes as lines, shape (n_classes, n_classes), float32."""
        k = self.n_classes
        matrix = np.empty((k, k), np.float32)
        matrix[:] = (self.even_part * self.off_diagonal)[:, None]
        np.fill_diagonal(matrix, self.even_part * (1.0 - self.noise_rate))
        given, true = self.joint.given, self.joint.true
        even = np.where(given == true, 1.0 - self.noise_rate, self.off_diagonal)
        matrix[true, given] = self.scale[true] * self.joint.counts + self.even_part[true] * even
        return matrix


def transition_of(joint: Cells, label_counts: IntArray, belief: float) -> Transition:
    """Build the transition matrix from a confident joint, as far as its pattern is believed.

    Lines of the joint are rescaled to the rows that carry each label. Every true class gets some rows of even
    noise at the overall rate besides; then the whole is mixed with even noise, ``1 - belief`` of it.

    Parameters
    ----------
    joint : Cells
        Counts.
    label_counts : int array of shape (n_classes,)
        Rows with each given label.
    belief : float
        In [0, 1].
    """
    k, given, true = joint.n_classes, joint.given, joint.true
    counts = joint.counts * (label_counts / np.maximum(joint.line_sums(), 1))[given]
    total = max(float(counts.sum()), 1.0)
    noise_rate = 1.0 - float(counts[given == true].sum()) / total
    noise_rate = min(max(noise_rate, 1.0 / (total + 2.0)), 1.0 - 1.0 / k)
    rows = np.asarray(np.bincount(true, weights=counts, minlength=k) + PSEUDO_ROWS, np.float64)
    return Transition(
        joint=joint._replace(counts=counts),
        scale=belief / rows,
        even_part=belief * PSEUDO_ROWS / rows + (1.0 - belief),
        noise_rate=noise_rate,
    )
