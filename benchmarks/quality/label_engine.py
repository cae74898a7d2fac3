"""Are label errors found better by the label engine than by the peer, from the same predictions?

    python -m benchmarks.quality.label_engine [--data FOLDER] [--out results.json]
    python -m benchmarks.quality.label_engine --parity [--out results.json]

FOLDER, or the environment variable EMENDATA_BENCH, holds cifar10s.npz, cl_cifar10_resnet50.npz and
roman_numeral.npz: out-of-sample predictions, given labels and known errors. On 22 sets with the predictions of one
model, and two with those of five:

- average precision of the order by each score, ours and the peer's five settings; with five models, our stack and
  the peer's fifteen ensembles;
- F1 of the flags of each cut, ours and the peer's seven, which see the even mean of five models;
- relative error of the estimated number of label errors.

The peer stands there as it comes, with its one setting that is best on average, and with the best of its settings
picked on each set by the truth, which nobody can do. Sets marked * were used to tune our defaults. All others were
looked at while that was done: no set here is untouched.

With --parity: for every number that both compute, the largest difference on made-up data.
"""

import argparse
import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, f1_score

from benchmarks.environment import environment
from emendata.tasks import classification as ours
from emendata.tasks.cuts import Cut
from emendata.tasks.label_scores import Score

__all__ = ["CUTS", "SCORES", "average_precision", "f1", "peer_scores"]

Labels = npt.NDArray[np.int64]
Probs = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.floating[Any]]
Line = dict[str, Any]

SCORES: tuple[Score, ...] = get_args(Score)
CUTS: tuple[Cut, ...] = get_args(Cut)
PEER_SCORES = tuple(
    (method, adjust)
    for method in ("self_confidence", "normalized_margin", "confidence_weighted_entropy")
    for adjust in (False, True)[: 1 if method == "confidence_weighted_entropy" else 2]
)
PEER_CUTS = CUTS[1:]
PEER_WEIGHTS = ("accuracy", "uniform", "log_loss_search")
PEER_SCORE, PEER_CUT, PEER_ENSEMBLE = "self_confidence", "prune_by_noise_rate", "self_confidence, accuracy"
PAIR = ("predicted_neq_given", "prune_by_noise_rate")
FILES = ("cifar10s.npz", "cl_cifar10_resnet50.npz", "roman_numeral.npz")
TUNED = ("cifar10s/", "cl_cifar10/s0", "cl_cifar10/s4", "roman/efficientnet", "roman/resnet")


@dataclass(frozen=True)
class Case:
    """Given labels, predictions of one model or several, and which labels are wrong."""

    name: str
    labels: Labels
    models: tuple[Probs, ...]
    errors: Mask

    @property
    def tuned(self) -> bool:
        return self.name.startswith(TUNED)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with the three files; default: EMENDATA_BENCH")
    parser.add_argument(
        "--parity", action="store_true", help="compare every number that both compute instead"
    )
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", module="cleanlab")
    if options.parity:
        found, command = parity(), "python -m benchmarks.quality.label_engine --parity"
    else:
        found, command = quality(data_folder(options.data)), "python -m benchmarks.quality.label_engine"
    if options.out:
        results = {"command": command, "environment": environment("cleanlab"), **found}
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def data_folder(given: Path | None) -> Path:
    folder = given or Path(os.environ.get("EMENDATA_BENCH", "."))
    missing = [file for file in FILES if not (folder / file).exists()]
    if missing:
        raise SystemExit(
            f"{folder.resolve()} has no {', '.join(missing)}: pass --data FOLDER or set EMENDATA_BENCH to the folder "
            "that holds them."
        )
    return folder


def quality(folder: Path) -> Line:
    print(
        f"{'':26}average precision                     F1 of the flags                              count, off by"
    )
    print(f"{'set':26}{'ours':>7}{'peer':>7}{'best':>7}{'gain':>8}   "
          f"{'auto':>7}{'peer':>7}{'best':>7}{'pred!=':>8}{'by rate':>8}   {'ours':>7}{'peer':>7}")  # fmt: skip
    lines = [shown(measured(case)) for case in cases(folder)]
    single = [line for line in lines if line["models"] == 1]
    parts = {
        "all sets": single,
        "tuned on": [line for line in single if line["tuned"]],
        "looked at while tuning": [line for line in single if not line["tuned"]],
    }
    means = {name: means_of(part) for name, part in parts.items()}
    for name, mean in means.items():
        print_means(name, mean)
    targets = judged(means["all sets"], [line for line in lines if line["models"] > 1])
    print("\ntargets, over all sets with one model")
    for name, target in targets.items():
        print(f"{'met   ' if target['met'] else 'MISSED'} {name}: {target['value']:+.4f}")
    return {"means": means, "targets": targets, "sets": lines}


