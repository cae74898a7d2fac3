"""Do certificates of other proposals than label changes keep their promise, and how many answers do they take?

    python -m benchmarks.quality.proposal_certificates [--runs 500] [--settings even] [--out FILE]

Reviews are simulated on proposals of which it is known whether they are right. A simulated person answers the sample as
`emendata review --kind` asks, and stops after 50, 100 or 200 answers, after all, or as soon as anything is certified,
for which is looked every 20 answers. For each way to stop: in how many runs the certified proposals were less precise
than said, in any of the certificates that hold at once.

The proposals are

- even: 312, of which 97 % are right, whatever the check thinks of each;
- told apart: 600, of which 85 % are right, more of those that the check is surer of;
- just too few: 600, of which in every ring fewer are right than the promise needs, as near to it as can be;
- turned round: 400, of which 88 % are right, fewest of those that the check is surest of;
- columns: 900 of six columns that are right in 99, 97, 94, 90, 85 and 60 of 100, a certificate for each at once;
- slips: as even, by a person of whose answers 3 % are wrong, and who is asked some questions twice.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.environment import environment
from emendata.kernels.promises import precise_rings
from emendata.kernels.strata import Drawn, cut_strata, next_ring

Array = npt.NDArray[Any]
Line = dict[str, Any]

STOPS = (50, 100, 200)
TARGETS = ((0.90, 0.90), (0.95, 0.95))
PEEK, REPEAT, SLIPS = 20, 20, 0.03
LEAST_RISK = 0.02


@dataclass(frozen=True)
class Setting:
    """Proposals: how risky the check finds each, whether it is right, and to which certificate it belongs."""

    name: str
    risk: Array
    right: Array
    group: Array
    slips: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--settings", default="", help="only those whose names begin so, by commas")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    lines = []
    for precision, confidence in TARGETS:
        for setting in settings(precision):
            if setting.name.startswith(tuple(options.settings.split(","))):
                lines.append(measured(setting, precision, confidence, options.runs))
                show(lines[-1])
    if options.out:
        document = {
            "command": f"python -m benchmarks.quality.proposal_certificates --runs {options.runs}",
            "environment": environment(),
            "settings": lines,
        }
        options.out.write_text(json.dumps(document, indent=1) + "\n")


def settings(precision: float) -> Iterator[Setting]:
    """Yield what is simulated for one promise."""
    rng = np.random.default_rng(0)

    def proposals(name: str, n_right: int, n: int, order: Array, slips: float = 0.0) -> Setting:
        right = np.zeros(n, dtype=bool)
        right[order[:n_right]] = True
        return Setting(name, np.linspace(0.0, 0.3, n), right, np.zeros(n, dtype=int), slips)

    yield proposals("even", 303, 312, rng.permutation(312))
    yield proposals("told apart", 510, 600, np.argsort(np.arange(600) + rng.normal(0, 120, 600)))
    wrong = np.arange(0, 600, 0.98 / (1 - precision)).astype(int)
    others = np.setdiff1d(np.arange(600), wrong)
    yield proposals("just too few", len(others), 600, np.concatenate([others, wrong]))
    yield proposals("turned round", 352, 400, np.argsort(-np.arange(400) + rng.normal(0, 80, 400)))
    parts, sizes = (0.99, 0.97, 0.94, 0.90, 0.85, 0.60), (300, 200, 150, 100, 100, 50)
    group = rng.permutation(np.repeat(np.arange(6), sizes))
    right = rng.random(900) < np.array(parts)[group]
    yield Setting("columns", np.linspace(0.0, 0.3, 900), right, group)
    yield proposals("slips", 303, 312, rng.permutation(312), SLIPS)


class Person:
    """One simulated person, answering one sample."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self._setting = setting
        self._rng = np.random.default_rng(seed)
        self.ring, self._n_rings = cut_strata(np.ones(len(setting.risk), bool), -setting.risk, setting.risk)
        self._sizes = np.bincount(self.ring)
        self._risk = np.maximum(np.bincount(self.ring, setting.risk) / self._sizes, LEAST_RISK)
        self._order = [self._rng.permutation(np.flatnonzero(self.ring == r)) for r in range(self._n_rings)]
        n_groups = int(setting.group.max()) + 1
        self._asked = np.zeros((n_groups, self._n_rings), dtype=np.int64)
        self._unconfirmed = np.zeros_like(self._asked)
        self._n_repeated = self._n_changed = 0

    def ask(self) -> bool:
        """Answer one question, False if there is none left."""
        asked = self._asked.sum(axis=0)
        ring = next_ring(self._drawn(self._sizes, asked, self._unconfirmed.sum(axis=0)), self._rng)
        if ring < 0:
            return False
        place = int(self._order[ring][asked[ring]])
        unconfirmed = self._answer(place)
        if self._setting.slips and asked.sum() % REPEAT == REPEAT - 1:
            self._n_repeated += 1
            self._n_changed += self._answer(place) != unconfirmed
        group = self._setting.group[place]
        self._asked[group, ring] += 1
        self._unconfirmed[group, ring] += unconfirmed
        return True

    def certified(self, precision: float, confidence: float) -> tuple[int, bool]:
        """Return how many proposals are certified, and whether any certificate is false."""
        n_groups, n_certified, is_false = len(self._asked), 0, False
        slips = self._n_changed / (2 * self._n_repeated) if self._n_repeated else 0.0
        share = 1 - (1 - confidence) / n_groups
        for group in range(n_groups):
            of_group = self._setting.group == group
            sizes = np.bincount(self.ring[of_group], minlength=self._n_rings)
            drawn = self._drawn(sizes, self._asked[group], self._unconfirmed[group])
            covered = of_group & (self.ring < precise_rings(drawn, precision, share, slips))
            n_certified += int(covered.sum())
            is_false |= bool(covered.any() and self._setting.right[covered].mean() < precision)
        return n_certified, is_false

    def _answer(self, place: int) -> bool:
        return bool(self._setting.right[place] == (self._rng.random() < self._setting.slips))

    def _drawn(self, sizes: Array, asked: Array, unconfirmed: Array) -> Drawn:
        nothing = np.zeros_like(asked)
        return Drawn(sizes, asked, nothing, nothing, unconfirmed, self._risk, self._risk, self._n_rings)


