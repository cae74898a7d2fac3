"""Where the label engine differs from the peer on purpose: what each of both gives, or how it fails."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.quality.label_calls import (
    Made,
    Pair,
    own_count,
    own_latents,
    own_mask,
    own_score,
    peer_latents,
    theirs_ensemble,
    theirs_mask,
    theirs_score,
)
from emendata.tasks import classification as ours
from emendata.tasks.cuts import Cut

__all__ = ["deliberate", "outcome"]

Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.floating[Any]]


def deliberate(d: Made, absent: Made) -> dict[str, Pair]:
    from cleanlab import count, dataset
    from cleanlab.experimental.label_issues_batched import find_label_issues_batched as batched

    k = d.probs.shape[1]
    some = {"num_to_remove_per_class": [5 * label for label in range(k)]}
    sure = Made(np.array([0, 1]), [np.array([[1.0, 0.0], [1.0, 0.0]])])
    over = Made(np.array([0, 1]), [np.array([[1 + 1e-9, 0.0], [0.2, 0.8]])])
    nan = Made(d.labels, [np.where(np.arange(len(d.labels))[:, None] == 7, np.nan, d.probs)])
    low = Made(d.labels, [d.probs * 0.2])
    joint = ours.estimate_joint(d.labels, d.probs)
    n, counts = len(d.labels), np.rint(joint * len(d.labels))
    entropy = "confidence_weighted_entropy"
    by_rate: Cut = "prune_by_noise_rate"
    by_confidence: Cut = "low_self_confidence"

    def in_blocks(_: Made) -> tuple[int, bool]:
        parts = [(absent.labels[i : i + 500], absent.probs[i : i + 500]) for i in range(0, n, 500)]
        rows = ours.find_label_issues(
            ours.stream(parts), cut=by_confidence, score="self_confidence", output="rows"
        )
        return against(rows, own_mask(by_confidence, {}, absent))

    def their_batches(_: Made) -> tuple[int, bool]:
        rows = batched(absent.labels, absent.probs, batch_size=500, verbose=False)
        return against(rows, theirs_mask(by_confidence, {}, absent))

    def against(rows: Any, mask: Mask) -> tuple[int, bool]:
        own = absent.probs[rows, absent.labels[rows]]
        return len(np.setxor1d(rows, np.flatnonzero(mask))), bool((np.diff(own) >= 0).all())

    return {
        f"{by_rate} with num_to_remove_per_class={some['num_to_remove_per_class']}: rows flagged of each label": (
            lambda _: np.bincount(d.labels[own_mask(by_rate, some, d)], minlength=k),
            lambda _: np.bincount(d.labels[theirs_mask(by_rate, some, d)], minlength=k),
        ),
        f"{entropy} where entropy < 1e-6: scores of [1, 0] with label 0 and with label 1": (
            lambda _: own_score(entropy, False, sure),
            lambda _: theirs_score(entropy, False, sure),
        ),
        f"{entropy} of [1 + 1e-9, 0] with label 0 and [0.2, 0.8] with label 1 (W26)": (
            lambda _: own_score(entropy, False, over),
            lambda _: theirs_score(entropy, False, over),
        ),
        "absent class: self_confidence, adjusted, from lowest to highest (W12)": (
            lambda _: spread(own_score("self_confidence", True, absent)),
            lambda _: spread(theirs_score("self_confidence", True, absent)),
        ),
        "absent class: sums of the noise matrix's columns": (
            lambda _: own_latents("counts", False, absent)[1].sum(axis=0),
            lambda _: peer_latents("counts", False, absent)[1].sum(axis=0),
        ),
        'absent class: prior_method="equation"': (
            lambda _: own_latents("equation", False, absent)[0],
            lambda _: peer_latents("equation", False, absent)[0],
        ),
        "absent class: ensemble by log_loss_search, from lowest to highest (W26)": (
            lambda _: spread(own_score("self_confidence", False, absent, ensemble="log_loss_search")),
            lambda _: spread(theirs_ensemble("self_confidence", False, "log_loss_search", absent)),
        ),
        f"absent class: rows that {by_confidence} flags only in blocks or only in memory; worst first (W8, W10)": (
            in_blocks,
            their_batches,
        ),
        "one row of NaN: errors counted (W20)": (
            lambda _: own_count("off_diagonal", nan),
            lambda _: count.num_label_issues(nan.labels, nan.probs),
        ),
        "rows that sum to 0.2: errors counted (W20)": (
            lambda _: own_count("off_diagonal", low),
            lambda _: count.num_label_issues(low.labels, low.probs),
        ),
        "classes ranked from the confident joint alone: the worst (W19)": (
            lambda _: ours.rank_classes_by_label_quality(confident_joint=counts).class_index[0],
            lambda _: dataset.rank_classes_by_label_quality(confident_joint=counts)["Class Index"][0],
        ),
        "summary from the joint and the number of rows: health (W19)": (
            lambda _: ours.health_summary(joint=joint, n_examples=n).health.score,
            lambda _: dataset.health_summary(joint=joint, num_examples=n, verbose=False)[
                "overall_label_health_score"
            ],
        ),
    }


def spread(scores: Scores) -> Scores:
    return np.array([scores.min(), scores.max()])


def outcome(call: Callable[[Made], Any], given: Made) -> str:
    """What a call gives, or how it fails."""
    try:
        found = call(given)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0][:140]}"
    if isinstance(found, np.ndarray):
        found = found.astype(np.float64 if found.dtype.kind == "f" else found.dtype).round(4).tolist()
    return str(found)
