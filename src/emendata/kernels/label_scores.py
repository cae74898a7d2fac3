"""How well each single label fits the predictions. Higher is better in every function here."""

from typing import NamedTuple

import numpy as np

from emendata.kernels.confident import confident_joint, transition_matrix
from emendata.kernels.ranks import mean_ranks
from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["Judgement", "doubtful", "judge", "knowledge", "label_posterior", "log_margin", "order_by_both"]

_FLOOR = 1e-6
_EM_STEPS = 30
_PSEUDO_ROWS = 200.0


class Judgement(NamedTuple):
    """What the predictions say about each label; every array has shape (n,).

    ``scores`` is low for bad labels, ``margin`` negative where another class is more probable, and
    ``posterior`` the probability that the label is right under the noise matrix.
    """

    scores: FloatArray
    margin: FloatArray
    posterior: FloatArray


def judge(labels: IntArray, pred_probs: FloatArray) -> Judgement:
    """Score every label.

    The order is the rank-sum of log-margin and posterior. The scale is that of the margin, ``p / (p + q)``
    with the probabilities of the given label and of the best other class, handed out in that order: as many
    scores are below 1 / (1 + c) as there are labels with another class c times as probable.
    """
    margin = log_margin(labels, pred_probs)
    joint = confident_joint(labels, pred_probs)
    posterior = label_posterior(labels, pred_probs, transition_matrix(joint, _PSEUDO_ROWS))
    order = order_by_both(margin, posterior) + 1j * margin  # of equal rank-sums the lower margin is worse
    _, place, counts = np.unique(order, return_inverse=True, return_counts=True)
    in_order = 1.0 / (1.0 + np.exp(-np.sort(margin)))
    shared = np.add.reduceat(in_order, np.cumsum(counts) - counts) / counts  # equal labels get equal scores
    return Judgement(shared[place], margin, posterior)


def doubtful(judgement: Judgement, min_odds: float) -> BoolArray:
    """Pick the labels to flag, shape (n,): scores below 1 / (1 + min_odds), but never the most probable class."""
    flagged: BoolArray = (judgement.scores < 1.0 / (1.0 + min_odds)) & (judgement.margin < 0)
    return flagged


def log_margin(labels: IntArray, pred_probs: FloatArray) -> FloatArray:
    """Log-probability of the given label minus that of the best other class, shape (n,).

    Negative where the model prefers another class. Probabilities are floored at 1e-6.
    """
    logs = np.log(np.maximum(pred_probs, _FLOOR))
    rows = np.arange(len(labels))
    own = logs[rows, labels]
    logs[rows, labels] = -np.inf
    margin: FloatArray = own - logs.max(axis=1)
    return margin


def knowledge(labels: IntArray, pred_probs: FloatArray) -> float:
    """How surely the predictions know more of the labels than the class frequencies do, in standard errors.

    The mean gain in log-likelihood a row over always predicting the frequencies, divided by its standard
    error: about 0 or below where the features say nothing about the labels.
    """
    own = np.maximum(pred_probs[np.arange(len(labels)), labels], _FLOOR)
    frequency = np.bincount(labels, minlength=pred_probs.shape[1]) / len(labels)
    gain = np.log(own) - np.log(frequency[labels])
    return float(gain.mean() / max(gain.std() / np.sqrt(len(gain)), 1e-12))


def label_posterior(labels: IntArray, pred_probs: FloatArray, transition: FloatArray) -> FloatArray:
    """P(the given label is the true class), shape (n,), when labels were corrupted by ``transition``.

    The model was fitted to given labels, so its probabilities are those of the *given* class; expectation
    maximisation with ``transition[true, given]`` turns them into probabilities of the *true* class, which
    stay a distribution throughout. Cost: 30 passes of two (n, k) by (k, k) products.
    """
    given = np.maximum(pred_probs, _FLOOR)
    given = given / given.sum(axis=1, keepdims=True)
    clean = given
    for _ in range(_EM_STEPS):
        clean = clean * ((given / np.maximum(clean @ transition, _FLOOR)) @ transition.T)
        clean = clean / np.maximum(clean.sum(axis=1, keepdims=True), _FLOOR)
    rows = np.arange(len(labels))
    explained = (clean * transition[:, labels].T).sum(axis=1)
    posterior: FloatArray = clean[rows, labels] * transition[labels, labels] / np.maximum(explained, _FLOOR)
    return np.clip(posterior, 0.0, 1.0)


def order_by_both(first: FloatArray, second: FloatArray) -> FloatArray:
    """Sum of the two arrays' ranks, in (0, 1]; equal values share their mean rank.

    Scores of different scales are combined by rank, never by value.
    """
    return (mean_ranks(first) + mean_ranks(second)) / (2 * max(len(first), 1))
