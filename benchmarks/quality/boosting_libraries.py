"""Would a gradient-boosting library find more label errors than scikit-learn's boosting does, or as many in less time?

    python -m benchmarks.quality.boosting_libraries [--sets hr,segment] [--seeds 0,1] [--out FILE]

Errors are planted in real tables as in `benchmarks.quality.end_to_end`. Each model of an audit predicts once, and so
does each library's, with as many trees and leaves, the same learning rate and penalty, and one thread. Then there
are stacks: ours; ours without boosting; a library in the place of our boosting; a library beside it. Reported are
the average precision of the scores of `wrong_label`, how many planted errors are among as many rows of lowest score,
the part of the labels before planting that the stack predicts, and processor seconds of each boosting by itself.
Megabytes are those of the installed library and of what comes with it that emendata does not have anyway. Beside the
libraries stands scikit-learn's boosting with half as many leaves a tree ("smaller"), which needs no library: does a
gain come from the library, or from trees that trust single rows less?
"""

import argparse
import json
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from benchmarks.environment import environment
from benchmarks.quality.end_to_end import RATES, planted
from benchmarks.quality.measures import average_precision
from emendata.checks.inputs import Inputs, Predictions
from emendata.checks.wrong_label import WrongLabel
from emendata.data import open_dataset
from emendata.errors import NotApplicable
from emendata.models import PREDICTORS, Predictor, Problem
from emendata.models.predictor import OnFold, cross_predict
from emendata.pipeline import Preparation
from emendata.pipeline.stack import stack_models
from emendata.records import FloatArray, no_progress
from emendata.store import MemoryShelf

SETS = ("hr", "segment", "titanic", "seattle-weather", "german", "phishing", "abalone", "dd")
LOSS = 0.01  # of average precision, from which on a library does harm

Mask = npt.NDArray[np.bool_]


def lightgbm(seed: int) -> Any:
    from lightgbm import LGBMClassifier

    return LGBMClassifier(
        n_estimators=80,
        learning_rate=0.06,
        num_leaves=12,
        min_child_samples=15,
        reg_lambda=1.0,
        n_jobs=1,
        random_state=seed,
        verbose=-1,
    )


def xgboost(seed: int) -> Any:
    from xgboost import XGBClassifier

    return XGBClassifier(
        n_estimators=80,
        learning_rate=0.06,
        tree_method="hist",
        grow_policy="lossguide",
        max_depth=0,
        max_leaves=12,
        min_child_weight=2.0,  # a sum of p (1 - p), not a number of rows: 15 of them where p is 0.16 or 0.84
        reg_lambda=1.0,
        n_jobs=1,
        random_state=seed,
    )


def catboost(seed: int) -> Any:
    from catboost import CatBoostClassifier

    return CatBoostClassifier(
        iterations=80,
        learning_rate=0.06,
        depth=4,  # all of a level split alike, so that 16 leaves are as simple as 12 of the others
        l2_leaf_reg=1.0,
        thread_count=1,
        random_seed=seed,
        verbose=False,
        allow_writing_files=False,
    )


def smaller(seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=80,
        max_leaf_nodes=6,
        min_samples_leaf=15,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )


RIVALS: dict[str, Callable[[int], Any]] = {
    "lightgbm": lightgbm,
    "xgboost": xgboost,
    "catboost": catboost,
    "smaller": smaller,
}
COMES_WITH: dict[str, tuple[str, ...]] = {
    "lightgbm": (),
    "xgboost": ("nvidia-nccl-cu12",),
    "catboost": ("graphviz", "plotly", "matplotlib", "pandas"),
}


@dataclass
class RivalTrees:
    """Boosted trees of somebody else, on the features and in the folds of ours."""

    name: str
    title: str = field(init=False)

    def __post_init__(self) -> None:
        self.title = f"Trees of {self.name}"

    def suits(self, problem: Problem) -> str | None:
        return None

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        make = partial(RIVALS[self.name], problem.seed)
        with threadpool_limits(1, user_api="openmp"):
            return cross_predict(problem, make, problem.narrow, on_fold)


@dataclass
class Timed:
    """A model, and how long the processor was busy with it: others may share the machine."""

    model: Predictor
    seconds: float = 0.0

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def title(self) -> str:
        return self.model.title

    def suits(self, problem: Problem) -> str | None:
        return self.model.suits(problem)

    def predict(self, problem: Problem, on_fold: OnFold) -> FloatArray:
        started = time.process_time()
        predicted = self.model.predict(problem, on_fold)
        self.seconds = time.process_time() - started
        return predicted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", default=",".join(SETS), help="tables that tools.realdata knows")
    parser.add_argument("--rivals", default=",".join(RIVALS), help="those to try, installed")
    parser.add_argument("--seeds", default="0,1", help="seeds of the errors")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    rivals, seeds = options.rivals.split(","), [int(seed) for seed in options.seeds.split(",")]
    warnings.filterwarnings("ignore", "X does not have valid feature names")
    for rival in rivals:
        RIVALS[rival](0)  # loads its library: no model's time
    lines: list[dict[str, Any]] = []
    for name in options.sets.split(","):
        for noise in RATES:
            for seed in seeds:
                lines.append(
                    {"name": name, "noise": noise, "seed": seed, **compared(name, noise, seed, rivals)}
                )
                show(lines[-1])
                if options.out:
                    write(options.out, rivals, seeds, lines)
    print(json.dumps(summed(lines, rivals), indent=1))


