"""Would static word vectors, which need no network to run, make the quick mode know more about texts?

    python -m benchmarks.quality.static_vectors [--sets 20news] [--rows 4000] [--seeds 0,1] [--out FILE]

The vectors are those of wordllama, 256 numbers a text, the mean over the word pieces of its first 1,000 characters:
more would cost more than the words do, and a network of sentences reads no more either. They stand beside TF-IDF as
sentence vectors do in the other modes. Each way of predicting is tried with words alone and with both, in the same
folds: logistic regression; our naive Bayes and stochastic linear model, stacked; and all models of the quick mode.
Labels are as they came, or a tenth of them is flipped at random. Reported are the part of the labels before the flips
that is predicted out of sample, the average precision of the scores of `wrong_label` for the flips, and processor
seconds, of features and predictions together.
"""

import argparse
import json
import time
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from tools.realdata import fetch, flip_labels, read_csv

from benchmarks.environment import environment
from benchmarks.quality.measures import average_precision
from emendata.checks.inputs import Inputs, Predictions
from emendata.checks.wrong_label import WrongLabel
from emendata.data import open_dataset
from emendata.features import ModelEmbedder
from emendata.models import PREDICTORS, Predictor, Problem
from emendata.pipeline import Preparation, effort_for
from emendata.pipeline.stack import stack_models
from emendata.records import FloatArray, Mode, Role, no_progress
from emendata.store import MemoryShelf

SETS = ("20news", "reuters-r8", "election-tweets")
RATES = (0.0, 0.1)
LONGEST = 1_000  # characters
LINEAR = ("naive_bayes", "stochastic_linear")

Predict = Callable[[Preparation], FloatArray]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", default=",".join(SETS), help="English texts that tools.realdata knows")
    parser.add_argument("--rows", type=int, default=4_000, help="texts of each set, drawn at random")
    parser.add_argument("--seeds", default="0,1", help="seeds of the draw and the flips")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    embedder().vectors(["to load it is not to use it"])
    print(f"{'set':16}{'flipped':>8} {'models':24}{'accuracy: words':>16}{'both':>7}{'gain':>8}"
          f"{'AP: words':>11}{'both':>7}{'gain':>8}{'seconds: words':>16}{'both':>7}")  # fmt: skip
    lines = [
        line
        for name in options.sets.split(",")
        for rate in RATES
        for line in measured(name, rate, options.rows, seeds)
    ]
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.static_vectors",
            "rows": options.rows,
            "seeds": seeds,
            "environment": environment("wordllama"),
            "sets": lines,
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(name: str, rate: float, n_rows: int, seeds: Sequence[int]) -> list[dict[str, Any]]:
    runs = [one_run(name, rate, n_rows, seed) for seed in seeds]
    lines = []
    for models in MODELS:
        line: dict[str, Any] = {"name": name, "flipped": rate, "models": models}
        for features in ("words", "both"):
            found = [run[models][features] for run in runs]
            line[features] = {key: float(np.mean([each[key] for each in found])) for key in found[0]}
        lines.append(line)
        show(line)
    return lines


def show(line: dict[str, Any]) -> None:
    words, both = line["words"], line["both"]
    precision = (
        f"{words['ap']:11.3f}{both['ap']:7.3f}{both['ap'] - words['ap']:+8.3f}" if line["flipped"] else ""
    )
    print(f"{line['name']:16}{line['flipped']:8.2f} {line['models']:24}{words['accuracy']:16.3f}{both['accuracy']:7.3f}"
          f"{both['accuracy'] - words['accuracy']:+8.3f}{precision:26}"
          f"{words['seconds']:16.1f}{both['seconds']:7.1f}", flush=True)  # fmt: skip


def one_run(name: str, rate: float, n_rows: int, seed: int) -> dict[str, dict[str, dict[str, float]]]:
    data = fetch(name)
    rows = read_csv(data.path)
    drawn = np.random.default_rng(seed).permutation(len(rows))[:n_rows]
    texts = [rows[row]["text"] for row in drawn]
    true = [rows[row][data.label] for row in drawn]
    noisy, flipped = flip_labels(true, rate, seed)
    found: dict[str, dict[str, dict[str, float]]] = {models: {} for models in MODELS}
    for features, named in (("words", {}), ("both", {"text": embedder()})):
        dataset = open_dataset({"text": texts, "label": noisy}, label="label", roles={"text": "text"})
        prepared = Preparation(
            dataset, MemoryShelf(), effort=effort_for(Mode.QUICK, dataset.n_rows), embedders=named
        )
        started = time.process_time()
        prepared.problem  # noqa: B018  # makes features and neighbours
        reading = time.process_time() - started
        for models, predict in MODELS.items():
            started = time.process_time()
            probs = predict(prepared)
            seconds = reading + time.process_time() - started
            found[models][features] = {**judged(prepared, probs, true, flipped), "seconds": seconds}
    return found


def judged(
    prepared: Preparation, probs: FloatArray, true: list[str], flipped: npt.NDArray[np.bool_]
) -> dict[str, float]:
    labels = prepared.seen_labels
    assert labels is not None
    predicted = np.array(labels.classes)[probs.argmax(axis=1)]
    accuracy = float((predicted == np.array(true)).mean())
    if not flipped.any():
        return {"accuracy": accuracy}
    inputs = Inputs(
        prepared.dataset.n_rows,
        labels=labels,
        neighbors=prepared.neighbors,
        predictions=Predictions(probs, probs.argmax(axis=1)[None], ("all",)),
    )
    return {
        "accuracy": accuracy,
        "ap": average_precision(flipped, np.asarray(WrongLabel().find(inputs).scores)),
    }


def logistic(prepared: Preparation) -> FloatArray:
    problem: Problem = prepared.problem
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found: FloatArray = cross_val_predict(
            LogisticRegression(C=10, max_iter=100, tol=1e-3),
            problem.wide,
            problem.labels,
            cv=PredefinedSplit(problem.folds),
            method="predict_proba",
        )
    return found


def linear_stack(prepared: Preparation) -> FloatArray:
    return stacked(prepared, [PREDICTORS[name] for name in LINEAR])


def whole_stack(prepared: Preparation) -> FloatArray:
    return stacked(prepared, list(PREDICTORS))


def stacked(prepared: Preparation, models: Sequence[Predictor]) -> FloatArray:
    kept = stack_models(prepared.problem, MemoryShelf(), "benchmark", no_progress, predictors=models)
    return kept.arrays["pred_probs"].astype(np.float64)


MODELS: dict[str, Predict] = {
    "logistic regression": logistic,
    "two of the quick mode": linear_stack,
    "all of the quick mode": whole_stack,
}


@cache
def embedder() -> ModelEmbedder:
    return ModelEmbedder("wordllama", Role.TEXT, naming=lambda: "wordllama", load=static_vectors)


def static_vectors() -> Callable[[Sequence[Any]], Any]:
    import wordllama

    folder = Path(wordllama.__file__).parent  # where its package keeps the weights
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return lambda texts: model.embed([text[:LONGEST] for text in texts], norm=False)


if __name__ == "__main__":
    main()
