"""What the peer computes from the same predictions, by each of its settings."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.quality.measures import CUTS

__all__ = [
    "PEER_CUT",
    "PEER_CUTS",
    "PEER_SCORE",
    "PEER_SCORES",
    "PEER_WEIGHTS",
    "peer_ensemble",
    "peer_mask",
    "peer_scores",
]

Labels = npt.NDArray[np.int64]
Probs = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.floating[Any]]

PEER_SCORES = tuple(
    (method, adjust)
    for method in ("self_confidence", "normalized_margin", "confidence_weighted_entropy")
    for adjust in (False, True)[: 1 if method == "confidence_weighted_entropy" else 2]
)
PEER_WEIGHTS = ("accuracy", "uniform", "log_loss_search")
PEER_CUTS = CUTS[1:]
PEER_SCORE, PEER_CUT = "self_confidence", "prune_by_noise_rate"  # as it comes


def peer_scores(labels: Labels, probs: Probs, method: str = PEER_SCORE, adjust: bool = False) -> Scores:
    from cleanlab.rank import get_label_quality_scores

    scores: Scores = get_label_quality_scores(labels, probs, method=method, adjust_pred_probs=adjust)
    return scores


def peer_ensemble(labels: Labels, models: Iterable[Probs], method: str, adjust: bool, weights: str) -> Scores:
    from cleanlab.rank import get_label_quality_ensemble_scores

    scores: Scores = get_label_quality_ensemble_scores(
        labels, list(models), method=method, adjust_pred_probs=adjust, weight_ensemble_members_by=weights, verbose=False
    )  # fmt: skip
    return scores


def peer_mask(labels: Labels, probs: Probs, cut: str, **options: Any) -> Mask:
    from cleanlab.filter import find_label_issues

    mask: Mask = find_label_issues(labels, probs, filter_by=cut, n_jobs=1, **options)
    return mask