def show(line: dict[str, Any]) -> None:
    found = "  ".join(f"{stack} {figures['ap']:.3f}" for stack, figures in line["stacks"].items())
    took = "  ".join(f"{model} {seconds:.1f}" for model, seconds in line["seconds"].items())
    print(f"{line['name']:16}{line['noise']:8}{line['seed']}  AP  {found}  seconds  {took}", flush=True)


def compared(name: str, noise: str, seed: int, rivals: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path, label, true, noisy = planted(name, noise, seed, Path(folder))
        prepared = Preparation(open_dataset(path, label=label), MemoryShelf())
    ours = [Timed(model) for model in PREDICTORS]
    boosting = next(model for model in ours if model.name == "boosted_trees")
    theirs = {rival: Timed(RivalTrees(rival)) for rival in rivals}
    others = [model for model in ours if model is not boosting]
    stacks: dict[str, list[Timed]] = {"ours": ours, "without boosting": others, "boosting alone": [boosting]}
    for rival, model in theirs.items():
        stacks[f"{rival} instead"] = [model, *others]
        stacks[f"{rival} added"] = [*ours, model]
        stacks[f"{rival} alone"] = [model]
    shelf = MemoryShelf()  # where each model's predictions are kept for the next stack
    found = {stack: figures(prepared, models, shelf, true, noisy) for stack, models in stacks.items()}
    return {
        "rows": len(true),
        "classes": len(set(true)),
        "errors": int((np.array(true) != np.array(noisy)).sum()),
        "stacks": found,
        "seconds": {model.name: round(model.seconds, 3) for model in [boosting, *theirs.values()]},
        "seconds_of_all_ours": round(sum(model.seconds for model in ours), 3),
    }


def figures(
    prepared: Preparation, models: Sequence[Timed], shelf: MemoryShelf, true: list[str], noisy: list[str]
) -> dict[str, float]:
    kept = stack_models(prepared.problem, shelf, "benchmark", no_progress, predictors=models)
    labels = prepared.seen_labels
    assert labels is not None
    classes = np.array(labels.classes)
    if classes[labels.codes].tolist() != noisy:
        raise SystemExit("The rows are not in the order that was expected.")
    probs = kept.arrays["pred_probs"].astype(np.float64)
    names = tuple(model["name"] for model in kept.facts["models"])
    inputs = Inputs(
        prepared.dataset.n_rows,
        labels=labels,
        neighbors=prepared.neighbors,
        predictions=Predictions(probs, kept.arrays["votes"], names),
    )
    errors: Mask = np.array(true) != np.array(noisy)
    try:
        scores: npt.NDArray[np.floating[Any]] = np.asarray(WrongLabel().find(inputs).scores)
    except NotApplicable:  # the models know too little: nothing is said, and nothing found
        scores = np.ones(len(errors))
    lowest = np.argsort(scores, kind="stable")[: errors.sum()]
    return {
        "ap": average_precision(errors, scores),
        "found": int(errors[lowest[scores[lowest] < 1]].sum()),
        "accuracy": float((classes[probs.argmax(axis=1)] == np.array(true)).mean()),
    }


def summed(lines: Sequence[dict[str, Any]], rivals: Sequence[str]) -> dict[str, Any]:
    """Gains over our stack, by stack, and what they cost."""

    def gains(stack: str, figure: str) -> npt.NDArray[np.float64]:
        return np.array([line["stacks"][stack][figure] - line["stacks"]["ours"][figure] for line in lines])

    total = {model: sum(line["seconds"][model] for line in lines) for model in lines[0]["seconds"]}
    return {
        "audits": len(lines),
        "errors": sum(line["errors"] for line in lines),
        "found_by_ours": sum(line["stacks"]["ours"]["found"] for line in lines),
        "mean_ap_of_ours": float(np.mean([line["stacks"]["ours"]["ap"] for line in lines])),
        "stacks": {
            stack: {
                "gain": float(gains(stack, "ap").mean()),
                "best": float(gains(stack, "ap").max()),
                "worst": float(gains(stack, "ap").min()),
                "audits_gained": int((gains(stack, "ap") > LOSS).sum()),
                "audits_lost": int((gains(stack, "ap") < -LOSS).sum()),
                "found_more": int(gains(stack, "found").sum()),
                "accuracy_gain": float(gains(stack, "accuracy").mean()),
            }
            for stack in lines[0]["stacks"]
            if stack != "ours"
        },
        "seconds": {model: round(seconds, 1) for model, seconds in total.items()},
        "seconds_of_all_ours": round(sum(line["seconds_of_all_ours"] for line in lines), 1),
        "installed_megabytes": {rival: installed_megabytes(rival) for rival in rivals if rival in COMES_WITH},
    }


def installed_megabytes(rival: str) -> dict[str, float]:
    return {package: megabytes(package) for package in (rival, *COMES_WITH[rival])}


def megabytes(package: str) -> float:
    files = [Path(str(file.locate())) for file in distribution(package).files or ()]
    return round(sum(file.stat().st_size for file in files if file.is_file()) / 1e6, 1)


def write(path: Path, rivals: Sequence[str], seeds: list[int], lines: list[dict[str, Any]]) -> None:
    results = {
        "command": "python -m benchmarks.quality.boosting_libraries",
        "rates": RATES,
        "seeds": seeds,
        "environment": environment(*(rival for rival in rivals if rival in COMES_WITH)),
        "summary": summed(lines, rivals),
        "audits": lines,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
