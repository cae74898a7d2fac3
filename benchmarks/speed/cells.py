"""How long do the checks of cells take on a large mixed table, each by itself?

    python -m benchmarks.speed.cells [--rows 100000] [--out results.json]

The table has 30 columns: eight of measured numbers, four of whole ones, eight of words, three that hang together,
two of dates, three of codes, two of short texts and an id. Errors are planted in one cell of 1,000 or so.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import emendata as em
from benchmarks.environment import environment, memory
from benchmarks.quality.planted_cells import plant
from emendata.checks import CHECKS
from emendata.pipeline import Outcome, Preparation, effort_for, plan_audit, run_checks
from emendata.pipeline.cell_errors import CELL_CHECKS, cell_errors
from emendata.records import Mode
from emendata.store import MemoryShelf

Line = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    results: Line = {
        "command": "python -m benchmarks.speed.cells",
        "rows": options.rows,
        "environment": environment(),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mixed.csv"
        texts, wrong = plant(mixed_table(options.rows), 0.0003, seed=0)
        texts.to_csv(path, index=False)
        results["columns"] = texts.shape[1]
        results["planted"] = len(wrong)
        for mode in (Mode.QUICK, Mode.BALANCED):
            results[mode.value] = measured(path, mode)
    print(json.dumps(results, indent=1))
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n")


def measured(path: Path, mode: Mode) -> Line:
    """Return the seconds that each check takes with what it alone needs, and those of all checks together."""
    dataset = em.open_dataset(path)
    preparation = Preparation(dataset, MemoryShelf(), effort=effort_for(mode, dataset.n_rows))
    seconds: Line = {"content_of_columns": timed(lambda: dataset.content)}
    seconds["cells"] = timed(lambda: preparation.cells)
    outcomes: list[Outcome] = []
    for check in (check for check in CHECKS if check.name in CELL_CHECKS):
        start = time.perf_counter()
        outcomes += run_checks(plan_audit(dataset, [check]), preparation, strict=True)
        seconds[check.name] = round(time.perf_counter() - start, 2)
    seconds["cell_errors"] = timed(lambda: cell_errors(outcomes))
    return {
        "seconds": seconds,
        "together": round(sum(seconds.values()), 1),
        "flagged": {o.check.name: len(o.findings.rows) for o in outcomes if o.findings is not None},
        "peak_mb": memory("VmHWM") // 2**20,
    }


def timed(made: Any) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    made()
    return round(time.perf_counter() - start, 2)


def mixed_table(n: int) -> pd.DataFrame:
    """Return a table of 30 columns of every kind, some of which hang together."""
    rng = np.random.default_rng(0)
    size = rng.lognormal(3, 0.4, n)
    city = rng.zipf(1.5, n) % 300
    day = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 2000, n), unit="D")
    columns: dict[str, Any] = {"id": [f"R{i:07d}" for i in range(n)]}
    for i in range(8):
        columns[f"measure_{i}"] = np.round(size * (i + 1) * rng.lognormal(0, 0.1 + 0.1 * i, n), 2)
    for i in range(4):
        columns[f"count_{i}"] = rng.poisson(3 * (i + 1) * np.log(size))
    for i, n_words in enumerate((3, 5, 8, 12, 20, 60, 200, 1000)):
        columns[f"word_{i}"] = _words(n_words, i)[(city + rng.integers(0, 2, n)) % n_words]
    columns["city"] = _words(300, 20)[city]
    columns["region"] = _words(12, 21)[city % 12]
    columns["country"] = _words(4, 22)[city % 4]
    columns["ordered"] = day
    columns["delivered"] = day + pd.to_timedelta(rng.integers(1, 20, n), unit="D")
    for i in range(3):
        columns[f"code_{i}"] = [f"{a}{b:04d}-{c:02d}" for a, b, c in _codes(rng, n)]
    for i in range(2):
        given, family = _words(500, 30 + i), _words(3000, 40 + i)
        columns[f"name_{i}"] = given[rng.integers(0, 500, n)] + " " + family[rng.integers(0, 3000, n)]
    return pd.DataFrame(columns)


def _codes(rng: np.random.Generator, n: int) -> Any:
    letters = np.array(list("ABCDE"))[rng.integers(0, 5, n)]
    return zip(letters, rng.integers(0, 10_000, n), rng.integers(0, 100, n), strict=True)


def _words(n: int, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    syllables = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]
    return np.array(
        ["".join(rng.choice(syllables, int(rng.integers(2, 5)))).title() for _ in range(n)], object
    )


if __name__ == "__main__":
    main()
