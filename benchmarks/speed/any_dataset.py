"""How long do whole audits of texts, images and a wide table take, beside the time that they may take?

    python -m benchmarks.speed.any_dataset [--only texts,images,table] [--out results.json]

Each audit is the real command in a process of its own, in a new project:

- 10,000 short texts: real tweets, the first ones again with every seventh word left out where there are too few;
- 10,000 images of 32 x 32: the test set of CIFAR-10, a folder for each class;
- 100,000 x 30: numbers and categories, made: 24 normal columns of which 6 tell 4 classes apart, and 6 categories.

Beside the seconds stands the part of the labels that the stacked models predict, on rows they had not seen. Seconds
are of this machine and noisy; the limits are for two processors that do nothing else.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tools.realdata import fetch, read_csv, write_csv
from tools.realmedia import fetch_media

from benchmarks.environment import environment

ROWS = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="texts,images,table", help="which of the three")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    lines: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, mode, limit, path, label in cases(Path(folder), options.only.split(",")):
            project = Path(folder) / f"{name}.{mode}"
            command = [
                sys.executable,
                "-m",
                "emendata",
                "audit",
                str(path),
                "--mode",
                mode,
                "--project",
                str(project),
            ]
            started = time.perf_counter()
            subprocess.run(command + (["--label", label] if label else []), check=True, capture_output=True)
            seconds = round(time.perf_counter() - started, 1)
            accuracy = json.loads((project / "summary.json").read_text("utf-8"))["stack_accuracy"]
            line = {
                "name": name,
                "mode": mode,
                "seconds": seconds,
                "limit": limit,
                "stack_accuracy": accuracy,
            }
            lines.append(line)
            print(
                f"{name:10}{mode:10}{seconds:8.1f} s of {limit}, accuracy of the stack {accuracy:.3f}",
                flush=True,
            )
            if options.out:
                write(options.out, lines)


def write(path: Path, lines: list[dict[str, object]]) -> None:
    results = {
        "command": "python -m benchmarks.speed.any_dataset",
        "environment": environment("onnxruntime", "pillow"),
        "audits": lines,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def cases(folder: Path, only: list[str]) -> Iterator[tuple[str, str, int, Path, str | None]]:
    """Yield name, mode, seconds allowed, path and label of each audit."""
    if "texts" in only:
        path = short_texts(folder)
        yield "texts", "quick", 30, path, "author"
        yield "texts", "balanced", 180, path, "author"
    if "images" in only:
        yield "images", "balanced", 240, fetch_media("cifar10").path, None
    if "table" in only:
        yield "table", "quick", 300, wide_table(folder), "kind"


def short_texts(folder: Path) -> Path:
    data = fetch("election-tweets")
    rows = read_csv(data.path)
    again = [
        {**row, "text": " ".join(word for i, word in enumerate(row["text"].split()) if i % 7)} for row in rows
    ]
    write_csv(folder / "tweets.csv", [*rows, *again][:ROWS])
    return folder / "tweets.csv"


def wide_table(folder: Path) -> Path:
    rng = np.random.default_rng(0)
    n = 10 * ROWS
    kinds = rng.integers(0, 4, n)
    numbers = rng.normal(size=(n, 24))
    numbers[:, :6] += kinds[:, None] * rng.normal(size=6)
    categories = rng.integers(0, 8, size=(n, 6))
    path = folder / "wide.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*(f"n{i}" for i in range(24)), *(f"c{i}" for i in range(6)), "kind"])
        for row, words, kind in zip(numbers, categories, kinds, strict=True):
            writer.writerow(
                [*(f"{value:.4f}" for value in row), *(f"v{word}" for word in words), "abcd"[kind]]
            )
    return path


if __name__ == "__main__":
    main()
