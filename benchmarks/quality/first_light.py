"""Do the scores of `emendata audit` find flipped labels better than the peer's plain recipe?

    python -m benchmarks.quality.first_light [--datasets hr,20news] [--seeds 0,1,2] [--out results.json]

For each real dataset and seed, 8 % of the labels are flipped to another class at random. Then

- ours: `emendata.Audit(file, label).run().scores("wrong_label")`, nothing set by hand;
- the peer: scikit-learn's LogisticRegression, cross-validated in 5 stratified folds on the *same* features
  (the wide ones: TF-IDF of texts, standardised numbers, one-hot categories), scored by
  `cleanlab.rank.get_label_quality_scores(method="self_confidence")`.

The figure is the average precision of the order that the scores give, with the flipped rows as what is to be
found. Errors that the data had from the start count as false alarms for both. Reported beside it: precision
and recall of what is flagged, and how many proposed label changes give back the label before the flip.
"""

import argparse
import json
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from tools.realdata import fetch, flip_labels, read_csv, write_csv

import emendata as em
from benchmarks.environment import environment

DATASETS = (
    "20news", "reuters-r8", "election-tweets", "slovene-opinions",
    "hr", "titanic", "german", "segment", "phishing", "abalone", "arrests", "seattle-weather", "dd",
    "digits", "breast-cancer", "wine", "penguins", "iris",
)  # fmt: skip
RATE = 0.08
LARGE = 1_000  # rows; in smaller sets a dozen flips decide and the peer is near 1 already


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--datasets", default=",".join(DATASETS), help="names that tools.realdata knows")
    parser.add_argument("--seeds", default="0,1,2", help="seeds of the flips")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    columns = f"{'peer':>6}{'ours':>7}{'gain':>8}   flagged: precision recall   changes: right of"
    print(f"{'dataset':18}{'kind':6}{'rows':>6}{'classes':>8}  {columns}")
    lines = [measured(name, seeds) for name in options.datasets.split(",")]
    gains = [line["gain"] for line in lines]
    by_kind = {kind: [line["gain"] for line in lines if line["kind"] == kind] for kind in ("text", "table")}
    large = [line["gain"] for line in lines if line["rows"] >= LARGE]
    print(f"\nmean gain in average precision: {np.mean(gains):+.3f} over {len(gains)} datasets"
          + "".join(f"; {np.mean(g):+.3f} over {len(g)} {kind}s" for kind, g in by_kind.items() if g)
          + (f"; {np.mean(large):+.3f} over {len(large)} of at least {LARGE:,} rows" if large else "")
          + f"; worst {min(gains):+.3f}")  # fmt: skip
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.first_light",
            "rate": RATE,
            "seeds": seeds,
            "mean_gain": float(np.mean(gains)),
            "mean_gain_of_large": float(np.mean(large)) if large else None,
            "environment": environment("cleanlab"),
            "datasets": lines,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(name: str, seeds: list[int]) -> dict[str, Any]:
    runs = [one_run(name, seed) for seed in seeds]
    mean = {key: float(np.mean([run[key] for run in runs])) for key in runs[0]}
    data = fetch(name)
    line = {"name": name, "kind": data.kind, **mean, "gain": mean["ours"] - mean["peer"]}
    print(f"{name:18}{data.kind:6}{mean['rows']:6.0f}{mean['classes']:8.0f}  {mean['peer']:6.3f}{mean['ours']:7.3f}"
          f"{line['gain']:+8.3f}   {mean['precision']:18.3f}{mean['recall']:7.3f}"
          f"   {mean['changes_right']:14.1f} {mean['changes']:.1f}", flush=True)  # fmt: skip
    return line


def one_run(name: str, seed: int) -> dict[str, float]:
    data = fetch(name)
    rows = read_csv(data.path)
    true = [row[data.label] for row in rows]
    noisy, flipped = flip_labels(true, RATE, seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.csv"
        write_csv(file, [{**row, data.label: label} for row, label in zip(rows, noisy, strict=True)])
        started = time.perf_counter()
        audit = em.Audit(file, label=data.label, project=False).run(strict=True)
        seconds = time.perf_counter() - started
        flagged = np.zeros(len(rows), dtype=bool)
        flagged[audit.issues.of("wrong_label")["row"].to_numpy()] = True
        changes = [change for change in audit.propose() if change.kind == "relabel"]
        peer = peer_scores(audit, noisy, seed)
    return {
        "rows": len(rows),
        "classes": len(set(true)),
        "ours": float(average_precision_score(flipped, -audit.scores("wrong_label"))),
        "peer": float(average_precision_score(flipped, -peer)),
        "precision": float((flagged & flipped).sum() / max(flagged.sum(), 1)),
        "recall": float((flagged & flipped).sum() / flipped.sum()),
        "changes": len(changes),
        "changes_right": sum(str(change.new) == true[change.row] for change in changes),
        "seconds": seconds,
    }


def peer_scores(audit: em.Audit, labels: list[str], seed: int) -> np.ndarray:
    from cleanlab.rank import get_label_quality_scores

    codes = np.unique(labels, return_inverse=True)[1]
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = LogisticRegression(max_iter=1000)
        probs = cross_val_predict(model, audit.features().wide, codes, cv=folds, method="predict_proba")
    scores: np.ndarray = get_label_quality_scores(codes, probs, method="self_confidence")
    return scores


if __name__ == "__main__":
    main()