def measured(setting: Setting, precision: float, confidence: float, runs: int) -> Line:
    """Return for each way to stop how often something was certified, and how often falsely."""
    seen: dict[str, list[Line]] = {
        name: [] for name in (*(f"after {n}" for n in STOPS), "after all", "at the first certificate")
    }
    for seed in range(runs):
        person, n, first = Person(setting, seed), 0, None
        while person.ask():
            n += 1
            if n in STOPS or (first is None and n % PEEK == 0):
                n_certified, is_false = person.certified(precision, confidence)
                one = {"answers": n, "certified": n_certified, "false": is_false}
                if n in STOPS:
                    seen[f"after {n}"].append(one)
                if first is None and n_certified:
                    first = one
        n_certified, is_false = person.certified(precision, confidence)
        last = {"answers": n, "certified": n_certified, "false": is_false}
        seen["after all"].append(last)
        seen["at the first certificate"].append(first or last)
    return {
        "setting": setting.name,
        "proposals": len(setting.right),
        "right": float(setting.right.mean()),
        "precision": precision,
        "confidence": confidence,
        "runs": runs,
        "allowed": round((1 - confidence) * runs),
        "ways": [{"stop": stop, **summed(found)} for stop, found in seen.items()],
    }


def summed(found: list[Line]) -> Line:
    certified = [one for one in found if one["certified"]]
    return {
        "false": sum(one["false"] for one in found),
        "certified": len(certified),
        "median_changes": float(np.median([one["certified"] for one in certified])) if certified else 0.0,
        "median_answers": float(np.median([one["answers"] for one in found])),
    }


def show(line: Line) -> None:
    print(
        f"\n{line['setting']}: {line['proposals']:,} proposals, {line['right']:.1%} right, "
        f"{line['precision']:.0%}/{line['confidence']:.0%}, {line['allowed']} of {line['runs']} may be false"
    )
    for way in line["ways"]:
        print(
            f"  {way['stop']:24} certified {way['certified']:4}, false {way['false']:3}"
            f"{'   BROKEN' * (way['false'] > line['allowed'])}; median {way['median_changes']:,.0f} changes, "
            f"{way['median_answers']:,.0f} answers",
            flush=True,
        )


if __name__ == "__main__":
    main()
