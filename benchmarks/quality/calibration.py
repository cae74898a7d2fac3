"""What do probabilities mean when the labels have errors: calibrated by the given labels, or by ``--calibrate``?

    python -m benchmarks.quality.calibration [--sets titanic,digits] [--noises none,class] [--seeds 0] [--out FILE]

Real tables and texts get wrong labels (none, 10 % to any other class, or 20 % from each class to one other), and
`emendata.Audit(path, calibrate=True)` predicts them out of sample. Its probabilities are set against the labels
before planting: expected calibration error (15 bins of the most probable class) and log loss of

- uncalibrated: the models as they are, mixed;
- given: the stack, its models and itself tempered to the given labels, as every audit does;
- counted: tempered with the noise matrix that the confident joint counts (forward correction);
- undoubted: tempered to the given labels of rows that look like their label;
- true: what ``calibrate=True`` makes, the rate of errors fitted together with the temperature.

For each, too, what the check of wrong labels would find if it judged by them (it judges by *given* in every case):
average precision and F1 for the planted errors, where it does not refuse them as no better than class frequencies;
and how many labels `emendata fix` would change without and with `calibrate`, and how many of them to the true class.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tools.realdata import fetch, read_csv

import emendata as em
from benchmarks.environment import environment
from benchmarks.quality.early_stopping import predictions_of
from benchmarks.quality.end_to_end import RATES, planted
from benchmarks.quality.measures import average_precision, f1
from emendata.checks.inputs import Inputs
from emendata.checks.wrong_label import WrongLabel
from emendata.corrections import ProposalRules
from emendata.errors import NotApplicable
from emendata.kernels.stacking import convex_weights, hedged, mix
from emendata.kernels.temperature import best_power, sharpened
from emendata.pipeline import Preparation
from emendata.records import FloatArray, IntArray
from emendata.tasks.examples import open_examples
from emendata.tasks.surveys import Surveyed, survey_examples

LOOKED_AT = (
    "titanic",
    "segment",
    "seattle-weather",
    "hr",
    "digits",
    "breast-cancer",
    "abalone",
    "arrests",
    "20news",
)
UNTOUCHED = ("penguins", "phishing", "german", "wine", "dd")
"""Sets of which nothing was looked at before the method was chosen."""
NOISES = ("none", *RATES)
WAYS = ("uncalibrated", "given", "counted", "undoubted", "true")
_BINS = 15
_FLOOR = 1e-6

Line = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sets", default=",".join((*LOOKED_AT, *UNTOUCHED)), help="names that tools.realdata knows"
    )
    parser.add_argument("--noises", default=",".join(NOISES), help="kinds of planted errors")
    parser.add_argument("--seeds", default="0,1", help="seeds of the errors")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    lines = []
    for name, noise, seed in runs(
        options.sets.split(","), options.noises.split(","), options.seeds.split(",")
    ):
        lines.append({"name": name, "noise": noise, "seed": seed, **measured(name, noise, seed)})
        print_line(lines[-1])
    means = {noise: means_of([line for line in lines if line["noise"] == noise]) for noise in NOISES}
    print_means(means)
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.calibration",
            "rates": RATES,
            "untouched": UNTOUCHED,
            "environment": environment(),
            "means": means,
            "audits": lines,
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def runs(sets: list[str], noises: list[str], seeds: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield every run; labels without errors are the same with every seed."""
    for name in sets:
        for noise in noises:
            for seed in seeds[:1] if noise == "none" else seeds:
                yield name, noise, int(seed)


def measured(name: str, noise: str, seed: int) -> Line:
    with tempfile.TemporaryDirectory() as folder:
        path, label, true = opened(name, noise, seed, Path(folder))
        audit = em.Audit(
            path, label=label, project=Path(folder) / "project", checks=["wrong_label"], calibrate=True
        )
        audit.run(strict=True)
        prepared = audit._preparation
        labels = prepared.seen_labels
        assert labels is not None
        place = {name: code for code, name in enumerate(labels.classes)}
        truth = np.array([place[name] for name in true])
        probs = ways(prepared)
        made = prepared.calibration
        assert made is not None
        return {
            "rows": len(true),
            "classes": len(place),
            "errors": int((truth != labels.codes).sum()),
            "taken_for_errors": made.n_wrong,
            "temperature": made.temperature,
            "best_temperature": 1 / best_power(truth, probs["given"]),
            "ways": {way: judged(prepared, probs[way], truth) for way in WAYS},
            "changes": {
                "true": proposed(audit, true),
                "given": proposed(uncalibrated(audit, path, label), true),
            },
        }


def opened(name: str, noise: str, seed: int, folder: Path) -> tuple[Path, str, list[str]]:
    """Return where a set with errors lies, its label column, and the labels before they were planted."""
    data = fetch(name)
    if noise == "none":
        return data.path, data.label, [row[data.label] for row in read_csv(data.path)]
    path, _, true, _ = planted(name, noise, seed, folder)
    return path, data.label, true


def uncalibrated(audit: em.Audit, path: Path, label: str) -> em.Audit:
    assert audit.project is not None
    return em.Audit(path, label=label, project=audit.project.folder, checks=["wrong_label"]).run(strict=True)


