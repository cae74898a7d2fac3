"""P(the given label is the true class), for every row, when labels were corrupted by a transition matrix.

The model was fitted to given labels, so its probabilities are those of the *given* class. Expectation maximisation
turns them into probabilities of the *true* class, which stay a distribution throughout:
``c <- c * (T (p / T'c))^2`` and renormalised; the square takes each step twice as far (Varadhan, Roland, "Simple and
globally convergent methods for accelerating the convergence of any EM algorithm", Scand. J. Stat. 2008).
"""

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
_FLOOR = np.float32(1e-6)
_TINY = np.float32(1e-12)

Single = npt.NDArray[np.float32]
Codes = npt.NDArray[np.integer[Any]]


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
    clean = _deconvolved(p, lambda c: transition.T @ c, lambda r: transition @ r)
    unlabelled = labels < 0
    if unlabelled.any():
        pure = clean[:, unlabelled]
    clean *= np.take(transition, given, axis=1)
    clean /= np.maximum(clean.sum(axis=0), _TINY)
    if unlabelled.any():
        clean[:, unlabelled] = pure
    places = np.flatnonzero(~unlabelled)
    right[:] = np.nan
    right[places] = clean[given[places], places]
    clean[given[places], places] = -1
    probability[:] = clean.max(axis=0)
    suggested[:] = 0
    for j in range(len(clean) - 1, -1, -1):
        np.putmask(suggested, clean[j] == probability, j)


def posterior_of_rivals(
    labels: npt.NDArray[np.int32], survey: Survey, transition: Transition
) -> tuple[Single, Single]:
    """Probability that the given label is right, and that the first rival is, for labelled rows of a survey.

    The given label, its rivals and one class for all others take part. Returns two float32 arrays of shape (n,),
    and shape (n, m): the second holds every rival's probability.
    """
    taking_part = np.concatenate([labels[:, None], survey.rivals.astype(np.int32)], axis=1).T
    m, n = taking_part.shape
    p = np.empty((m + 1, n), np.float32)
    p[0], p[1:m] = survey.own, survey.rival_probs.T
    p[m] = 1 - p[:m].sum(axis=0)
    np.maximum(p, _FLOOR, out=p)
    others = max(transition.n_classes - m, 0)
    matrix = np.empty((m + 1, m + 1, n), np.float32)
    for true in range(m):
        for given in range(m):
            matrix[true, given] = transition.at(taking_part[true], taking_part[given])
        matrix[true, m] = np.maximum(1 - matrix[true, :m].sum(axis=0), _TINY)
    matrix[m, :m] = max(transition.off_diagonal, float(_TINY))
    matrix[m, m] = max(1 - m * transition.off_diagonal, float(_FLOOR)) if others else _FLOOR
    clean = _deconvolved(
        p,
        lambda c: np.einsum("tgn,tn->gn", matrix, c),
        lambda r: np.einsum("tgn,gn->tn", matrix, r),
    )
    clean *= matrix[:, 0]
    clean /= np.maximum(clean.sum(axis=0), _TINY)
    return clean[0], np.ascontiguousarray(clean[1:m].T)


def _deconvolved(p: Single, forward: Any, backward: Any) -> Single:
    clean = p.copy()
    for _ in range(_STEPS):
        ratio = p / np.maximum(forward(clean), _TINY)
        update = backward(ratio)
        np.multiply(update, update, out=update)
        clean *= update
        clean /= np.maximum(clean.sum(axis=0), _TINY)
    return clean
