"""Are damaged texts found among real ones, and are the real ones left alone?

    python -m benchmarks.quality.texts [--rows 2000] [--seeds 3] [--out results.json]

Into texts drawn from real sets, forty errors of each kind are planted, one in a text. Recall is the part of them that
the check of their kind flags. ``others`` are planted texts of other kinds that it flags as well: damage may be of two
kinds. ``clean`` are texts nobody touched that it flags: some are errors of the set itself, so the number is an upper
bound of false alarms. Hard negatives for personal data (order numbers, versions, invalid cards) count as clean.
The peer has no check of texts.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from tools.realdata import fetch, read_csv

from benchmarks.environment import environment
from benchmarks.quality.planted_texts import DAMAGES, HARD_NEGATIVES
from emendata.checks import CHECKS
from emendata.data import open_dataset
from emendata.pipeline import Preparation, plan_audit, run_checks
from emendata.store import MemoryShelf

SETS = ("20news", "reuters-r8", "election-tweets", "slovene-opinions")
PLANTED = 40


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=2_000, help="texts of each set, drawn at random")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    print(
        f"{'set':18}{'check':20}{'planted':>8}{'found':>7}{'recall':>8}{'others':>8}{'clean':>7}{'of':>8}{'seconds':>9}"
    )
    lines = [line for name in SETS for line in measured(name, options.rows, options.seeds)]
    for check in dict.fromkeys(line["check"] for line in lines):
        mine = [line for line in lines if line["check"] == check]
        together = {key: sum(line[key] for line in mine) for key in (*COUNTS, "seconds")}
        print(row({"set": "all", "check": check, **together}))
    if options.out:
        results = {
            "command": f"python -m benchmarks.quality.texts --rows {options.rows} --seeds {options.seeds}",
            "environment": environment("ftfy", "py3langid"),
            "lines": lines,
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


COUNTS = ("planted", "found", "others", "clean", "of")


def row(line: dict[str, Any]) -> str:
    recall = f"{line['found'] / line['planted']:8.3f}" if line["planted"] else f"{'–':>8}"
    counts = f"{line['planted']:8}{line['found']:7}{recall}{line['others']:8}{line['clean']:7}{line['of']:8}"
    return f"{line['set']:18}{line['check']:20}{counts}{line['seconds']:9.2f}"


def measured(name: str, n_rows: int, n_seeds: int) -> list[dict[str, Any]]:
    counts: dict[str, dict[str, Any]] = {}
    for seed in range(n_seeds):
        texts, kinds = planted(real_texts(name), n_rows, seed)
        dataset = open_dataset({"text": texts}, roles={"text": "text"})
        preparation = Preparation(dataset, MemoryShelf())
        for check in (check for check in CHECKS if check.code.startswith("EM7")):
            started = time.perf_counter()
            (outcome,) = run_checks(plan_audit(dataset, [check]), preparation, strict=True)
            seconds = time.perf_counter() - started
            flagged = np.zeros(len(texts), dtype=bool)
            if outcome.findings is not None:
                flagged[outcome.findings.rows] = True
            mine, clean = kinds == check.name, kinds == ""
            line = counts.setdefault(
                check.name, {"set": name, "check": check.name, **dict.fromkeys(COUNTS, 0), "seconds": 0.0}
            )
            line["planted"] += int(mine.sum())
            line["found"] += int((flagged & mine).sum())
            line["others"] += int((flagged & ~mine & ~clean).sum())
            line["clean"] += int((flagged & clean).sum())
            line["of"] += int(clean.sum())
            line["seconds"] += round(seconds / n_seeds, 3)
    for line in counts.values():
        print(row(line), flush=True)
    return list(counts.values())


def real_texts(name: str) -> list[str]:
    data = fetch(name)
    rows = read_csv(data.path)
    columns = [column for column in rows[0] if column != data.label]
    column = max(columns, key=lambda column: sum(len(line[column] or "") for line in rows))
    return [line[column] for line in rows if line[column]]


def planted(real: list[str], n_rows: int, seed: int) -> tuple[list[str], np.ndarray]:
    """Draw texts and damage some; return them with the name of the check that should find each, empty where clean."""
    rng = np.random.default_rng(seed)
    texts = [real[i] for i in rng.choice(len(real), min(n_rows, len(real)), replace=False)]
    kinds = np.full(len(texts), "", dtype=object)
    places = rng.permutation(len(texts))
    start = 0
    for kind, damage in DAMAGES.items():
        for place in places[start : start + PLANTED]:
            texts[place] = damage(texts[place], rng)
            kinds[place] = kind
        start += PLANTED
    for place in places[start : start + PLANTED]:
        texts[place] = f"{texts[place]} {HARD_NEGATIVES[int(rng.integers(len(HARD_NEGATIVES)))]}"
    return texts, kinds


if __name__ == "__main__":
    main()