# The sets.


def cases(folder: Path) -> Iterator[Case]:
    for name, file in (("cifar10s", "cifar10s.npz"), ("roman", "roman_numeral.npz")):
        data = np.load(folder / file)
        labels = data["labels"].astype(np.int64)
        errors = data["is_error"] if "is_error" in data else labels != data["true_labels"]
        models = {key.removeprefix("pred_probs_"): data[key] for key in data if key.startswith("pred_probs_")}
        for model, probs in models.items():
            yield Case(f"{name}/{model.split('_')[0]}", labels, (probs,), errors)
        yield Case(f"{name}/{len(models)} models", labels, tuple(models.values()), errors)
    data = np.load(folder / "cl_cifar10_resnet50.npz")
    for key in sorted(key for key in data if key.startswith("labels_s")):
        noise = key.removeprefix("labels_")
        if f"pred_probs_{noise}" in data:
            labels, probs = data[key].astype(np.int64), data[f"pred_probs_{noise}"].astype(np.float32)
            errors = labels != data["true_labels"]
            if errors.any():  # one set was left without noise
                yield Case(f"cl_cifar10/{noise}", labels, (probs,), errors)


def measured(case: Case) -> Line:
    from cleanlab.count import num_label_issues

    probs: Any = case.models[0] if len(case.models) == 1 else list(case.models)
    mean: Probs = np.mean(case.models, axis=0, dtype=np.float64) if len(case.models) > 1 else case.models[0]
    n_wrong = int(case.errors.sum())
    ap = {score: ours.score_labels(case.labels, probs, score=score) for score in SCORES}
    flags = {cut: ours.find_label_issues(case.labels, probs, cut=cut) for cut in CUTS}
    peer_flags = {cut: peer_mask(case.labels, mean, cut) for cut in PEER_CUTS}
    peer_ap = peer_rankings(case)
    return {
        "name": case.name,
        "models": len(case.models),
        "tuned": case.tuned,
        "rows": len(case.labels),
        "wrong": n_wrong,
        "ap": {name: average_precision(case.errors, scores) for name, scores in ap.items()},
        "peer_ap": {name: average_precision(case.errors, scores) for name, scores in peer_ap.items()},
        "f1": {name: f1(case.errors, mask) for name, mask in flags.items()},
        "peer_f1": {name: f1(case.errors, mask) for name, mask in peer_flags.items()},
        "count_error": abs(ours.count_label_issues(case.labels, probs) - n_wrong) / n_wrong,
        "peer_count_error": abs(int(num_label_issues(case.labels, mean)) - n_wrong) / n_wrong,
    }


def average_precision(errors: Mask, scores: Scores) -> float:
    return float(average_precision_score(errors, -scores))


def f1(errors: Mask, flagged: Mask) -> float:
    return float(f1_score(errors, flagged))


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


def peer_rankings(case: Case) -> dict[str, Scores]:
    named = {f"{method}{', adjusted' * adjust}": (method, adjust) for method, adjust in PEER_SCORES}
    if len(case.models) == 1:
        return {name: peer_scores(case.labels, case.models[0], *way) for name, way in named.items()}
    widened = [np.asarray(model, np.float64) for model in case.models]
    widened = [model / model.sum(axis=1, keepdims=True) for model in widened]  # what its log loss asks for
    return {
        f"{name}, {weights}": peer_ensemble(case.labels, widened, *way, weights)
        for name, way in named.items()
        for weights in PEER_WEIGHTS
    }


def peer_mask(labels: Labels, probs: Probs, cut: str, **options: Any) -> Mask:
    from cleanlab.filter import find_label_issues

    mask: Mask = find_label_issues(labels, probs, filter_by=cut, n_jobs=1, **options)
    return mask


def shown(line: Line) -> Line:
    ap, f1s, peer_ap, peer_f1 = line["ap"], line["f1"], line["peer_ap"], line["peer_f1"]
    default = peer_ap[PEER_SCORE if line["models"] == 1 else PEER_ENSEMBLE]
    line |= {"peer_default_ap": default, "gain": ap["auto"] - default}
    pair = "".join(f"{peer_f1[cut]:8.4f}" for cut in PAIR)
    name = f"{line['name']}{' *' * line['tuned']}"
    print(f"{name:26}{ap['auto']:7.4f}{default:7.4f}{max(peer_ap.values()):7.4f}{line['gain']:+8.4f}   "
          f"{f1s['auto']:7.4f}{peer_f1[PEER_CUT]:7.4f}{max(peer_f1.values()):7.4f}{pair}   "
          f"{line['count_error']:7.1%}{line['peer_count_error']:7.1%}", flush=True)  # fmt: skip
    return line


