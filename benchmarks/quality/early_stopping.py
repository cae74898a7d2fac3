"""What would be saved, and lost, by stopping models that look hopeless after their first fold?

    python -m benchmarks.quality.early_stopping [--sets hr,20news] [--seeds 0,1] [--out FILE]

It is tried on the predictions of whole audits, so nothing has to be stopped: a model that predicts in folds counts as
hopeless if, on the labelled rows of its first fold, its tempered log loss is above that of the best model before it
by a margin and the convex stack of these rows gives it less than 1 % of the weight. What is saved is the rest of its
time, as a part of the audit's; what is lost is average precision for planted errors (as in
`benchmarks.quality.end_to_end`) with the stack of those that are left.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

import emendata as em
from benchmarks.environment import environment
from benchmarks.quality.end_to_end import RATES, planted
from benchmarks.quality.measures import average_precision
from emendata.checks.inputs import Inputs, Predictions
from emendata.checks.wrong_label import WrongLabel
from emendata.kernels.stacking import convex_weights, hedged, mix
from emendata.kernels.temperature import best_power, sharpened
from emendata.models import Problem
from emendata.pipeline import Preparation
from emendata.records import FloatArray, IntArray
from emendata.store import fingerprint

SETS = ("hr", "segment", "titanic", "seattle-weather", "20news")
MARGINS = (1.1, 1.25)
_IN_FOLDS = (
    "boosted_trees", "shrunk_discriminant", "logistic_regression", "stochastic_linear", "naive_bayes"
)  # fmt: skip
_NO_WEIGHT = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", default=",".join(SETS), help="names that tools.realdata knows")
    parser.add_argument("--seeds", default="0,1", help="seeds of the errors")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    lines = []
    for name in options.sets.split(","):
        for noise in RATES:
            for seed in options.seeds.split(","):
                lines.append(
                    {"name": name, "noise": noise, "seed": int(seed), **tried(name, noise, int(seed))}
                )
                print(json.dumps(lines[-1]), flush=True)
    means = {}
    for margin in map(str, MARGINS):
        found = [line["margins"][margin] for line in lines]
        means[margin] = {
            "saved": float(np.mean([each["saved"] for each in found])),
            "most_saved": max(each["saved"] for each in found),
            "change": float(np.mean([each["change"] for each in found])),
            "worst_change": min(each["change"] for each in found),
        }
    print(json.dumps(means, indent=1))
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.early_stopping",
            "environment": environment(),
            "margins": means,
            "audits": lines,
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def tried(name: str, noise: str, seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path, label, true, noisy = planted(name, noise, seed, Path(folder))
        started = time.perf_counter()
        audit = em.Audit(path, label=label, project=Path(folder) / "project").run(strict=True)
        seconds = time.perf_counter() - started
        errors = np.array(true) != np.array(noisy)
        before = average_precision(errors, np.nan_to_num(audit.scores("wrong_label"), nan=1.0))
        prepared = audit._preparation
        problem, own = prepared.problem, predictions_of(prepared)
        took = {model.name: prepared.seconds[model.title] for model in prepared.models}
        found = {}
        for margin in MARGINS:
            stopped = hopeless(problem, own, margin)
            left = {model: probs for model, probs in own.items() if model not in stopped}
            saved = sum(took[model] for model in stopped) * (1 - 1 / problem.n_folds) / seconds
            scores = scores_of(prepared, left) if stopped else audit.scores("wrong_label")
            after = average_precision(errors, np.nan_to_num(scores, nan=1.0))
            found[str(margin)] = {"stopped": stopped, "saved": round(saved, 4), "change": after - before}
    return {"seconds": round(seconds, 1), "average_precision": before, "margins": found}


def predictions_of(prepared: Preparation) -> dict[str, FloatArray]:
    """Each model's own predictions, in the order in which they were made."""
    key = prepared.key("predictions")
    kept = {
        model.name: prepared.shelf.recall(fingerprint("prediction", model.name, key))
        for model in prepared.models
    }
    return {name: found.arrays["pred_probs"].astype(np.float64) for name, found in kept.items() if found}


def hopeless(problem: Problem, own: dict[str, FloatArray], margin: float) -> list[str]:
    rows = np.flatnonzero((problem.labels >= 0) & (problem.folds == 0))
    given = problem.labels[rows]
    going: list[FloatArray] = []
    stopped = []
    for name, probs in own.items():
        likelihoods = tempered(probs, rows, given)[rows, given]
        is_far = going and loss(likelihoods) > margin * min(map(loss, going))
        if is_far and name in _IN_FOLDS and convex_weights([*going, likelihoods])[-1] < _NO_WEIGHT:
            stopped.append(name)
        else:
            going.append(likelihoods)
    return stopped


def scores_of(prepared: Preparation, own: dict[str, FloatArray]) -> FloatArray:
    """Scores of wrong labels with a stack of these models alone."""
    labels = prepared.seen_labels
    assert labels is not None
    rows = np.flatnonzero(labels.codes >= 0)
    given = labels.codes[rows]
    members = [tempered(probs, rows, given) for probs in own.values()]
    weights = hedged(convex_weights([member[rows, given] for member in members]))
    stacked = tempered(mix(members, weights), rows, given).astype(np.float32).astype(np.float64)
    votes = np.stack([member.argmax(axis=1) for member in members])
    inputs = Inputs(
        prepared.dataset.n_rows,
        labels=labels,
        neighbors=prepared.neighbors,
        predictions=Predictions(stacked, votes, tuple(own)),
    )
    return np.asarray(WrongLabel().find(inputs).scores)


def tempered(probs: FloatArray, rows: IntArray, given: IntArray) -> FloatArray:
    return sharpened(probs, best_power(given, probs[rows]))


def loss(likelihoods: FloatArray) -> float:
    return -float(np.log(np.maximum(likelihoods, 1e-6)).mean())


if __name__ == "__main__":
    main()
