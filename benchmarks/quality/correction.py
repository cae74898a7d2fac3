"""Is a model better that learned from corrected labels, beside one that learned from the labels as they were?

    python -m benchmarks.quality.correction [--sets titanic,digits] [--noises class,hard] [--seeds 0,1,2] [--out FILE]

Real tables and texts are split into 70 % to learn from and 30 % to judge by, whose labels stay as they are. In the
first part labels are made wrong: none; *class*, 20 % to the next class; or *hard*, 15 %, those of which a model of
nearest neighbours, which nobody sees again, is least sure, to the class that it finds second. Beside these stands one
set with real errors, where --data is given: CIFAR-10's test images as 192 block means, each with the wrong one of two
people's answers (CIFAR-10H), if one was. `--sets ""` leaves the others out. Accuracy on the 30 % of

- original: the model fitted to the labels with their errors;
- prune, relabel, reweight: `emendata.CleanClassifier` around the same model;
- 100 reviews: the 100 rows of lowest score get their right label, as by somebody who knows, and the rest is pruned;
- peer: cleanlab's CleanLearning around the same model;
- true: the model fitted to the labels without errors.

Recovered is the part of the loss, from *true* to *original*, that is won back, over all runs with a loss.
"""

import argparse
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from cleanlab.classification import CleanLearning
from scipy.special import stdtrit
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tools.realdata import fetch

import emendata as em
from benchmarks.environment import environment
from benchmarks.quality.certificates import human_errors
from emendata.data import label_names

Array = npt.NDArray[Any]
Line = dict[str, Any]

SETS = (
    "titanic",
    "segment",
    "hr",
    "digits",
    "breast-cancer",
    "abalone",
    "20news",
    "penguins",
    "phishing",
    "german",
    "wine",
)
NOISES = {"none": 0.0, "class": 0.2, "hard": 0.15}
ARMS = ("original", "prune", "relabel", "reweight", "100 reviews", "peer", "true")
REVIEWS = 100
MOST_ROWS = 2000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--noises", default=",".join(NOISES))
    parser.add_argument("--seeds", default="0,1,2,3")
    parser.add_argument("--data", type=Path, help="folder of published data, for the set with real errors")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    lines = []
    for name in filter(None, options.sets.split(",")):
        X, y = features_of(name)
        for noise in options.noises.split(","):
            lines += measured(name, noise, X, y, None, seeds)
    if options.data:
        lines += measured("cifar10h", "human", *human_set(options.data), seeds)
    summary = summed(lines)
    for noise, one in summary.items():
        print(f"\n{noise}: " + ", ".join(f"{arm} {value:+.4f}" for arm, value in one["gain"].items()))
        if one["recovered"]:
            print("  recovered " + ", ".join(f"{arm} {value:.2f}" for arm, value in one["recovered"].items()))
        print(
            "  significantly worse than original: "
            + ", ".join(f"{arm} {n}" for arm, n in one["worse"].items())
        )
    if options.out:
        document = {
            "command": f"python -m benchmarks.quality.correction --sets {options.sets!r} --data FOLDER",
            "environment": environment("cleanlab"),
            "seeds": seeds,
            "summary": summary,
            "lines": lines,
        }
        options.out.write_text(json.dumps(document, indent=1) + "\n")


def measured(name: str, noise: str, X: Array, y: Array, given: Array | None, seeds: list[int]) -> list[Line]:
    lines = []
    for model_name, model in models().items():
        runs = [one_run(X, y, given, noise, model, seed) for seed in seeds]
        line: Line = {"set": name, "noise": noise, "model": model_name, "rows": len(y)}
        line |= {arm: float(np.mean([run[arm] for run in runs])) for arm in ARMS}
        line["runs"] = runs
        lines.append(line)
        accuracies = "".join(f"{arm} {line[arm]:.3f}  " for arm in ARMS)
        print(f"{name:14}{noise:7}{model_name:9}{accuracies}", flush=True)
    return lines


def human_set(data: Path) -> tuple[Array, Array, Array]:
    """Return numbers, right labels, and the labels that people gave, of images in the order of their source."""
    images = np.load(data / "duplicates" / "cifair10.npz")
    order = images["cifar_index"][:10_000].astype(int)
    people = human_errors(data)
    rows = np.random.default_rng(0).permutation(10_000)[:MOST_ROWS]
    assert people.right is not None
    dense = images["features"][:10_000][rows].astype(np.float64)
    return dense, people.right[order[rows]], people.labels[order[rows]]


