"""P(the given label is the true class), for every row, when labels were corrupted by a transition matrix.

The model was fitted to given labels, so its probabilities are those of the *given* class. Expectation maximisation
turns them into probabilities of the *true* class, which stay a distribution throughout:
``c <- c * (T (p / T'c))^2`` and renormalised; the square takes each step twice as far (Varadhan, Roland, "Simple and
globally convergent methods for accelerating the convergence of any EM algorithm", Scand. J. Stat. 2008).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.kernels.survey import Survey, tiles
from emendata.kernels.transition import Transition

__all__ = ["DENSE", "N_RIVALS", "posterior_of_rivals", "right_block"]

DENSE = 16
"""Number of classes up to which all of them take part; beyond, the given label and its strongest rivals."""

N_RIVALS = 5
"""Rivals that take part where there are more classes; all others count as one."""

_STEPS = 6
_TILE_ROWS = 1 << 10
_FLOOR = np.float32(1e-6)
_TINY = np.float32(1e-12)

Single = npt.NDArray[np.float32]
Codes = npt.NDArray[np.integer[Any]]
Lookup = Callable[[Codes, Codes], Single]


def right_block(
    labels: npt.NDArray[np.int32],
    block: npt.NDArray[np.floating[Any]],
    transition: Single,
    right: Single,
    suggested: npt.NDArray[np.int16 | np.int32],
    probability: Single,
) -> None:
    """Fill ``right``, ``suggested`` and ``probability``, each of shape (n,), from a block with few classes.

    ``suggested`` is the most probable true class other than the given label, ``probability`` its probability.
    Rows without a label get those of their most probable class, and NaN for ``right``.
    """
    for rows in tiles(block, side_by_side=4):
        _right_tile(labels[rows], block[rows], transition, right[rows], suggested[rows], probability[rows])


def _right_tile(
    labels: npt.NDArray[np.int32],
    block: npt.NDArray[np.floating[Any]],
    transition: Single,
    right: Single,
    suggested: npt.NDArray[np.int16 | np.int32],
    probability: Single,
) -> None:
    given = np.maximum(labels, 0)
    p = np.maximum(block.T, _FLOOR).astype(np.float32, order="C", copy=False)
    likelihood = np.take(transition, given, axis=1)
    unlabelled = np.flatnonzero(labels < 0)
    likelihood[:, unlabelled] = 1
    clean = _true_classes(p, likelihood, lambda c: transition.T @ c, lambda r: transition @ r)
    places = np.arange(len(given))
    right[:] = clean[given, places]
    clean[given, places] = np.where(labels < 0, right, -1)
    right[unlabelled] = np.nan
    probability[:] = clean.max(axis=0)
    suggested[:] = 0
    for j in range(len(clean) - 1, -1, -1):
        np.putmask(suggested, clean[j] == probability, j)


def posterior_of_rivals(
    labels: npt.NDArray[np.int32], survey: Survey, transition: Transition, lookup: Lookup
) -> tuple[Single, Single]:
    """Probability that the given label is right, and that each rival is, for labelled rows of a survey.

    The given label, its rivals and one class for all others take part. ``lookup`` is that of the transition,
    which need not be made anew for each run of rows. Returns two float32 arrays of shape (n,), and shape (n, m).
    """
    own, rivals = np.empty(len(labels), np.float32), np.empty(survey.rivals.shape, np.float32)
    for first in range(0, len(labels), _TILE_ROWS):
        rows = slice(first, first + _TILE_ROWS)
        clean = _rivals_tile(labels[rows], survey.part(rows), transition, lookup)
        own[rows], rivals[rows] = clean[0], clean[1:-1].T
    return own, rivals


def _rivals_tile(
    labels: npt.NDArray[np.int32], survey: Survey, transition: Transition, lookup: Lookup
) -> Single:
    taking_part = np.concatenate([labels[:, None], survey.rivals.astype(np.int32)], axis=1).T
    m, n = taking_part.shape
    p = np.empty((m + 1, n), np.float32)
    p[0], p[1:m] = survey.own, survey.rival_probs.T
    p[m] = 1 - p[:m].sum(axis=0)
    np.maximum(p, _FLOOR, out=p)
    matrix = np.empty((m + 1, m + 1, n), np.float32)
    for true in range(m):
        for given in range(m):
            matrix[true, given] = lookup(taking_part[true], taking_part[given])
        matrix[true, m] = np.maximum(1 - matrix[true, :m].sum(axis=0), _TINY)
    others = transition.n_classes > m
    matrix[m, :m] = max(transition.off_diagonal, float(_TINY))
    matrix[m, m] = max(1 - m * transition.off_diagonal, float(_FLOOR)) if others else _FLOOR
    return _true_classes(
        p,
        matrix[:, 0],
        lambda c: np.einsum("tgn,tn->gn", matrix, c),
        lambda r: np.einsum("tgn,gn->tn", matrix, r),
    )


def _true_classes(p: Single, likelihood: Single, forward: Any, backward: Any) -> Single:
    """Probabilities of the true classes, shape (m, n), given the label whose likelihood by class is given."""
    clean = p.copy()
    for _ in range(_STEPS):  # what a row sums to in between does not matter
        update = backward(p / np.maximum(forward(clean), _TINY))
        np.multiply(update, update, out=update)
        clean *= update
    clean *= likelihood
    clean /= np.maximum(clean.sum(axis=0), _TINY)
    return clean
