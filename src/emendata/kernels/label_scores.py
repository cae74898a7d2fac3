"""How well each single label fits the predictions. Higher is better in every score here."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from emendata.kernels.ranks import mean_ranks
from emendata.kernels.survey import tiles
from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = [
    "best_others",
    "confidence_weighted",
    "entropy",
    "knowledge",
    "log_loss_weights",
    "mean_of_ranks",
    "odds_share",
]

_FLOOR = 1e-6
_SHARPNESS = (1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0, 200.0)

Values = npt.NDArray[np.floating[Any]]
Real = TypeVar("Real", np.float32, np.float64)


def best_others(
    codes: IntArray, probs: npt.NDArray[Real]
) -> tuple[IntArray, npt.NDArray[Real], npt.NDArray[Real]]:
    """Return the most probable class other than the given label, the probability of the label, and of the other.

    A row of code -1 has no label, which has probability 0.
    """
    every, labeled = np.arange(len(codes)), np.flatnonzero(codes >= 0)
    others, own = probs.copy(), np.zeros(len(codes), probs.dtype)
    own[labeled] = probs[labeled, codes[labeled]]
    others[labeled, codes[labeled]] = -1
    rival = others.argmax(axis=1)
    return rival, own, others[every, rival]


def odds_share(own: Values, rival: Values) -> Values:
    """Share p / (p + q) of the given label's probability, each at least 1e-6: the log-margin through a sigmoid."""
    p, q = np.maximum(own, _FLOOR), np.maximum(rival, _FLOOR)
    share: Values = p / (p + q)
    return share


def entropy(block: Values) -> Values:
    """Entropy of each row in nats, shape (n,), in float64 where the block is."""
    total = np.empty(len(block), block.dtype)
    for rows in tiles(block, side_by_side=2):
        p = np.maximum(block[rows], np.finfo(block.dtype).tiny)
        np.multiply(p, np.log(p), out=p)
        total[rows] = -p.sum(axis=1)
    return total


def confidence_weighted(own: Values, entropies: Values, n_classes: int) -> Values:
    """Score that falls as entropy over the given label's probability rises, shape (n,), in (0, 1]."""
    at_least = np.where(
        own < _FLOOR, -_FLOOR * np.log(_FLOOR), 0
    )  # a sure row whose label is another is not sure
    weighted = np.maximum(entropies, at_least) / np.log(max(n_classes, 2)) / np.maximum(own, _FLOOR)
    weighted = np.maximum(weighted, _FLOOR)
    scores: Values = np.log1p(weighted) / weighted
    return scores


def mean_of_ranks(first: Values, second: Values, left_out: BoolArray | None = None) -> Float32Array:
    """Mean of each row's ranks in both arrays as a share of the rows, shape (n,), in (0, 1]; equal values share theirs.

    Scores of different scales are combined by rank, never by value. Rows left out get NaN.
    """
    kept = np.ones(len(first), dtype=np.bool_) if left_out is None else ~left_out
    ranks = np.full(len(first), np.nan, np.float32)
    both = mean_ranks(first[kept].astype(np.float64)) + mean_ranks(second[kept].astype(np.float64))
    ranks[kept] = both / (2 * max(len(both), 1))
    return ranks


def log_loss_weights(own: FloatArray) -> FloatArray:
    """Weights exp(-t * log loss) of models, with the t under which their weighted mean fits best, shape (m,).

    ``own`` holds the probability of each row's given label by each model, shape (n, m).
    """
    own = np.clip(own, np.finfo(np.float64).eps, 1 - np.finfo(np.float64).eps)
    losses = -np.log(own).mean(axis=0)
    candidates = [_normalised(np.exp(-t * (losses - losses.min()))) for t in _SHARPNESS]
    fits = [float(-np.log(own @ weights).mean()) for weights in candidates]
    return candidates[int(np.argmin(fits))]


def _normalised(weights: FloatArray) -> FloatArray:
    shares: FloatArray = weights / weights.sum()
    return shares


def knowledge(labels: IntArray, pred_probs: Values) -> float:
    """How surely the predictions know more of the labels than the class frequencies do, in standard errors.

    The mean gain in log-likelihood a row over always predicting the frequencies, divided by its standard
    error: about 0 or below where the features say nothing about the labels.
    """
    own = np.maximum(pred_probs[np.arange(len(labels)), labels], _FLOOR)
    frequency = np.bincount(labels, minlength=pred_probs.shape[1]) / len(labels)
    gain = np.log(own) - np.log(frequency[labels])
    return float(gain.mean() / max(gain.std() / np.sqrt(len(gain)), 1e-12))