def means_of(lines: list[Line]) -> Line:
    mean = {
        what: {name: float(np.mean([line[what][name] for line in lines])) for name in lines[0][what]}
        for what in ("ap", "peer_ap", "f1", "peer_f1")
    }
    worse = {line["name"]: line["f1"]["auto"] - max(line["peer_f1"][cut] for cut in PAIR) for line in lines}
    gains = {line["name"]: line["gain"] for line in lines}
    return {
        **mean,
        "sets": len(lines),
        "peer_best_score": max(mean["peer_ap"], key=mean["peer_ap"].__getitem__),
        "peer_best_cut": max(mean["peer_f1"], key=mean["peer_f1"].__getitem__),
        "peer_ap_in_hindsight": float(np.mean([max(line["peer_ap"].values()) for line in lines])),
        "peer_f1_in_hindsight": float(np.mean([max(line["peer_f1"].values()) for line in lines])),
        "count_error": float(np.mean([line["count_error"] for line in lines])),
        "peer_count_error": float(np.mean([line["peer_count_error"] for line in lines])),
        "worst_ap": min(gains.items(), key=lambda item: item[1]),
        "worst_f1": min(worse.items(), key=lambda item: item[1]),
    }


def print_means(name: str, mean: Line) -> None:
    ap, peer_ap, f1s, peer_f1 = mean["ap"], mean["peer_ap"], mean["f1"], mean["peer_f1"]
    print(f"\n{name}: means over {mean['sets']} sets with one model")
    print_means_of(
        "average precision", ap, peer_ap, PEER_SCORE, mean["peer_best_score"], mean["peer_ap_in_hindsight"]
    )
    print(f"    against its default at worst {mean['worst_ap'][1]:+.4f} on {mean['worst_ap'][0]}")
    print_means_of("F1", f1s, peer_f1, PEER_CUT, mean["peer_best_cut"], mean["peer_f1_in_hindsight"])
    worst_set, worst = mean["worst_f1"]
    print(f"    against the better of {' and '.join(PAIR)} at worst {worst:+.4f} on {worst_set}")
    print(f"  count off by: ours {mean['count_error']:.1%}, peer {mean['peer_count_error']:.1%}")


def print_means_of(
    what: str, own: dict[str, float], peer: dict[str, float], default: str, best: str, in_hindsight: float
) -> None:
    ahead = own["auto"]
    theirs = {"peer default": peer[default], f"best fixed, {best}": peer[best], "best per set": in_hindsight}
    print(f"  {what}: ours {ahead:.4f}; "
          + "; ".join(f"{name} {value:.4f} ({ahead - value:+.4f})" for name, value in theirs.items()))  # fmt: skip
    print("    ours: " + ", ".join(f"{name} {value:.4f}" for name, value in own.items()))
    print("    peer: " + ", ".join(f"{name} {value:.4f}" for name, value in peer.items()))


def judged(mean: Line, ensembles: list[Line]) -> dict[str, Line]:
    ap, peer_ap = mean["ap"]["auto"], mean["peer_ap"]
    values = {
        "AP above the peer's best fixed setting (> 0)": (ap - peer_ap[mean["peer_best_score"]], 0.0),
        "AP above the peer's default (>= 0.02)": (ap - peer_ap[PEER_SCORE], 0.02),
        f"AP against the peer's default, worst set, {mean['worst_ap'][0]} (>= -0.005)": (mean["worst_ap"][1], -0.005),
        **{f"AP of the stack above the peer's default ensemble, {line['name']} (> 0)": (line["gain"], 0.0)
           for line in ensembles},
        "F1 against the peer's best cut per set (>= -0.01)": (mean["f1"]["auto"] - mean["peer_f1_in_hindsight"], -0.01),
        f"F1 of auto against the better of two cuts, worst set, {mean['worst_f1'][0]} (>= -0.02)": (
            mean["worst_f1"][1], -0.02),
        "count off on average, as a negative (>= -0.15)": (-mean["count_error"], -0.15),
    }  # fmt: skip
    return {
        name: {"value": value, "bound": bound, "met": value > bound if bound == 0 else value >= bound}
        for name, (value, bound) in values.items()
    }


# The same numbers, on made-up data.


