"""How long does a whole audit take, a second one, and the import?

    python -m benchmarks.speed.audit [--rows 10000] [--out results.json]

Each audit is the real command in a process of its own, on a file with ``--rows`` rows:

- texts: real newsgroup posts, the first rows again with every tenth word left out where there are too few;
- a mixed table: the real `hr` data with a date, an id, a city and a short comment beside it, likewise extended.

Times are wall-clock seconds on this machine; beside them stands the peer's plain recipe on the same features
in the same run (five logistic regressions and its scores), as the unit that travels between machines.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.realdata import Table, fetch, read_csv, write_csv

from benchmarks.environment import environment
from benchmarks.quality.first_light import peer_scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    results: dict[str, object] = {
        "command": "python -m benchmarks.speed.audit",
        "rows": options.rows,
        "environment": environment("cleanlab"),
        "import_seconds": import_seconds(),
    }
    print(f"import emendata: {results['import_seconds']:.3f} s (best of 5, after the interpreter started)")
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, label in (
            ("texts", texts(options.rows), "label"),
            ("mixed", mixed(options.rows), "status"),
        ):
            file = Path(folder) / f"{name}.csv"
            write_csv(file, rows)
            results[name] = timed(file, label)
            print(f"{name}: {len(rows):,} rows, {results[name]}", flush=True)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def timed(file: Path, label: str) -> dict[str, float]:
    import emendata as em

    command = [sys.executable, "-m", "emendata", "audit", str(file), "--label", label]
    first, second = seconds_of(command), seconds_of(command)
    audit = em.Audit(file, label=label)
    labels = [row[label] for row in read_csv(file)]
    audit.run().features()
    started = time.perf_counter()
    peer_scores(audit, labels, 0)
    peer = time.perf_counter() - started
    return {
        "first_audit_s": round(first, 1),
        "second_audit_s": round(second, 1),
        "peer_recipe_s": round(peer, 1),
        "first_over_peer": round(first / peer, 2),
    }


def seconds_of(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def import_seconds() -> float:
    program = "import time; t = time.perf_counter(); import emendata; print(time.perf_counter() - t)"
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def texts(n: int) -> Table:
    rows = read_csv(fetch("20news").path)
    more = [{**row, "text": thinned(row["text"], i)} for i, row in enumerate(rows)]
    return (rows + more)[:n]


def thinned(text: str, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(word for word in text.split() if rng.random() > 0.1)


def mixed(n: int) -> Table:
    rng = random.Random(0)
    rows = read_csv(fetch("hr").path)
    remarks = [
        "asked for a raise",
        "often late",
        "team lead since spring",
        "leads the night shift",
        "on parental leave",
    ]
    table = []
    for i in range(n):
        row = dict(rows[i % len(rows)])
        if i >= len(rows):
            row["hours"] = f"{float(row['hours']) + rng.gauss(0, 3):.4f}"
        extra = {
            "person_id": f"P{i:06d}",
            "hired": f"20{rng.randrange(10, 24):02d}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
            "city": rng.choice(["Ulm", "Bern", "Graz", "Basel", "Linz", "Bonn"]),
            "comment": f"{rng.choice(remarks)}, {rng.choice(remarks)} and {rng.choice(remarks)} ({rng.randrange(999)})",
        }
        table.append({**extra, **row})
    return table


if __name__ == "__main__":
    main()
