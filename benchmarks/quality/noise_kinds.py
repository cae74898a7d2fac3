"""Does the default hold for every kind of label noise, with models that were trained on the noise?

    python -m benchmarks.quality.noise_kinds [--seeds 0,1] [--out results.json]

Datasets that come with scikit-learn get wrong labels of five kinds. Logistic regression and a random forest then
predict every row out of sample, in five folds, from the noisy labels. Reported per kind, and per model, as means:

- F1 of the flags of the default cut, beside the two that it should not fall behind;
- average precision of the order by each of our scores, and by the peer's default;

and last the runs in which the default falls furthest behind.
"""

import argparse
import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.datasets import load_breast_cancer, load_digits, load_wine, make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.environment import environment
from benchmarks.quality.measures import SCORES, average_precision, f1
from benchmarks.quality.peer import peer_scores
from emendata.tasks.classification import (
    find_label_issues,
    flip_labels,
    flip_labels_by_instance,
    noise_matrix_from_trace,
    score_labels,
    uniform_noise_matrix,
)
from emendata.tasks.cuts import Cut

Labels = npt.NDArray[np.int64]
Table = npt.NDArray[np.float64]
Line = dict[str, Any]

CUTS: tuple[Cut, ...] = ("auto", "predicted_neq_given", "prune_by_noise_rate")
WORST = 5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", default="0,1", help="seeds of noise, folds and models")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    runs = [
        measured(dataset, model, kind, seed)
        for dataset in DATASETS
        for seed in seeds
        for kind in NOISE
        for model in MODELS
    ]
    kinds = {kind: means([run for run in runs if run["noise"] == kind]) for kind in NOISE}
    kinds |= {model: means([run for run in runs if run["model"] == model]) for model in MODELS}
    kinds["all"] = means(runs)
    print_means(kinds)
    worst = {what: sorted(runs, key=lambda run: run[what])[:WORST] for what in ("f1_gap", "ap_gap")}
    print_worst("F1 of auto against the better of the two other cuts", worst["f1_gap"], "f1_gap")
    print_worst("average precision of auto against the peer's default", worst["ap_gap"], "ap_gap")
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.noise_kinds",
            "seeds": seeds,
            "environment": environment("cleanlab"),
            "kinds": kinds,
            "runs": runs,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(dataset: str, model: str, kind: str, seed: int) -> Line:
    table, true = DATASETS[dataset]()
    labels = NOISE[kind](table, true, seed)
    probs = predicted(model, table, labels, seed)
    errors = labels != true
    flags = {cut: f1(errors, find_label_issues(labels, probs, cut=cut)) for cut in CUTS}
    ap = {score: average_precision(errors, score_labels(labels, probs, score=score)) for score in SCORES}
    peer = average_precision(errors, peer_scores(labels, probs))
    return {
        "dataset": dataset,
        "model": model,
        "noise": kind,
        "seed": seed,
        "rows": len(true),
        "wrong": int(errors.sum()),
        "f1": flags,
        "ap": ap,
        "peer_ap": peer,
        "f1_gap": flags["auto"] - max(flags[cut] for cut in CUTS[1:]),
        "ap_gap": ap["auto"] - peer,
    }


# The data.


def loaded(load: Callable[..., tuple[Table, Labels]]) -> tuple[Table, Labels]:
    table, true = load(return_X_y=True)
    return table, true.astype(np.int64)


def hard() -> tuple[Table, Labels]:
    table, true = make_classification(
        2_000, 20, n_informative=8, n_redundant=4, n_classes=4, class_sep=0.8, random_state=0
    )
    return table, true.astype(np.int64)


DATASETS: dict[str, Callable[[], tuple[Table, Labels]]] = {
    "digits": lambda: loaded(load_digits),
    "wine": lambda: loaded(load_wine),
    "breast_cancer": lambda: loaded(load_breast_cancer),
    "hard": hard,
}
MODELS: dict[str, Callable[[int], Any]] = {
    "logistic": lambda seed: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000)),
    "forest": lambda seed: RandomForestClassifier(100, random_state=seed),
}


def predicted(model: str, table: Table, labels: Labels, seed: int) -> Table:
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        probs: Table = cross_val_predict(MODELS[model](seed), table, labels, cv=folds, method="predict_proba")
    return probs


# The noise.


def uniform(rate: float) -> Callable[[Table, Labels, int], Labels]:
    return lambda _, true, seed: flip_labels(true, uniform_noise_matrix(n_classes(true), rate), seed=seed)


def sparse(_: Table, true: Labels, seed: int) -> Labels:
    k = n_classes(true)
    prior = np.bincount(true) / len(true)
    matrix = noise_matrix_from_trace(k, 0.8 * k, frac_zero_noise_rates=0.5, prior=prior, seed=seed)
    return flip_labels(true, matrix, seed=seed)


def next_class(_: Table, true: Labels, seed: int) -> Labels:
    k = n_classes(true)
    return flip_labels(true, 0.8 * np.eye(k) + 0.2 * np.roll(np.eye(k), 1, axis=0), seed=seed)


def ambiguous(table: Table, true: Labels, seed: int) -> Labels:
    probs = predicted("logistic", table, true, seed)
    return flip_labels_by_instance(true, probs, 0.1, seed=seed)


def n_classes(true: Labels) -> int:
    return int(true.max()) + 1


NOISE: dict[str, Callable[[Table, Labels, int], Labels]] = {
    "uniform 10 %": uniform(0.1),
    "uniform 30 %": uniform(0.3),
    "some pairs of classes 20 %": sparse,
    "the next class 20 %": next_class,
    "ambiguous rows 10 %": ambiguous,
}


# What comes out.


def means(runs: list[Line]) -> Line:
    mean = {
        what: {name: float(np.mean([run[what][name] for run in runs])) for name in runs[0][what]}
        for what in ("f1", "ap")
    }
    return {
        **mean,
        "runs": len(runs),
        "peer_ap": float(np.mean([run["peer_ap"] for run in runs])),
        "f1_gap": float(np.mean([run["f1_gap"] for run in runs])),
        "worst_f1_gap": min(run["f1_gap"] for run in runs),
        "ap_gap": float(np.mean([run["ap_gap"] for run in runs])),
        "worst_ap_gap": min(run["ap_gap"] for run in runs),
    }


def print_means(kinds: dict[str, Line]) -> None:
    print(
        f"{'F1 of the flags':28}"
        + "".join(f"{name:>21}" for name in (*CUTS, "gap to the better", "worst gap"))
    )
    for kind, mean in kinds.items():
        values = [*mean["f1"].values(), mean["f1_gap"], mean["worst_f1_gap"]]
        print(f"{kind:28}" + "".join(f"{value:21.4f}" for value in values))
    names = (*SCORES, "peer default", "worst gap")
    print(f"\n{'average precision':28}" + "".join(f"{name[:14]:>15}" for name in names))
    for kind, mean in kinds.items():
        values = [*mean["ap"].values(), mean["peer_ap"], mean["worst_ap_gap"]]
        print(f"{kind:28}" + "".join(f"{value:15.4f}" for value in values))


def print_worst(title: str, runs: list[Line], what: str) -> None:
    print(f"\n{title}: the worst {len(runs)} runs")
    for run in runs:
        name = f"{run['dataset']}, {run['model']}, {run['noise']}, seed {run['seed']}"
        print(f"{run[what]:+8.4f}  {name}; {run['wrong']} of {run['rows']:,} labels wrong")


if __name__ == "__main__":
    main()
