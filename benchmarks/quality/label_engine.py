"""Are label errors found better by the label engine than by the peer, from the same predictions?

    python -m benchmarks.quality.label_engine [--data FOLDER] [--out results.json]

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
"""

import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.environment import environment
from benchmarks.quality.known_errors import Case, cases, data_folder
from benchmarks.quality.measures import CUTS, SCORES, average_precision, f1
from benchmarks.quality.peer import (
    PEER_CUT,
    PEER_CUTS,
    PEER_SCORE,
    PEER_SCORES,
    PEER_WEIGHTS,
    peer_ensemble,
    peer_mask,
    peer_scores,
)
from emendata.tasks import classification as ours

Probs = npt.NDArray[np.floating[Any]]
Scores = npt.NDArray[np.floating[Any]]
Line = dict[str, Any]

PEER_ENSEMBLE = f"{PEER_SCORE}, accuracy"  # as it comes
PAIR = ("predicted_neq_given", "prune_by_noise_rate")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with the three files; default: EMENDATA_BENCH")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", module="cleanlab")
    found = quality(data_folder(options.data))
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.label_engine",
            "environment": environment("cleanlab"),
            **found,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


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


# What comes out.


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


if __name__ == "__main__":
    main()
