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
from emendata.tasks.label_scores import Ensemble, Score

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
    parser.add_argument("--parity", action="store_true", help="compare every number that both compute instead")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", module="cleanlab")
    if options.parity:
        found, command = {}, "python -m benchmarks.quality.label_engine --parity"
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
    print(f"{'':26}average precision                     F1 of the flags                              count, off by")
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
            yield Case(f"cl_cifar10/{noise}", labels, (probs,), labels != data["true_labels"])


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
    best, cut = mean["peer_best_score"], mean["peer_best_cut"]
    print(f"\n{name}: means over {mean['sets']} sets with one model")
    print(f"  average precision: ours {ap['auto']:.4f}; peer default {peer_ap[PEER_SCORE]:.4f} "
          f"({ap['auto'] - peer_ap[PEER_SCORE]:+.4f}), best fixed {peer_ap[best]:.4f} ({ap['auto'] - peer_ap[best]:+.4f}, "
          f"{best}), best per set {mean['peer_ap_in_hindsight']:.4f} ({ap['auto'] - mean['peer_ap_in_hindsight']:+.4f})")  # fmt: skip
    print(f"    against its default at worst {mean['worst_ap'][1]:+.4f} on {mean['worst_ap'][0]}")
    print("    our scores: " + ", ".join(f"{key} {value:.4f}" for key, value in ap.items()))
    print(f"  F1: ours {f1s['auto']:.4f}; peer default {peer_f1[PEER_CUT]:.4f} ({f1s['auto'] - peer_f1[PEER_CUT]:+.4f}), "
          f"best fixed {peer_f1[cut]:.4f} ({f1s['auto'] - peer_f1[cut]:+.4f}, {cut}), best per set "
          f"{mean['peer_f1_in_hindsight']:.4f} ({f1s['auto'] - mean['peer_f1_in_hindsight']:+.4f})")  # fmt: skip
    print(f"    against the better of {' and '.join(PAIR)} at worst {mean['worst_f1'][1]:+.4f} on {mean['worst_f1'][0]}")
    print("    our cuts: " + ", ".join(f"{key} {value:.4f}" for key, value in f1s.items()))
    print(f"  count off by: ours {mean['count_error']:.1%}, peer {mean['peer_count_error']:.1%}")


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


if __name__ == "__main__":
    main()
