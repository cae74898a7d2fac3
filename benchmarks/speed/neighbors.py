"""How fast are the nearest rows found: exactly beside the peer's graph, and of a million rows in cells?

    python -m benchmarks.speed.neighbors [--rows 30000] [--many 1000000] [--out results.json]

Exact: 30,000 x 128 normal numbers, k = 10, in one run with the peer's ``knn_graph`` route (scikit-learn's
NearestNeighbors, as its Datalab makes it) and with the bare matrix product of all rows with all, which any exact search
by products must at least do half of. Many: points on a curved surface of 16 dimensions in 128, with noise, k = 10, as a
dataset's own process does it; recall@10 is measured on 1,000 rows, memory is the peak of the process, the points and
the answer included. Below that, both ways are timed at the sizes between which the search switches.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.environment import environment, memory
from emendata.pipeline import nearest

DIMENSIONS, K = 128, 10
ASKED = 1_000
SWITCH = (50_000, 100_000, 200_000)

Points = npt.NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument(
        "--repeat", type=int, default=3, help="times that the exact searches run; the best counts"
    )
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        way, n = options.one.split(",")
        print(json.dumps(one(way, int(n))))
        return
    exact = exactly(options.rows, options.repeat)
    print(
        f"exact, {options.rows:,} rows: {exact['seconds']:.2f} s, peer {exact['peer_seconds']:.2f} s "
        f"({exact['times_faster']:.1f} times), matrix product {exact['product_seconds']:.2f} s",
        flush=True,
    )
    switch: list[dict[str, Any]] = [
        {"rows": n, "exact": apart("exact", n), "cells": apart("cells", n)} for n in SWITCH
    ]
    for line in switch:
        print(
            f"{line['rows']:>9,} rows: exact {line['exact']['seconds']:.1f} s, "
            f"cells {line['cells']['seconds']:.1f} s, recall {line['cells']['recall']:.3f}",
            flush=True,
        )
    many = apart("cells", options.many)
    print(f"{options.many:>9,} rows: cells {many['seconds']:.0f} s, recall@{K} {many['recall']:.3f}, "
          f"{many['gigabytes']:.2f} GB", flush=True)  # fmt: skip
    if options.out:
        results = {
            "command": f"python -m benchmarks.speed.neighbors --rows {options.rows} --many {options.many}",
            "environment": environment("cleanlab"),
            "exact": exact,
            "switch": switch,
            "many": many,
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def exactly(n: int, repeat: int) -> dict[str, Any]:
    from cleanlab.internal.neighbor.knn_graph import create_knn_graph_and_index

    points = np.random.default_rng(0).normal(size=(n, DIMENSIONS)).astype(np.float32)
    ours = min(timed(lambda: search(points, exact=True))[0] for _ in range(repeat))
    product = min(timed(lambda: product_of(points))[0] for _ in range(repeat))
    peer = min(timed(lambda: create_knn_graph_and_index(points, n_neighbors=K))[0] for _ in range(repeat))
    return {
        "rows": n, "seconds": ours, "peer_seconds": peer, "times_faster": peer / ours, "product_seconds": product,
        "times_product": ours / product,
    }  # fmt: skip


def product_of(points: Points) -> float:
    """Multiply all rows with all, in parts that fit into memory."""
    total = 0.0
    for start in range(0, len(points), 2_048):
        total += float((points[start : start + 2_048] @ points.T)[0, 0])
    return total


def apart(way: str, n: int) -> dict[str, Any]:
    """Run one search in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed.neighbors", "--one", f"{way},{n}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def one(way: str, n: int) -> dict[str, Any]:
    points = on_a_surface(n)
    seconds, rows = timed(lambda: search(points, exact=way == "exact"))
    gigabytes = memory("VmHWM") / 2**30
    asked = np.random.default_rng(1).choice(n, min(ASKED, n), replace=False)
    hits, squares = 0, np.einsum("ij,ij->i", points, points)
    for some in np.array_split(asked, len(asked) // 20):
        apart = squares - 2 * (points[some] @ points.T)
        apart[np.arange(len(some)), some] = np.inf
        true = np.argpartition(apart, K, axis=1)[:, :K]
        hits += sum(len(np.intersect1d(*pair)) for pair in zip(true, rows[some], strict=True))
    return {"rows": n, "seconds": seconds, "recall": hits / (K * len(asked)), "gigabytes": gigabytes}


def search(points: Points, *, exact: bool) -> npt.NDArray[np.int64]:
    """Find the nearest rows as an audit does."""
    nearest.LARGEST_EXACT = len(points) if exact else 0
    rows, _, _ = nearest.nearest_seen_rows(
        points, np.zeros(len(points), dtype=bool), K, lambda done, total: None
    )
    return rows


def on_a_surface(n: int) -> Points:
    """Return points on a curved surface of 16 dimensions, with a little noise in all."""
    rng = np.random.default_rng(0)
    first = rng.normal(size=(16, 256)).astype(np.float32) / 4
    second = rng.normal(size=(256, DIMENSIONS)).astype(np.float32) / 16
    points = np.empty((n, DIMENSIONS), dtype=np.float32)
    for start in range(0, n, 50_000):
        place = rng.normal(size=(min(50_000, n - start), 16)).astype(np.float32)
        noise = 0.02 * rng.normal(size=(len(place), DIMENSIONS))
        points[start : start + len(place)] = np.tanh(3 * place @ first) @ second + noise
    return points


def timed(work: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


if __name__ == "__main__":
    main()
