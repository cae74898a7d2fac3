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

__all__ = ["DENSE", "N_RIVALS", "posterior_of_rivals", "right_block", "suggest_block"]

DENSE = 16
"""Number of classes up to which all of them take part; beyond, the given label and its strongest rivals."""

N_RIVALS = 5
"""Rivals that take part where there are more classes; all others count as one."""

_STEPS = 6
_TILE_ROWS = 1 << 12
_FLOOR = np.float32(1e-6)
_TINY = np.float32(1e-12)

Single = npt.NDArray[np.float32]
Codes = npt.NDArray[np.integer[Any]]
Lookup = Callable[[Codes, Codes], Single]


def right_block(
    labels: npt.NDArray[np.int32], block: npt.NDArray[np.floating[Any]], transition: Single, right: Single
) -> None:
    """Fill ``right``, of shape (n,), from a block with few classes; NaN for rows without a label."""
    for rows in tiles(block, side_by_side=4):
        clean = _posterior_tile(labels[rows], block[rows], transition)
        found = clean[np.maximum(labels[rows], 0), np.arange(clean.shape[1])]
        right[rows] = np.where(labels[rows] < 0, np.float32(np.nan), found)


def suggest_block(
    labels: npt.NDArray[np.int32], block: npt.NDArray[np.floating[Any]], transition: Single
) -> tuple[npt.NDArray[np.intp], Single]:
    """Most probable true class other than the given label, the first of equals, and its probability, both (n,)."""
    clean = _posterior_tile(labels, block, transition)
    labelled = np.flatnonzero(labels >= 0)
    clean[labels[labelled], labelled] = -1
    suggested = clean.argmax(axis=0)
    return suggested, clean[suggested, np.arange(len(labels))]


def _posterior_tile(
    labels: npt.NDArray[np.int32], block: npt.NDArray[np.floating[Any]], transition: Single
) -> Single:
    """Probabilities of the true classes, shape (k, n); those of rows without a label do not depend on one."""
    p = np.maximum(block.T, _FLOOR).astype(np.float32, order="C", copy=False)
    likelihood = np.take(transition, np.maximum(labels, 0), axis=1)
    likelihood[:, labels < 0] = 1
    return _true_classes(p, likelihood, lambda c: transition.T @ c, lambda r: transition @ r)


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
    n, m = len(labels), survey.rivals.shape[1] + 1
    taking_part = np.empty((m, n), np.intp)
    taking_part[0], taking_part[1:] = labels, survey.rivals.T
    p = np.empty((m + 1, n), np.float32)
    p[0], p[1:m] = survey.own, survey.rival_probs.T
    p[m] = 1 - p[:m].sum(axis=0)
    np.maximum(p, _FLOOR, out=p)
    matrix = np.empty((m + 1, m + 1, n), np.float32)
    matrix[:m, :m] = lookup(taking_part[:, None], taking_part)
    matrix[:m, m] = np.maximum(1 - matrix[:m, :m].sum(axis=1), _TINY)
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
