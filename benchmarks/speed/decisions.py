"""How long does the log of decisions take for a change of many rows, and for one decision beside it?

    python -m benchmarks.speed.decisions [--rows 1000000] [--changed 300000] [--out results.json]

Row ids are hashes of contents, as of a file without an id column: they do not pack well. The log is on the disk after
each step. Seconds are of the clock, and of the processor, which a busy machine changes less: budgets are held to these.
"""

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.environment import environment, memory
from emendata.corrections import DecisionLog, Subject, Subjects
from emendata.records import Coded
from emendata.store import Project

MOST_SECONDS = {"apply": 2.0, "undo": 2.0, "load": 2.0}
CLASSES = "abcdefghij"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--changed", type=int, default=300_000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), asked.rows, asked.changed)
    result["environment"] = environment()
    print(json.dumps(result, indent=1))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    over = [name for name, most in MOST_SECONDS.items() if result["seconds"][name]["processor"] > most]
    if over:
        raise SystemExit(f"Over budget: {', '.join(over)}.")


def measure(folder: Path, n_rows: int, n_changed: int) -> dict[str, Any]:
    ids = [hashlib.blake2b(str(row).encode(), digest_size=8).hexdigest() for row in range(n_rows)]
    subjects, new = chosen(ids, n_changed)
    log = DecisionLog(Project(folder / "one"))
    seconds: dict[str, dict[str, float]] = {}

    def timed(name: str, step: Callable[[], object]) -> None:
        clock, processor = time.perf_counter(), time.process_time()
        step()
        spent = time.perf_counter() - clock, time.process_time() - processor
        seconds[name] = dict(zip(("clock", "processor"), (round(one, 4) for one in spent), strict=True))

    def decide(row: int) -> None:
        log.decide("keep", Subject(row, ids[row], "y", CLASSES[0]))

    timed("apply", lambda: log.decide_rows("relabel", subjects, new, "Looked at 30 of them.", "bulk"))
    n_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    timed("load", lambda: DecisionLog(Project(folder / "one")).refresh())
    timed("one decision", lambda: decide(0))
    timed("undo of one decision", log.undo)
    timed("undo", log.undo)
    timed("redo", log.redo)
    timed("load of three changes", lambda: DecisionLog(Project(folder / "one")).refresh())
    timed("count by kind", lambda: log.standing.tally("kind"))
    timed("export", lambda: log.export(folder / "log.jsonl"))
    other = DecisionLog(Project(folder / "other"))
    timed("merge", lambda: other.merge(folder / "log.jsonl"))
    assert other.records[0].event_id == log.records[0].event_id
    assert len(other.standing) == len(log.standing) == n_changed
    return {
        "n_rows": n_rows,
        "n_changed": n_changed,
        "seconds": seconds,
        "most_seconds": MOST_SECONDS,
        "bytes_on_disk": n_bytes,
        "peak_memory_bytes": memory("VmHWM"),
    }


def chosen(ids: list[str], n_changed: int) -> tuple[Subjects, Coded]:
    """Return rows drawn at random, and a new label for each."""
    rows = np.sort(np.random.default_rng(0).choice(len(ids), n_changed, replace=False)).astype(np.int64)
    of_rows = [ids[row] for row in rows.tolist()]
    old, new = (rows % 10).astype(np.int32), ((rows + rows // 10) % 10).astype(np.int32)
    return Subjects(rows, of_rows, "y", Coded(tuple(CLASSES), old)), Coded(tuple(CLASSES), new)


if __name__ == "__main__":
    main()
