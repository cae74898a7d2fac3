"""Does the label engine give the same numbers as the peer, wherever both compute them?

    python -m benchmarks.quality.label_parity [--out results.json]

For every number that both compute, the largest difference on made-up data; then the cases in which ours differs on
purpose, with what each of both gives.
"""

import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.environment import environment
from benchmarks.quality.label_calls import Made, Pair, made
from benchmarks.quality.label_differences import deliberate, outcome
from benchmarks.quality.label_pairs import every_pair

Line = dict[str, Any]

PARITY_SIZES = {2: 3_000, 10: 5_000, 100: 20_000}
SAME = 1e-6
UNEXPECTED = "UNEXPECTED"
WHY = {  # part of the name, where it differs, why
    "health, from labels": ("k = 2, k = 10, k = 100, absent", "on purpose: our count is that of method auto"),
    "prior, noise matrix": (
        "absent",
        "on purpose: an absent class has columns that sum to one, theirs zeros, below",
    ),
    "log_loss_search": ("k = 100, absent", "theirs lifts probabilities to 1e-6 for log losses; W26, below"),
    "adjusted": ("absent", "on purpose: an absent class shifts nothing, W12, below"),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", module="cleanlab")
    found = parity()
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.label_parity",
            "environment": environment("cleanlab"),
            **found,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def parity() -> Line:
    data = {f"k = {k}": made(n, k) for k, n in PARITY_SIZES.items()} | {
        "absent": made(5_000, 10, absent=True)
    }
    print("Largest difference of ours from the peer's: of values, or how many rows or places differ")
    print(
        f"{'':58}"
        + "".join(f"{name:>11}" for name in data)
        + "   (absent: k = 10, no label of the last class)"
    )
    pairs = every_pair()
    gaps = {name: {size: gap(pair, given) for size, given in data.items()} for name, pair in pairs.items()}
    for name, line in gaps.items():
        values = [f"{value:11.1e}" if isinstance(value, float) else f"{value:>11}" for value in line.values()]
        print(f"{name:58}{''.join(values)}   {explained(name, line)}".rstrip(), flush=True)
    unexpected = [name for name, line in gaps.items() if explained(name, line) == UNEXPECTED]
    print(f"\nlines with an unexpected difference: {', '.join(unexpected) or 'none'}")
    print("\nWhere ours differs on purpose")
    ten, absent = data["k = 10"], data["absent"]
    found = {
        name: {"ours": outcome(own, ten), "peer": outcome(theirs, ten)}
        for name, (own, theirs) in deliberate(ten, absent).items()
    }
    for name, both in found.items():
        print(f"{name}\n    ours: {both['ours']}\n    peer: {both['peer']}")
    return {"largest_difference": gaps, "unexpected": unexpected, "on_purpose": found}


def gap(pair: Pair, given: Made) -> float | str:
    """Largest difference of two arrays or lists of arrays; of truth values, and of rows, how many differ."""
    try:
        theirs = pair[1](given)
    except (ValueError, AssertionError):
        return "peer fails"
    own = pair[0](given)
    if not isinstance(own, list | tuple):
        own, theirs = [own], [theirs]
    return max(largest(np.asarray(a), np.asarray(b)) for a, b in zip(own, theirs, strict=True))


def largest(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> float:
    if a.shape != b.shape:
        return float("inf")
    if a.dtype == np.bool_:
        return float(np.count_nonzero(a != b))
    return float(np.abs(a.astype(np.float64) - b.astype(np.float64)).max(initial=0))


def explained(name: str, line: dict[str, float | str]) -> str:
    """Say why a line differs, if it does."""
    where = {size for size, value in line.items() if isinstance(value, str) or value > SAME}
    known = next((why for part, why in WHY.items() if part in name), ("", ""))
    return ("", known[1] if where <= set(known[0].split(", ")) else UNEXPECTED)[bool(where)]


if __name__ == "__main__":
    main()
