"""How well each given label fits the predictions. Low means bad in every score here."""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from emendata.engine import RowSource, map_blocks
from emendata.errors import InputError, UnknownName
from emendata.kernels import label_scores as kernel
from emendata.records import Float32Array, FloatArray
from emendata.tasks.adjusted import Adjusted
from emendata.tasks.ensembles import given_probabilities, open_each, open_stacked
from emendata.tasks.examples import Examples, Opening
from emendata.tasks.pred_probs import RowsSource
from emendata.tasks.surveys import Surveyed, judge, n_rivals_of, survey_examples

__all__ = ["Ensemble", "Score", "rivals_for", "score_labels", "score_surveyed"]

Score = Literal[
    "auto",
    "log_margin",
    "transition_posterior",
    "rank_sum",
    "self_confidence",
    "normalized_margin",
    "confidence_weighted_entropy",
]
Ensemble = Literal["stack", "uniform", "accuracy", "log_loss_search"]

_OF_POSTERIOR = ("auto", "transition_posterior", "rank_sum")
_OF_RIVAL = ("log_margin", "normalized_margin", "rank_sum")
_ADJUSTABLE = ("self_confidence", "normalized_margin")


def score_labels(
    labels: Any,
    pred_probs: Any = None,
    *,
    score: Score = "auto",
    adjust_pred_probs: bool = False,
    ensemble: Ensemble | Sequence[float] = "stack",
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> Float32Array:
    """Score how well each given label fits the predictions: low means bad.

    Parameters
    ----------
    labels, pred_probs, class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.
    score : str
        "auto", the default, is the probability that the label is right, by a transition matrix whose pattern is
        believed as far as the surest rows bear it out. "transition_posterior" believes the whole pattern.
        "log_margin" is p / (p + q) with the probabilities of the given label and of the best other class;
        "rank_sum" the mean rank in these two, from 0 to 1. "self_confidence" is p; "normalized_margin"
        (p - q + 1) / 2; "confidence_weighted_entropy" falls with entropy over p.
    adjust_pred_probs : bool
        For "self_confidence" and "normalized_margin": take from each probability how sure the model is of that
        class on average, so that classes it is less sure of are not suspected more.
    ensemble : str or sequence of m weights
        For several models' pred_probs. "stack" scores their mixture, see `stack_weights`. Otherwise the scores of
        the models are averaged: evenly ("uniform"), by the share of labels that each predicts ("accuracy"), by
        exp(-t * log loss) for the t of eight under which the averaged probabilities fit the labels best
        ("log_loss_search"), or by weights of yours.

    Returns
    -------
    float32 array of shape (n,), values in [0, 1], NaN for rows without a label

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other or an option cannot be used.

    Notes
    -----
    Reads pred_probs two or three times, four with the adjustment. Kuan, Mueller, "Model-agnostic label quality
    scoring to detect real-world label errors", ICML DataPerf workshop 2022, for the last three scores and the
    adjustment.

    Examples
    --------
    >>> score_labels(["cat", "dog", "dog"], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]).argmin()
    np.int64(2)
    >>> score_labels([0, None], [[0.9, 0.1], [0.2, 0.8]], score="self_confidence")
    array([0.9, nan], dtype=float32)
    """
    _check_options(score, adjust_pred_probs, ensemble)
    how = Opening(class_names, normalize, from_logits, n_threads)
    if isinstance(ensemble, str) and ensemble == "stack":
        examples = open_stacked(labels, pred_probs, how)
        return _score_model(examples, examples.probs, score, adjust_pred_probs, n_threads)
    examples, models = open_each(labels, pred_probs, how)
    total = np.zeros(len(examples.codes))
    for model, weight in zip(models, _weights(examples, models, ensemble, n_threads), strict=True):
        total += weight * _score_model(examples, model, score, adjust_pred_probs, n_threads)
    return total.astype(np.float32)


def rivals_for(score: Score, n_classes: int) -> int:
    """Rivals that a score needs of each row."""
    of_posterior = n_rivals_of(n_classes) if score in _OF_POSTERIOR else 0
    return max(of_posterior, int(score in _OF_RIVAL))


def score_surveyed(surveyed: Surveyed, score: Score) -> Float32Array:
    """Score surveyed examples, with `rivals_for` rivals, shape (n,); see `score_labels`."""
    examples, own, rival = surveyed.examples, surveyed.survey.own, surveyed.survey.strongest_rival
    unlabelled = examples.codes < 0 if examples.n_unlabelled else None
    if score == "auto":
        scores: npt.NDArray[np.floating[Any]] = judge(surveyed)
    elif score == "transition_posterior":
        scores = judge(surveyed, belief=1.0)
    elif score == "rank_sum":
        margin = kernel.odds_share(own, rival)
        scores = kernel.mean_of_ranks(margin, judge(surveyed, belief=1.0), unlabelled)
    elif score == "log_margin":
        scores = kernel.odds_share(own, rival)
    elif score == "normalized_margin":
        scores = (own - rival + 1) / 2
    elif score == "confidence_weighted_entropy":
        entropy = _entropy(surveyed.source, surveyed.n_threads, own.dtype)
        scores = kernel.confidence_weighted(own, entropy, examples.n_classes)
    else:
        scores = own
    if scores.max() > 1 or scores.min() < 0:  # by rounding; else a copy is spared
        scores = np.clip(scores, 0, 1)
    scores = scores.astype(np.float32, copy=False)
    return scores if unlabelled is None else np.where(unlabelled, np.float32(np.nan), scores)


def _score_model(
    examples: Examples, probs: RowsSource, score: Score, adjust: bool, n_threads: int | None
) -> Float32Array:
    """Score opened examples by one model's probabilities, shape (n,)."""
    examples = Examples(examples.codes, probs, examples.class_names, examples.n_unlabelled)
    n_rivals = rivals_for(score, examples.n_classes)
    surveyed = survey_examples(examples, n_rivals=n_rivals, n_threads=n_threads)
    if adjust:
        shifted = Adjusted(probs, surveyed.thresholds)
        surveyed = survey_examples(
            examples, n_rivals=n_rivals, source=shifted, thresholds=surveyed.thresholds, n_threads=n_threads
        )  # fmt: skip
    return score_surveyed(surveyed, score)


def _entropy(probs: RowSource, n_threads: int | None, dtype: np.dtype[Any]) -> npt.NDArray[np.floating[Any]]:
    entropy = np.empty(probs.n_rows, dtype)

    def work(first: int, block: npt.NDArray[np.floating[Any]]) -> None:
        entropy[first : first + len(block)] = kernel.entropy(block)

    for _ in map_blocks(probs, work, n_threads=n_threads):
        pass
    return entropy


def _weights(
    examples: Examples, models: list[RowsSource], ensemble: Ensemble | Sequence[float], n_threads: int | None
) -> FloatArray:
    labeled = examples.codes >= 0
    if not isinstance(ensemble, str):
        try:
            weights = np.asarray(ensemble, np.float64)
        except (TypeError, ValueError) as error:
            raise InputError(
                f"ensemble must be {len(models)} weights, or one of {', '.join(map(repr, get_args(Ensemble)))}; "
                f"got {ensemble!r}."
            ) from error
        if weights.shape != (len(models),) or not (weights >= 0).all() or not 0 < weights.sum() < np.inf:
            raise InputError(
                f"ensemble must be {len(models)} weights from 0 up, one per model; got shape {weights.shape}."
            )
        return np.asarray(weights / weights.sum())
    if ensemble == "uniform":
        return np.full(len(models), 1 / len(models))
    if ensemble == "accuracy":
        right = [_accuracy(examples, model, n_threads) for model in models]
        total = sum(right)
        return np.asarray(right) / total if total else np.full(len(models), 1 / len(models))
    own = [given_probabilities(examples, model, n_threads)[labeled] for model in models]
    return kernel.log_loss_weights(np.stack(own, axis=1).astype(np.float64))


def _accuracy(examples: Examples, model: RowsSource, n_threads: int | None) -> float:
    def work(first: int, block: npt.NDArray[np.floating[Any]]) -> int:
        return int(np.count_nonzero(block.argmax(axis=1) == examples.codes[first : first + len(block)]))

    return sum(map_blocks(model, work, n_threads=n_threads)) / len(examples.codes)


def _check_options(score: Score, adjust: bool, ensemble: Ensemble | Sequence[float]) -> None:
    if score not in get_args(Score):
        raise UnknownName.among("score", str(score), get_args(Score))
    if isinstance(ensemble, str) and ensemble not in get_args(Ensemble):
        raise UnknownName.among("way of combining models", str(ensemble), get_args(Ensemble))
    if adjust and score not in _ADJUSTABLE:
        raise InputError(
            f"adjust_pred_probs works with {' and '.join(map(repr, _ADJUSTABLE))}, not with {score!r}."
        )
