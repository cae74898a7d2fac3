"""Can a file of probabilities larger than the memory allowed be worked through, to the same bits?

    python -m benchmarks.speed.label_memmap [--gigabytes 6] [--folder FOLDER] [--out results.json]

Writes made-up float32 probabilities of 1,000 classes into a temporary folder, then finds and scores label issues

- by path, in a process that may not hold more than 700 MB at its peak, nor take more than that from the system;
- in memory, in a process that first loads the whole file,

and compares the flagged rows and the scores by their hashes. The file was just written, so what of it fits into
the memory that is free comes from there rather than from the disk. It is removed at the end.
"""

import argparse
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.environment import environment, memory
from benchmarks.speed.label_engine import fill
from emendata.tasks.classification import find_label_issues, score_labels

CLASSES = 1_000
MOST = 700_000_000  # bytes


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gigabytes", type=float, default=6.0)
    parser.add_argument("--folder", type=Path, help="where to write; by default where temporary files go")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    parser.add_argument("--work", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(worked(options.work[0], Path(options.work[1]))))
        return
    n = round(options.gigabytes * 1e9 / (4 * CLASSES))
    refuse_full_disk(options.folder, options.gigabytes * 1e9)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        print(f"writing {n:,} rows x {CLASSES:,} classes, {options.gigabytes:g} GB", flush=True)
        write(Path(folder), n)
        lines = {way: run(way, folder, options.gigabytes) for way in ("path", "memory")}
    for what in ("mask", "scores"):
        assert lines["path"][what] == lines["memory"][what], f"{what} by path and in memory differ"
    assert lines["path"]["peak_bytes"] <= MOST, f"peak {lines['path']['peak_bytes'] / 1e6:.0f} MB"
    print("mask and scores are equal to the bit")
    if options.out:
        results = {
            "command": "python -m benchmarks.speed.label_memmap",
            "rows": n,
            "classes": CLASSES,
            "gigabytes": options.gigabytes,
            "peak_target_bytes": MOST,
            "environment": environment(),
            **lines,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def refuse_full_disk(folder: Path | None, needed: float) -> None:
    place = folder or Path(tempfile.gettempdir())
    free = shutil.disk_usage(place).free
    if free < 1.1 * needed:
        raise SystemExit(
            f"{place} has {free / 1e9:.1f} GB free, and the file needs {needed / 1e9:.1f} GB and a little room: "
            "pass --gigabytes to make it smaller or --folder to write elsewhere."
        )


def write(folder: Path, n: int) -> None:
    probs = np.lib.format.open_memmap(folder / "probs.npy", "w+", np.float32, (n, CLASSES))
    np.save(folder / "labels.npy", fill(probs))
    probs.flush()


def run(way: str, folder: str, gigabytes: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.speed.label_memmap", "--work", way, folder]
    line: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    for call in ("find", "score"):
        seconds = line[f"{call}_seconds"]
        line[f"{call}_gb_per_second"] = gigabytes / seconds
        print(f"by {way}: {call} {seconds:.1f} s, {gigabytes / seconds:.2f} GB/s")
    print(f"by {way}: peak {line['peak_bytes'] / 1e6:,.0f} MB, {line['flagged']:,} rows flagged", flush=True)
    return line


def worked(way: str, folder: Path) -> dict[str, Any]:
    labels, path = np.load(folder / "labels.npy"), str(folder / "probs.npy")
    if way == "path":
        resource.setrlimit(
            resource.RLIMIT_DATA, (MOST, MOST)
        )  # maps of files that are only read do not count
    probs = path if way == "path" else np.load(path)
    started = time.perf_counter()
    mask = find_label_issues(labels, probs)
    found = time.perf_counter()
    scores = score_labels(labels, probs)
    ended = time.perf_counter()
    return {
        "find_seconds": found - started,
        "score_seconds": ended - found,
        "peak_bytes": memory("VmHWM"),
        "flagged": int(mask.sum()),
        "mask": hashlib.sha256(mask.tobytes()).hexdigest(),
        "scores": hashlib.sha256(scores.tobytes()).hexdigest(),
    }


if __name__ == "__main__":
    main()
