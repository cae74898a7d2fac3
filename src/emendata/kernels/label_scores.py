"""How well each single label fits the predictions. Higher is better in every function here."""

import numpy as np

from emendata.kernels.confident import confident_joint, transition_matrix
from emendata.kernels.ranks import mean_ranks
from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["doubtful", "judge", "knowledge", "label_posterior", "log_margin", "order_by_both"]

_FLOOR = 1e-6
_EM_STEPS = 30
_PSEUDO_ROWS = 200.0


def judge(labels: IntArray, pred_probs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Score every label and return (scores, log_margins), both of shape (n,).

    The scores are the posterior probabilities of being right, handed out in the order of the rank-sum of
    posterior and log-margin: as good an order as the two together give, on the scale of a probability.
    """
    margin = log_margin(labels, pred_probs)
    joint = confident_joint(labels, pred_probs)
    posterior = label_posterior(labels, pred_probs, transition_matrix(joint, _PSEUDO_ROWS))
    place = np.argsort(np.argsort(order_by_both(margin, posterior), kind="stable"), kind="stable")
    return np.sort(posterior)[place], margin


def doubtful(scores: FloatArray, margin: FloatArray, min_odds: float) -> BoolArray:
    """Pick the labels to flag, shape (n,).

    They are as many as there are labels with another class at least ``min_odds`` times as probable, taken
    from the lowest scores; a label that is itself the most probable class is never among them.
    """
    n_flagged = int((margin < -np.log(min_odds)).sum())
    flagged = np.zeros(len(scores), dtype=bool)
    flagged[np.argsort(scores, kind="stable")[:n_flagged]] = True
    return flagged & (margin < 0)


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
