"""From raw files to flagged labels: does `emendata audit` find planted errors better than the peer's recipe?

    python -m benchmarks.quality.end_to_end [--sets cifar10,hr] [--noises uniform] [--seeds 0] [--out FILE]

Real tables, texts, images and sounds get wrong labels of two kinds: 10 % to any other class, or 20 % from each class
to one other, the next in the alphabet. Each is audited from its file or folder, nothing set by hand, in a process of
its own:

- ours: `emendata.Audit(path).run()`: the order of `scores("wrong_label")`, and what it flags;
- the peer, as its tutorials do it, on the *same* features (the wide ones): scikit-learn's LogisticRegression in 5
  stratified folds, then `cleanlab.rank.get_label_quality_scores` and `cleanlab.filter.find_label_issues`.

Average precision is that of the order, with the planted errors as what is to be found; errors that the data had from
the start count as false alarms for both. Seconds and peak memory are those of our audit; accuracy is the part of the
labels before planting that the stack predicts.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from tools.realdata import fetch, flip_labels, names, read_csv, write_csv
from tools.realmedia import MEDIA, fetch_media

import emendata as em
from benchmarks.environment import environment, memory
from benchmarks.quality.measures import average_precision, f1
from benchmarks.quality.peer import peer_mask, peer_scores
from emendata.data import open_dataset

SETS = (
    "hr", "segment", "titanic", "seattle-weather",
    "20news", "reuters-r8", "election-tweets", "slovene-opinions",
    "cifar10", "fashion-mnist", "mnist-5k", "spoken-languages",
)  # fmt: skip
RATES = {"uniform": 0.10, "class": 0.20}

Mask = npt.NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sets", default=",".join(SETS), help="names that tools.realdata or tools.realmedia knows"
    )
    parser.add_argument("--noises", default=",".join(RATES), help="kinds of planted errors")
    parser.add_argument("--seeds", default="0", help="seeds of the errors")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    parser.add_argument("--one", help=argparse.SUPPRESS)  # SET,NOISE,SEED: one run, in this process
    options = parser.parse_args()
    if options.one:
        name, noise, seed = options.one.split(",")
        print(json.dumps(one_run(name, noise, int(seed))))
        return
    print(f"{'set':18}{'noise':9}{'rows':>7}{'classes':>8}{'accuracy':>9}"
          f"   AP {'peer':>6}{'ours':>7}{'gain':>8}   F1 {'peer':>6}{'ours':>7}{'seconds':>9}{'MB':>7}")  # fmt: skip
    seeds = options.seeds.split(",")
    lines = []
    for name in options.sets.split(","):
        for noise in options.noises.split(","):
            lines.append(measured(name, noise, seeds))
            if options.out:
                write(options.out, seeds, lines)  # half an hour's work is not lost at its end
    gains = [line["gain"] for line in lines]
    print(
        f"\nmean gain in average precision: {np.mean(gains):+.3f} over {len(gains)} sets; worst {min(gains):+.3f}"
    )


def write(path: Path, seeds: list[str], lines: list[dict[str, Any]]) -> None:
    gains = [line["gain"] for line in lines]
    results = {
        "command": "python -m benchmarks.quality.end_to_end",
        "rates": RATES,
        "seeds": seeds,
        "mean_gain": float(np.mean(gains)),
        "worst_gain": float(min(gains)),
        "environment": environment("cleanlab", "onnxruntime", "pillow", "soundfile"),
        "sets": lines,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(name: str, noise: str, seeds: list[str]) -> dict[str, Any]:
    runs = []
    for seed in seeds:
        command = [sys.executable, "-m", "benchmarks.quality.end_to_end", "--one", f"{name},{noise},{seed}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{name} with {noise} errors failed:\n{done.stderr}")
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    line: dict[str, Any] = {
        "name": name,
        "noise": noise,
        **{key: float(np.mean([run[key] for run in runs])) for key in runs[0]},
    }
    line["gain"] = line["ours"] - line["peer"]
    print(f"{name:18}{noise:9}{line['rows']:7.0f}{line['classes']:8.0f}{line['accuracy']:9.3f}"
          f"   {line['peer']:9.3f}{line['ours']:7.3f}{line['gain']:+8.3f}   {line['peer_f1']:9.3f}"
          f"{line['ours_f1']:7.3f}{line['seconds']:9.1f}{line['megabytes']:7.0f}", flush=True)  # fmt: skip
    return line


def one_run(name: str, noise: str, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path, label, true, noisy = planted(name, noise, seed, Path(folder))
        started = time.perf_counter()
        audit = em.Audit(path, label=label, project=Path(folder) / "project").run(strict=True)
        seconds = time.perf_counter() - started
        megabytes = memory("VmHWM") / 2**20
        table = audit.score_table
        if table["given"].to_pylist() != noisy:
            raise SystemExit(f"The rows of {name} are not in the order that was expected.")
        errors = np.array(true) != np.array(noisy)
        flagged = np.zeros(len(true), dtype=bool)
        flagged[audit.issues.of("wrong_label")["row"].to_numpy()] = True
        predicted = np.array(table["predicted"].to_pylist())
        codes = np.unique(noisy, return_inverse=True)[1]
        probs = peer_probs(audit, codes, seed)
    return {
        "rows": len(true),
        "classes": len(set(true)),
        "accuracy": float((predicted == np.array(true)).mean()),
        "ours": average_precision(
            errors, np.nan_to_num(audit.scores("wrong_label"), nan=1.0)
        ),  # unread: nothing said
        "peer": average_precision(errors, peer_scores(codes, probs)),
        "ours_f1": f1(errors, flagged),
        "peer_f1": f1(errors, peer_mask(codes, probs, "prune_by_noise_rate")),
        "seconds": seconds,
        "megabytes": megabytes,
    }


def planted(name: str, noise: str, seed: int, folder: Path) -> tuple[Path, str | None, list[str], list[str]]:
    """Write a set with wrong labels; return its path, its label column, and the labels before and after, by row."""
    if name in names():
        data = fetch(name)
        rows = read_csv(data.path)
        true = [row[data.label] for row in rows]
        noisy = with_errors(true, noise, seed)
        file = folder / f"{name}.csv"
        write_csv(file, [{**row, data.label: label} for row, label in zip(rows, noisy, strict=True)])
        return file, data.label, true, noisy
    if name not in MEDIA:
        raise SystemExit(f"There is no set {name!r}. There are: {', '.join([*names(), *MEDIA])}.")
    files = sorted(path for path in fetch_media(name).path.rglob("*") if path.is_file())
    true = [path.parent.name for path in files]
    noisy = with_errors(true, noise, seed)
    home = folder / name
    names_of = [
        f"{label}/{row:05}{path.suffix}" for row, (path, label) in enumerate(zip(files, noisy, strict=True))
    ]
    for path, name_of in zip(files, names_of, strict=True):
        (home / name_of).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, home / name_of)
    place = {name_of: row for row, name_of in enumerate(names_of)}
    order = [place[name_of] for name_of in open_dataset(home).row_ids()]
    return home, None, [true[i] for i in order], [noisy[i] for i in order]


def with_errors(labels: list[str], noise: str, seed: int) -> list[str]:
    if noise == "uniform":
        return flip_labels(labels, RATES[noise], seed)[0]
    rng = np.random.default_rng(seed)
    classes, codes = np.unique(labels, return_inverse=True)
    wrong = rng.random(len(codes)) < RATES[noise]
    return [str(label) for label in classes[np.where(wrong, (codes + 1) % len(classes), codes)]]


def peer_probs(audit: em.Audit, codes: npt.NDArray[np.int64], seed: int) -> npt.NDArray[np.float64]:
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.filterwarnings("ignore", "The least populated class")
        model = LogisticRegression(max_iter=1000)
        probs: npt.NDArray[np.float64] = cross_val_predict(
            model, audit.features().wide, codes, cv=folds, method="predict_proba"
        )
    return probs


if __name__ == "__main__":
    main()
