"""Each number of the label engine by ours and by the peer, as functions of the same made-up data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.quality.peer import peer_ensemble, peer_mask, peer_scores
from emendata.tasks import classification as ours

Labels = npt.NDArray[np.int64]
Probs = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.floating[Any]]
Line = dict[str, Any]

PRIORS = {"counts": "cnt", "equation": "eqn", "marginal": "marginal", "marginal_given": "marginal_ps"}


@dataclass(frozen=True)
class Made:
    """Labels with one in five drawn at random, and predictions of three models, as float64."""

    labels: Labels
    models: list[Probs]

    @property
    def probs(self) -> Probs:
        return self.models[0]


Pair = tuple[Callable[[Made], Any], Callable[[Made], Any]]  # ours, theirs


def made(n: int, k: int, *, absent: bool = False) -> Made:
    rng = np.random.default_rng(k)
    true = rng.integers(k - absent, size=(n,), dtype=np.int64)
    logits = rng.normal(size=(3, n, k))
    logits[:, np.arange(n), true] += 1 + np.log(k)
    odds = np.exp(logits * np.array([1.0, 0.7, 1.5])[:, None, None])
    labels = np.where(rng.random(size=n) < 0.2, rng.integers(k - absent, size=(n,)), true)
    return Made(labels, list(odds / odds.sum(axis=2, keepdims=True)))


def own_latents(method: Any, converge: bool, d: Made) -> list[Any]:
    found = ours.estimate_noise(d.labels, d.probs, prior_method=method, converge=converge)
    return [found.prior, found.noise_matrix, found.inverse_noise_matrix]


def peer_latents(method: str, converge: bool, d: Made) -> list[Any]:
    from cleanlab.count import compute_confident_joint, estimate_latent

    joint = compute_confident_joint(d.labels, d.probs)
    return list(
        estimate_latent(joint, d.labels, py_method=PRIORS[method], converge_latent_estimates=converge)
    )


def own_count(method: Any, d: Made) -> int:
    joint = ours.compute_confident_joint(d.labels, d.probs) if method == "off_diagonal_custom" else None
    return ours.count_label_issues(d.labels, d.probs, method=method, confident_joint=joint)


def peer_count(method: str, d: Made) -> int:
    from cleanlab.count import num_label_issues

    joint = ours.compute_confident_joint(d.labels, d.probs) if method == "off_diagonal_custom" else None
    return int(num_label_issues(d.labels, d.probs, estimation_method=method, confident_joint=joint))


def own_mask(cut: Any, options: Line, d: Made) -> Mask:
    return ours.find_label_issues(d.labels, d.probs, cut=cut, **options)


def theirs_mask(cut: str, options: Line, d: Made) -> Mask:
    return peer_mask(d.labels, d.probs, cut, **options)


def own_score(method: Any, adjust: bool, d: Made, *, ensemble: Any = None) -> Scores:
    if ensemble is None:
        return ours.score_labels(d.labels, d.probs, score=method, adjust_pred_probs=adjust)
    return ours.score_labels(d.labels, d.models, score=method, adjust_pred_probs=adjust, ensemble=ensemble)


def theirs_score(method: str, adjust: bool, d: Made) -> Scores:
    return peer_scores(d.labels, d.probs, method, adjust)


def theirs_ensemble(method: str, adjust: bool, weights: str, d: Made) -> Scores:
    return peer_ensemble(d.labels, d.models, method, adjust, weights)


def own_classes(d: Made) -> list[Any]:
    table = ours.rank_classes_by_label_quality(d.labels, d.probs)
    order = np.argsort(table.class_index)
    names = ("label_issues", "inverse_label_issues", "label_noise", "inverse_label_noise", "label_quality")
    return [getattr(table, name)[order] for name in names]


def peer_classes(d: Made) -> list[Any]:
    from cleanlab.dataset import rank_classes_by_label_quality

    table = rank_classes_by_label_quality(d.labels, d.probs).sort_values("Class Index")
    return [table[name].to_numpy() for name in table.columns if name != "Class Index"]


def own_overlaps(asymmetric: bool, d: Made) -> list[Any]:
    table = ours.find_overlapping_classes(d.labels, d.probs, asymmetric=asymmetric)
    order = np.lexsort((table.class_b, table.class_a))
    return [table.n_overlapping[order], table.joint_probability[order]]


def peer_overlaps(asymmetric: bool, d: Made) -> list[Any]:
    from cleanlab.dataset import find_overlapping_classes

    table = find_overlapping_classes(d.labels, d.probs, asymmetric=asymmetric)
    table = table.sort_values(["Class Index A", "Class Index B"])
    return [table["Num Overlapping Examples"].to_numpy(), table["Joint Probability"].to_numpy()]