def models() -> dict[str, Any]:
    return {
        "forest": RandomForestClassifier(100, random_state=0, n_jobs=2),
        "linear": make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000)),
    }


def features_of(name: str) -> tuple[Array, Array]:
    """Return the numbers that an audit would see, and the labels as codes."""
    data = fetch(name)
    with tempfile.TemporaryDirectory() as folder:
        audit = em.Audit(data.path, label=data.label, project=Path(folder) / "p", mode="quick")
        dense = np.asarray(audit.features().dense, dtype=np.float64)
        labels = label_names(audit.dataset)
    known = np.array([label is not None for label in labels])
    codes = np.unique([label for label in labels if label is not None], return_inverse=True)[1]
    dense = dense[known]
    common = np.isin(codes, np.flatnonzero(np.bincount(codes) >= 20))
    codes = np.unique(codes[common], return_inverse=True)[1]
    rows = np.random.default_rng(0).permutation(len(codes))[:MOST_ROWS]
    return dense[common][rows], codes[rows]


def with_errors(X: Array, y: Array, noise: str, seed: int) -> Array:
    rng = np.random.default_rng(seed)
    n_classes = int(y.max()) + 1
    if noise == "class":
        return np.where(rng.random(len(y)) < NOISES[noise], (y + 1) % n_classes, y)
    if noise == "hard":
        probs = KNeighborsClassifier(25).fit(X, y).predict_proba(X) + 1e-3 * rng.random((len(y), n_classes))
        own = probs[np.arange(len(y)), y]
        probs[np.arange(len(y)), y] = -1
        margin = own - probs.max(axis=1)
        wrong = margin <= np.quantile(margin, NOISES[noise])
        return np.where(wrong, probs.argmax(axis=1), y)
    return y


def one_run(
    X: Array, y: Array, given_all: Array | None, noise: str, model: Any, seed: int
) -> dict[str, float]:
    rows, others = train_test_split(np.arange(len(y)), test_size=0.3, random_state=seed, stratify=y)
    learn, test, right, judged = X[rows], X[others], y[rows], y[others]
    given = with_errors(learn, right, noise, seed) if given_all is None else given_all[rows]
    found = {
        "original": clone(model).fit(learn, given),
        "true": clone(model).fit(learn, right),
        "prune": em.CleanClassifier(clone(model), random_state=seed).fit(learn, given),
        "relabel": em.CleanClassifier(clone(model), how="relabel", random_state=seed).fit(learn, given),
    }
    plain = not hasattr(model, "steps")  # weights do not pass through a pipeline without a word
    found["reweight"] = (
        em.CleanClassifier(clone(model), how="reweight", random_state=seed).fit(learn, given)
        if plain
        else found["prune"]
    )
    asked = np.argsort(found["prune"].label_scores_, kind="stable")[:REVIEWS]
    answered = given.copy()
    answered[asked] = right[asked]
    found["100 reviews"] = em.CleanClassifier(clone(model), random_state=seed).fit(learn, answered)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found["peer"] = CleanLearning(clone(model), seed=seed).fit(learn, given)
    return {arm: float((fitted.predict(test) == judged).mean()) for arm, fitted in found.items()}


def summed(lines: list[Line]) -> Line:
    """Return by noise the mean gain over original, the part of the loss recovered, and how often it got worse."""
    summary: Line = {}
    for noise in dict.fromkeys(line["noise"] for line in lines):
        some = [line for line in lines if line["noise"] == noise]
        gain = {arm: float(np.mean([line[arm] - line["original"] for line in some])) for arm in ARMS}
        lost = float(np.mean([line["true"] - line["original"] for line in some]))
        worse = {arm: sum(clearly_worse(line, arm) for line in some) for arm in ARMS}
        summary[noise] = {
            "lines": len(some),
            "gain": gain,
            "recovered": {arm: gain[arm] / lost for arm in ARMS} if lost > 1e-9 else {},
            "worse": worse,
        }
    return summary


def clearly_worse(line: Line, arm: str) -> bool:
    """Say whether the accuracy fell by more than the 95 % interval of the paired differences, by Student's t."""
    differences = np.array([run[arm] - run["original"] for run in line["runs"]])
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return bool(differences.mean() < -stdtrit(len(differences) - 1, 0.975) * error - 1e-12)


if __name__ == "__main__":
    main()
