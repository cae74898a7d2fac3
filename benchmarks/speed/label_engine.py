"""How long does the label engine take, how much memory, and how do both compare with the peer?

    python -m benchmarks.speed.label_engine [--sizes 1000000x10,50000x1000] [--rounds 5] [--out results.json]

Data is made up from a seed: float32 softmax of normal logits with a planted true class, and one label in five
drawn at random. Per size:

- seconds of each call, the best of ``--rounds``, and how often one pass of ``pred_probs.argmax(axis=1)`` fits into
  them. The argmax is timed beside each call in each round, so that a busy machine slows both down;
- seconds of the peer's `cleanlab.filter.find_label_issues`, ranked by self-confidence and otherwise as it comes,
  with one process or two, whichever is faster, and how often the same cut of ours, and our default, fit into them;
- peak memory beside the inputs, each call in a new process: data is loaded, the call warmed up on 2,000 rows,
  then the peak that Linux keeps of the process is set back, and read again after the call. The peer's is that
  with one process, since what others hold is not counted.
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from benchmarks.environment import environment, memory
from emendata.tasks.classification import compute_confident_joint, find_label_issues, score_labels
from emendata.tasks.cuts import Cut

__all__ = ["fill"]

SIZES = ((1_000_000, 10), (50_000, 1_000), (400_000, 1_000))
WIDE = 1_000  # classes from which on a size is called wide, else long
LARGE = 1 << 30  # bytes of pred_probs from which on the peer is timed once and its memory left out
WARM = 2_000
NOISE = 0.2
JOINT, ANY_CUT, DEFAULT = 3.0, 4.0, 12.0
PEER = {"wide": 10.0, "long": 5.0}
PEER_CUT: Cut = "prune_by_noise_rate"

Codes = npt.NDArray[np.int64]
Probs = npt.NDArray[np.float32]
Call = Callable[[Codes, Probs], Any]


def cut_with_ranking(cut: Cut, labels: Codes, probs: Probs) -> Any:
    return find_label_issues(labels, probs, cut=cut, output="rows", score="self_confidence")


CUTS: tuple[Cut, ...] = get_args(Cut)[1:]
OURS: dict[str, tuple[float, Call]] = {
    "joint, raw": (JOINT, lambda labels, probs: compute_confident_joint(labels, probs, calibrate=False)),
    "joint, calibrated": (JOINT, lambda labels, probs: compute_confident_joint(labels, probs)),
    **{f"cut {cut}": (ANY_CUT, partial(cut_with_ranking, cut)) for cut in CUTS},
    "default score": (DEFAULT, lambda labels, probs: score_labels(labels, probs)),
    "default cut": (DEFAULT, lambda labels, probs: find_label_issues(labels, probs, output="rows")),
}


def peer(labels: Codes, probs: Probs, n_jobs: int = 1) -> Any:
    from cleanlab.filter import find_label_issues as peers

    with warnings.catch_warnings(), redirect_stderr(StringIO()):
        warnings.simplefilter("ignore")  # a line for each class with few examples; and a progress bar
        return peers(labels, probs, return_indices_ranked_by="self_confidence", n_jobs=n_jobs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = ",".join(f"{n}x{k}" for n, k in SIZES)
    parser.add_argument("--sizes", default=sizes, help="rows x classes, with commas between")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-large", action="store_true", help="measure the peer's memory at every size")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    parser.add_argument("--peak", nargs=2, metavar=("CALL", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        print(json.dumps(own_peak(options.peak[0], Path(options.peak[1]))))
        return
    lines = []
    for size in options.sizes.split(","):
        n, k = map(int, size.split("x"))
        lines.append(measured(n, k, options.rounds, options.peer_large))
    missed = [f"{line['size']}: {miss}" for line in lines for miss in line["missed"]]
    print(f"\ntargets missed: {len(missed)}", *missed, sep="\n  ")
    if options.out:
        results = {
            "command": "python -m benchmarks.speed.label_engine",
            "rounds": options.rounds,
            "environment": environment("cleanlab"),
            "targets_missed": missed,
            "sizes": lines,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(n: int, k: int, rounds: int, peer_large: bool) -> dict[str, Any]:
    probs = np.empty((n, k), np.float32)
    labels = fill(probs)
    kind = "wide" if k >= WIDE else "long"
    room = 0.1 * probs.nbytes + 40 * n
    print(f"\n{n:,} rows x {k:,} classes ({kind}), {probs.nbytes / 1e6:,.0f} MB of float32")
    print(f"{'':26}{'seconds':>9}{'x argmax':>10}{'target':>8}{'peak MB':>10}{'target':>8}")
    calls = timed(labels, probs, rounds)
    theirs = timed_peer(labels, probs, 1 if probs.nbytes > LARGE else 2)
    load = os.getloadavg()[0]
    differing = len(np.setxor1d(theirs.pop("rows"), cut_with_ranking(PEER_CUT, labels, probs)))
    peaks = all_peaks(labels, probs, with_peer=peer_large or probs.nbytes <= LARGE)
    for name, line in calls.items():
        line |= {"peak_bytes": peaks[name], "peak_target": room}
        marks = f"{room / 1e6:8.0f}{'   MISSED' * is_missed(line)}"
        print(f"{name:26}{line['seconds']:9.3f}{line['ratio']:10.2f}{line['target']:8.0f}"
              f"{line['peak_bytes'] / 1e6:10.1f}{marks}", flush=True)  # fmt: skip
    ratios = {
        "same cut": theirs["seconds"] / calls[f"cut {PEER_CUT}"]["seconds"],
        "default": theirs["seconds"] / calls["default cut"]["seconds"],
    }
    peak = "" if "peer" not in peaks else f", peak {peaks['peer'] / 1e6:,.1f} MB"
    jobs = f"n_jobs={theirs['n_jobs']}"
    print(f"peer: {theirs['seconds']:.3f} s with {jobs}{peak}; {differing} rows flagged otherwise")
    goal = PEER[kind]
    print(f"load average after the timing, of which ours is 1 to 2: {load:.1f}")
    for name, ratio in ratios.items():
        print(f"peer / ours, {name}: {ratio:.1f} (target {goal:.0f}){'   MISSED' * (ratio < goal)}")
    missed = [f"{name}: {line['ratio']:.2f} x argmax, {line['peak_bytes'] / 1e6:.1f} MB"
              for name, line in calls.items() if is_missed(line)]  # fmt: skip
    missed += [f"peer / {name}: {ratio:.1f}" for name, ratio in ratios.items() if ratio < goal]
    return {
        "size": f"{n}x{k}",
        "bytes": probs.nbytes,
        "load_average": load,
        "calls": calls,
        "peer": {**theirs, "peak_bytes": peaks.get("peer"), "rows_flagged_otherwise": differing},
        "peer_over_ours": ratios,
        "peer_over_ours_target": goal,
        "missed": missed,
    }


def is_missed(line: dict[str, float]) -> bool:
    return line["ratio"] > line["target"] or line["peak_bytes"] > line["peak_target"]


def fill(probs: Probs, seed: int = 0) -> Codes:
    """Fill with made-up probabilities, block by block, and return labels of which some are drawn at random."""
    n, k = probs.shape
    rng = np.random.default_rng(seed)
    labels: Codes = rng.integers(k, size=(n,), dtype=np.int64)  # the true classes, so far
    step = max(1, (1 << 20) // k)
    block = np.empty((step, k), np.float32)
    for first in range(0, n, step):
        rows = slice(first, min(first + step, n))
        part = block[: rows.stop - first]
        rng.standard_normal(out=part, dtype=np.float32)
        part[np.arange(len(part)), labels[rows]] += np.float32(1 + np.log(k))
        np.exp(part, out=part)
        np.divide(part, part.sum(axis=1, keepdims=True), out=probs[rows])
    drawn = rng.random(size=n) < NOISE
    labels[drawn] = rng.integers(k, size=(n,))[drawn]
    return labels


# Seconds.


def timed(labels: Codes, probs: Probs, rounds: int) -> dict[str, dict[str, float]]:
    seconds: dict[str, list[float]] = {name: [] for name in OURS}
    argmax: dict[str, list[float]] = {name: [] for name in OURS}
    for _ in range(rounds):
        for name, (_, call) in OURS.items():
            argmax[name].append(seconds_of(lambda: probs.argmax(axis=1)))
            seconds[name].append(seconds_of(partial(call, labels, probs)))
    return {
        name: {
            "seconds": min(seconds[name]),
            "argmax_seconds": min(argmax[name]),
            "ratio": min(seconds[name]) / min(argmax[name]),
            "target": target,
        }
        for name, (target, _) in OURS.items()
    }


def timed_peer(labels: Codes, probs: Probs, rounds: int) -> dict[str, Any]:
    peer(labels[:WARM], probs[:WARM])
    found: dict[str, Any] = {}
    runs: dict[int, list[float]] = {1: [], 2: []}
    for n_jobs in list(runs) * rounds:
        runs[n_jobs].append(seconds_of(lambda: found.update(rows=peer(labels, probs, n_jobs))))  # noqa: B023
    best = {n_jobs: min(seconds) for n_jobs, seconds in runs.items()}
    n_jobs = min(best, key=best.__getitem__)
    return {"seconds": best[n_jobs], "n_jobs": n_jobs, "seconds_by_n_jobs": best, **found}


def seconds_of(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


# Memory.


def all_peaks(labels: Codes, probs: Probs, *, with_peer: bool) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "labels.npy", labels)
        np.save(Path(folder) / "probs.npy", probs)
        return {name: peak_of(name, folder) for name in [*OURS, *["peer"] * with_peer]}


def peak_of(name: str, folder: str) -> int:
    command = [sys.executable, "-m", "benchmarks.speed.label_engine", "--peak", name, folder]
    return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def own_peak(name: str, folder: Path) -> int:
    """Bytes at the peak of a call beyond what this process held before it."""
    labels: Codes = np.load(folder / "labels.npy")
    probs: Probs = np.load(folder / "probs.npy")
    call: Call = peer if name == "peer" else OURS[name][1]
    call(labels[:WARM], probs[:WARM])
    ctypes.CDLL(None).malloc_trim(0)  # what the warm-up left free must not hide what the call needs
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    call(labels, probs)
    return memory("VmHWM") - before


if __name__ == "__main__":
    main()