def ways(prepared: Preparation) -> Mapping[str, FloatArray]:
    """Return probabilities by the way in which they were calibrated."""
    assert prepared.seen_labels is not None
    given = prepared.seen_labels.codes
    rows = np.arange(len(given))
    members = list(predictions_of(prepared).values())
    weights = hedged(convex_weights([member[rows, given] for member in members]))
    stacked = prepared.predictions.pred_probs
    surveyed = survey_examples(open_examples(given, stacked))
    looks = surveyed.survey.looks_like
    undoubted = (looks == given) | (looks < 0)
    return {
        "uncalibrated": mix(members, weights),
        "given": stacked,
        "counted": sharpened(stacked, counted_power(given, stacked, surveyed)),
        "undoubted": sharpened(stacked, best_power(given[undoubted], stacked[undoubted])),
        "true": prepared.shown_probs,
    }


def counted_power(given: IntArray, probs: FloatArray, surveyed: Surveyed) -> float:
    """Return the power under which given labels are likeliest by the noise matrix that the confident joint counts."""
    likelihood = surveyed.transition(None).dense().astype(np.float64).T[given]
    powers = np.exp(np.linspace(-3, 3, 301))
    losses = [-np.log((sharpened(probs, power) * likelihood).sum(axis=1)).mean() for power in powers]
    return float(powers[int(np.argmin(losses))])


def judged(prepared: Preparation, probs: FloatArray, truth: IntArray) -> Line:
    measures: Line = {"ece": calibration_error(probs, truth), "log_loss": log_loss(probs, truth)}
    labels = prepared.seen_labels
    assert labels is not None
    errors = truth != labels.codes
    if not errors.any():
        return measures
    predictions = replace(prepared.predictions, pred_probs=probs.astype(np.float32).astype(np.float64))
    try:
        found = WrongLabel().find(Inputs(len(truth), labels=labels, predictions=predictions))
    except NotApplicable:
        return {**measures, "applies": False}
    flagged = np.zeros(len(truth), dtype=bool)
    flagged[found.rows] = True
    ap = average_precision(errors, np.asarray(found.scores))
    return {**measures, "applies": True, "average_precision": ap, "f1": f1(errors, flagged)}


def proposed(audit: em.Audit, true: list[str]) -> Line:
    changes = audit.propose(ProposalRules())
    relabels = [change for change in changes if change.kind == "relabel"]
    return {"labels": len(relabels), "right": sum(change.new == true[change.row] for change in relabels)}


def calibration_error(probs: FloatArray, truth: IntArray) -> float:
    """Return the mean gap between how sure the most probable class is and how often it is right, by bins."""
    sure, right = probs.max(axis=1), probs.argmax(axis=1) == truth
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, weights=right - sure, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(truth))


def log_loss(probs: FloatArray, truth: npt.NDArray[np.integer[Any]]) -> float:
    return -float(np.log(np.maximum(probs[np.arange(len(truth)), truth], _FLOOR)).mean())


def means_of(lines: list[Line]) -> Line:
    """Return means over sets, of all and of those untouched; those of the check only where it judges in every way."""
    changes = {
        shown: {key: sum(line["changes"][shown][key] for line in lines) for key in ("labels", "right")}
        for shown in ("given", "true")
    }
    everywhere = [
        line for line in lines if all(line["ways"][way].get("applies") for way in ("given", "true"))
    ]
    untouched = [line for line in lines if line["name"] in UNTOUCHED]
    found: Line = {"audits": len(lines), "judged_in_both": len(everywhere), "changes": changes, "ways": {}}
    for way in WAYS:
        of_way = [line["ways"][way] for line in lines]
        found["ways"][way] = {
            "ece": mean(one["ece"] for one in of_way),
            "log_loss": mean(one["log_loss"] for one in of_way),
            "untouched_ece": mean(line["ways"][way]["ece"] for line in untouched),
            "untouched_log_loss": mean(line["ways"][way]["log_loss"] for line in untouched),
            "refused": sum(one.get("applies") is False for one in of_way),
        }
        if way in ("uncalibrated", "given", "true"):
            for key in ("average_precision", "f1"):
                found["ways"][way][key] = mean(
                    line["ways"][way][key] for line in everywhere if key in line["ways"][way]
                )
    return found


def mean(values: Iterator[float]) -> float | None:
    listed = list(values)
    return float(np.mean(listed)) if listed else None


def print_line(line: Line) -> None:
    errors = " ".join(f"{way} {line['ways'][way]['ece']:.3f}" for way in WAYS)
    print(f"{line['name']:18}{line['noise']:9}{line['seed']} {line['rows']:6} rows, ECE: {errors}, temperature "
          f"{line['temperature']:.2f} (best {line['best_temperature']:.2f})", flush=True)  # fmt: skip


def print_means(means: Mapping[str, Line]) -> None:
    for noise, found in means.items():
        print(
            f"\n{noise}: {found['audits']} audits, the check judges by given and by true in {found['judged_in_both']}"
        )
        for way, measures in found["ways"].items():
            numbers = (f"{key} {value:.4f}" for key, value in measures.items() if isinstance(value, float))
            print(f"  {way:14}{', '.join(numbers)}, refused {measures['refused']}")
        for shown, counts in found["changes"].items():
            print(
                f"  with {shown}: {counts['labels']} labels would be changed, {counts['right']} to the true class"
            )


if __name__ == "__main__":
    main()
