"""How long do the checks of rows take, and how much memory, given the graph, and how does the peer compare?

    python -m benchmarks.speed.checks [--rows 1000000] [--peer-rows 20000] [--out results.json]

Data is made up from a seed: 50 dimensions in 20 clusters, 5 classes of which 5 % of the labels are wrong, out-of-sample
probabilities, and a graph of 10 neighbours within the clusters, as many as the checks see in an audit. The graph is
drawn and not searched: distances are those of an even cloud, and one row in a thousand has a near duplicate.

Each check runs in a new process: the inputs are made, the check is warmed up on 2,000 rows, then the peak that Linux
keeps of the process is set back, and read again after the call. The same at ``--peer-rows`` beside the peer's check,
where it has one, from the same graph; its data valuation and its groups need tables of rows x rows, or nearly.
"""

import argparse
import ctypes
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.environment import environment, memory
from emendata.checks import CHECKS
from emendata.checks.inputs import Categories, Content, Features, Inputs, Labels, Neighbors, Predictions

NAMES = (
    "outlier",
    "unusual_for_model",
    "underperforming_group",
    "low_value",
    "exact_duplicate",
    "near_duplicate",
)
PEER_NAMES = {
    "outlier": "outlier",
    "underperforming_group": "underperforming_group",
    "low_value": "data_valuation",
    "near_duplicate": "near_duplicate",
}
WIDTH, CLUSTERS, CLASSES = 50, 20, 5
SEEN = 10  # neighbours
MOST_SECONDS = 180.0  # for all checks of 1,000,000 rows
MOST_BYTES = 60 * 8  # a row: numbers beside the inputs
WARM = 2_000

Line = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peer-rows", type=int, default=20_000)
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    parser.add_argument("--one", nargs=3, metavar=("WHO", "CHECK", "ROWS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        who, name, n = options.one
        print(json.dumps(measured({"ours": ours, "peer": peer}[who], name, int(n))))
        return
    print(f"{'check':24}{'rows':>11}{'seconds':>10}{'peak MB':>10}{'flagged':>9}")
    large = {name: run("ours", name, options.rows) for name in NAMES}
    small = {name: run("ours", name, options.peer_rows) for name in PEER_NAMES}
    theirs = {name: run("peer", name, options.peer_rows) for name in PEER_NAMES}
    seconds = sum(line["seconds"] for line in large.values())
    limit = MOST_BYTES * options.rows
    missed = [name for name, line in large.items() if line["peak_bytes"] > limit]
    print(f"\nall checks of {options.rows:,} rows: {seconds:.1f} s (goal {MOST_SECONDS:.0f})")
    print(f"more than {limit / 1e6:,.0f} MB: {', '.join(missed) or 'none'}")
    if options.out:
        results = {
            "command": "python -m benchmarks.speed.checks",
            "environment": environment("cleanlab"),
            "dimensions": WIDTH,
            "neighbors": SEEN,
            "seconds_of_all": seconds,
            "seconds_goal": MOST_SECONDS,
            "checks": large,
            "beside_the_peer": {"ours": small, "peer": theirs},
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def run(who: str, name: str, n: int) -> Line:
    command = [sys.executable, "-m", "benchmarks.speed.checks", "--one", who, name, str(n)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    line: Line = json.loads(done.stdout.splitlines()[-1])
    title = name if who == "ours" else f"  peer's {PEER_NAMES[name]}"
    print(
        f"{title:24.24}{n:11,}{line['seconds']:10.2f}{line['peak_bytes'] / 1e6:10.1f}{line['flagged']:9,}",
        flush=True,
    )
    return line


def measured(call: Callable[[str, Inputs], int], name: str, n: int) -> Line:
    inputs = made(n)
    call(name, made(WARM))
    ctypes.CDLL(None).malloc_trim(0)  # what the warm-up left free must not hide what the call needs
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    started = time.perf_counter()
    flagged = call(name, inputs)
    seconds = time.perf_counter() - started
    return {"rows": n, "seconds": seconds, "peak_bytes": memory("VmHWM") - before, "flagged": flagged}


def ours(name: str, inputs: Inputs) -> int:
    return len(CHECKS[name].find(inputs).rows)


def peer(name: str, inputs: Inputs) -> int:
    """Run the peer's check on the same graph, features, labels and probabilities."""
    from cleanlab import Datalab
    from scipy.sparse import csr_matrix

    assert inputs.neighbors is not None
    assert inputs.labels is not None
    assert inputs.predictions is not None
    rows, distances = inputs.neighbors.rows, inputs.neighbors.distances
    starts = np.arange(0, rows.size + 1, rows.shape[1])
    graph = csr_matrix(
        (distances.ravel().astype(np.float64), rows.ravel(), starts), shape=(inputs.n_rows,) * 2
    )
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        lab = Datalab(data={"label": inputs.labels.codes}, label_name="label", verbosity=0)
        kind = PEER_NAMES[name]
        probs = inputs.predictions.pred_probs if kind == "underperforming_group" else None
        lab.find_issues(knn_graph=graph, pred_probs=probs, issue_types={kind: {}})
        return int(lab.get_issues(kind)[f"is_{kind}_issue"].sum())


def made(n: int) -> Inputs:
    rng = np.random.default_rng(0)
    cluster = np.sort(rng.integers(0, CLUSTERS, n))
    points = rng.standard_normal((n, WIDTH), dtype=np.float32)
    points += 3 * rng.standard_normal((CLUSTERS, WIDTH), dtype=np.float32)[cluster]
    codes = cluster % CLASSES
    wrong = rng.random(n) < 0.05
    given = np.where(wrong, (codes + 1) % CLASSES, codes)
    certainty = rng.uniform(0.6, 0.99, n)
    probs = np.repeat(((1 - certainty) / (CLASSES - 1))[:, None], CLASSES, axis=1)
    probs[np.arange(n), codes] = certainty
    return Inputs(
        n,
        labels=Labels("label", given, tuple("abcde")),
        predictions=Predictions(probs, codes[None], ("model",)),
        features=Features(points, tuple(f"x{i}" for i in range(WIDTH))),
        neighbors=graph(cluster, rng),
        content=Content(np.arange(n), np.zeros(n), ()),
        categories={"site": Categories(rng.integers(0, 100, n), tuple(map(str, range(100))))},
    )


def graph(cluster: np.ndarray, rng: np.random.Generator) -> Neighbors:
    """Draw neighbours within each cluster at the distances of an even cloud of ten directions, and a few pairs."""
    n = len(cluster)
    first, size = np.searchsorted(cluster, cluster), np.bincount(cluster, minlength=CLUSTERS)[cluster]
    rows = first[:, None] + (rng.random((n, SEEN)) * size[:, None]).astype(np.int64)
    rows = np.where(
        rows == np.arange(n)[:, None], first[:, None] + (rows - first[:, None] + 1) % size[:, None], rows
    )
    volumes = np.cumsum(rng.exponential(size=(n, SEEN)), axis=1)
    distances = (0.3 * volumes**0.1).astype(np.float32)  # the peer joins rows that are less than 0.5 apart
    pairs = rng.permutation(n - 1)[: n // 2000]
    pairs = pairs[(cluster[pairs] == cluster[pairs + 1])]
    rows[pairs, 0], rows[pairs + 1, 0] = pairs + 1, pairs
    distances[pairs, 0] = distances[pairs + 1, 0] = 0.015
    return Neighbors(rows, distances)


if __name__ == "__main__":
    main()