@dataclass(frozen=True)
class Made:
    """Labels with one in five drawn at random, and predictions of three models, as float64."""

    labels: Labels
    models: list[Probs]

    @property
    def probs(self) -> Probs:
        return self.models[0]


PARITY_SIZES = {2: 3_000, 10: 5_000, 100: 20_000}
SAME = 1e-6
UNEXPECTED = "UNEXPECTED"
PRIORS = {"counts": "cnt", "equation": "eqn", "marginal": "marginal", "marginal_given": "marginal_ps"}
COUNTS = ("off_diagonal", "off_diagonal_calibrated", "off_diagonal_custom")
PRUNES: dict[str, Line] = {
    "frac_noise=0.5": {"frac_noise": 0.5},
    "min_examples_per_class=20": {"min_examples_per_class": 20},
}
Pair = tuple[Callable[[Made], Any], Callable[[Made], Any]]


def parity() -> Line:
    data = {f"k = {k}": made(n, k) for k, n in PARITY_SIZES.items()} | {
        "absent": made(5_000, 10, absent=True)
    }
    print("Largest difference of ours from the peer's: of values, or how many rows or places differ")
    print(
        f"{'':58}"
        + "".join(f"{name:>11}" for name in data)
        + "   (absent: k = 10, no label of the last class)"
    )
    pairs = every_pair()
    gaps = {name: {size: gap(pair, given) for size, given in data.items()} for name, pair in pairs.items()}
    for name, line in gaps.items():
        values = [f"{value:11.1e}" if isinstance(value, float) else f"{value:>11}" for value in line.values()]
        print(f"{name:58}{''.join(values)}   {explained(name, line)}".rstrip(), flush=True)
    unexpected = [name for name, line in gaps.items() if explained(name, line) == UNEXPECTED]
    print(f"\nlines with an unexpected difference: {', '.join(unexpected) or 'none'}")
    print("\nWhere ours differs on purpose")
    ten, absent = data["k = 10"], data["absent"]
    found = {
        name: {"ours": outcome(own, ten), "peer": outcome(theirs, ten)}
        for name, (own, theirs) in deliberate(ten, absent).items()
    }
    for name, both in found.items():
        print(f"{name}\n    ours: {both['ours']}\n    peer: {both['peer']}")
    return {"largest_difference": gaps, "unexpected": unexpected, "on_purpose": found}


def made(n: int, k: int, *, absent: bool = False) -> Made:
    rng = np.random.default_rng(k)
    true = rng.integers(k - absent, size=(n,), dtype=np.int64)
    logits = rng.normal(size=(3, n, k))
    logits[:, np.arange(n), true] += 1 + np.log(k)
    odds = np.exp(logits * np.array([1.0, 0.7, 1.5])[:, None, None])
    labels = np.where(rng.random(size=n) < 0.2, rng.integers(k - absent, size=(n,)), true)
    return Made(labels, list(odds / odds.sum(axis=2, keepdims=True)))


def gap(pair: Pair, given: Made) -> float | str:
    """Largest difference of two arrays or lists of arrays; of truth values, and of rows, how many differ."""
    try:
        theirs = pair[1](given)
    except (ValueError, AssertionError):
        return "peer fails"
    own = pair[0](given)
    if not isinstance(own, list | tuple):
        own, theirs = [own], [theirs]
    return max(largest(np.asarray(a), np.asarray(b)) for a, b in zip(own, theirs, strict=True))


def largest(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> float:
    if a.shape != b.shape:
        return float("inf")
    if a.dtype == np.bool_:
        return float(np.count_nonzero(a != b))
    return float(np.abs(a.astype(np.float64) - b.astype(np.float64)).max(initial=0))


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


WHY = {  # part of the name, where it differs, why
    "health, from labels": ("k = 2, k = 10, k = 100, absent", "on purpose: our count is that of method auto"),
    "prior, noise matrix": (
        "absent",
        "on purpose: an absent class has columns that sum to one, theirs zeros, below",
    ),
    "log_loss_search": ("k = 100, absent", "theirs lifts probabilities to 1e-6 for log losses; W26, below"),
    "adjusted": ("absent", "on purpose: an absent class shifts nothing, W12, below"),
}


def explained(name: str, line: dict[str, float | str]) -> str:
    """Say why a line differs, if it does."""
    where = {size for size, value in line.items() if isinstance(value, str) or value > SAME}
    known = next((why for part, why in WHY.items() if part in name), ("", ""))
    return ("", known[1] if where <= set(known[0].split(", ")) else UNEXPECTED)[bool(where)]


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


def five(given: Made) -> list[int]:
    return [5] * given.probs.shape[1]


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


if __name__ == "__main__":
    main()
