"""Every number of the label engine that the peer computes too, as pairs of calls: ours, theirs."""

from functools import partial
from typing import Any

import numpy as np

from benchmarks.quality.label_calls import (
    PRIORS,
    Made,
    Pair,
    own_classes,
    own_count,
    own_latents,
    own_mask,
    own_overlaps,
    own_score,
    peer_classes,
    peer_count,
    peer_latents,
    peer_overlaps,
    theirs_ensemble,
    theirs_mask,
    theirs_score,
)
from benchmarks.quality.peer import PEER_CUTS, PEER_SCORES, PEER_WEIGHTS
from emendata.tasks import classification as ours

__all__ = ["every_pair"]

Line = dict[str, Any]

COUNTS = ("off_diagonal", "off_diagonal_calibrated", "off_diagonal_custom")
PRUNES: dict[str, Line] = {
    "frac_noise=0.5": {"frac_noise": 0.5},
    "min_examples_per_class=20": {"min_examples_per_class": 20},
}


def every_pair() -> dict[str, Pair]:
    from cleanlab import count, rank
    from cleanlab.filter import find_label_issues as peer_find

    pairs: dict[str, Pair] = {
        "thresholds": (lambda d: ours.confident_thresholds(d.labels, d.probs),
                       lambda d: count.get_confident_thresholds(d.labels, d.probs)),
        "confident joint, raw": (lambda d: ours.compute_confident_joint(d.labels, d.probs, calibrate=False),
                                 lambda d: count.compute_confident_joint(d.labels, d.probs, calibrate=False)),
        "confident joint, calibrated": (lambda d: ours.compute_confident_joint(d.labels, d.probs),
                                        lambda d: count.compute_confident_joint(d.labels, d.probs)),
        "joint": (lambda d: ours.estimate_joint(d.labels, d.probs),
                  lambda d: count.estimate_joint(d.labels, d.probs)),
        "rows, ranked by self_confidence": (
            lambda d: ours.find_label_issues(
                d.labels, d.probs, cut="prune_by_noise_rate", score="self_confidence", output="rows"),
            lambda d: peer_find(
                d.labels, d.probs, return_indices_ranked_by="self_confidence", n_jobs=1)),
    }  # fmt: skip
    for method in PRIORS:
        for converge in (False, True):
            name = f"prior, noise matrix and inverse, {method}{', converged' * converge}"
            pairs[name] = (partial(own_latents, method, converge), partial(peer_latents, method, converge))
    for method in COUNTS:
        pairs[f"count, {method}"] = (partial(own_count, method), partial(peer_count, method))
    for cut in PEER_CUTS:
        pairs[f"mask, {cut}"] = (partial(own_mask, cut, {}), partial(theirs_mask, cut, {}))
    for cut in ("prune_by_noise_rate", "prune_by_class", "both"):
        for name, options in PRUNES.items():
            pairs[f"mask, {cut}, {name}"] = (
                partial(own_mask, cut, options),
                partial(theirs_mask, cut, options),
            )
    pairs["mask, prune_by_class, num_to_remove_per_class"] = (
        lambda d: own_mask("prune_by_class", {"num_to_remove_per_class": five(d)}, d),
        lambda d: theirs_mask("prune_by_class", {"num_to_remove_per_class": five(d)}, d),
    )
    for method, adjust in PEER_SCORES:
        name = f"{method}{', adjusted' * adjust}"
        pairs[f"score, {name}"] = (partial(own_score, method, adjust), partial(theirs_score, method, adjust))
        for weights in PEER_WEIGHTS:
            pairs[f"ensemble, {name}, {weights}"] = (
                partial(own_score, method, adjust, ensemble=weights),
                partial(theirs_ensemble, method, adjust, weights),
            )
    shares = [0.2, 0.3, 0.5]
    pairs["ensemble, self_confidence, weights of yours"] = (
        lambda d: own_score("self_confidence", False, d, ensemble=shares),
        lambda d: rank.get_label_quality_ensemble_scores(
            d.labels,
            d.models,
            weight_ensemble_members_by="custom",
            custom_weights=np.array(shares),
            verbose=False,
        ),
    )
    return pairs | health_pairs()


def health_pairs() -> dict[str, Pair]:
    from cleanlab import dataset

    pairs: dict[str, Pair] = {
        "health, from labels": (
            lambda d: ours.label_health(d.labels, d.probs).score,
            lambda d: dataset.overall_label_health_score(d.labels, d.probs, verbose=False)),
        "health, from the confident joint": (
            lambda d: ours.label_health(confident_joint=ours.compute_confident_joint(d.labels, d.probs)).score,
            lambda d: dataset.overall_label_health_score(
                d.labels, confident_joint=ours.compute_confident_joint(d.labels, d.probs), verbose=False)),
        "table of classes": (own_classes, peer_classes),
    }  # fmt: skip
    for asymmetric in (False, True):
        pairs[f"table of overlapping classes{', asymmetric' * asymmetric}"] = (
            partial(own_overlaps, asymmetric),
            partial(peer_overlaps, asymmetric),
        )
    return pairs


def five(given: Made) -> list[int]:
    return [5] * given.probs.shape[1]
