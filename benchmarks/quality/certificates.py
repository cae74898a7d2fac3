"""Do certificates keep their promise, how many errors do they fix, and how well is the rate of errors known?

    python -m benchmarks.quality.certificates [--data FOLDER] [--runs 500] [--settings human] [--out FILE]

Reviews are simulated on published out-of-sample predictions. A simulated person who knows the true label answers the
audit stream, row by row as `emendata review` asks, and stops after 100, 200 or 400 answers, or as soon as anything is
certified. For each way to stop: in how many runs a promise was false (the proposals less precise than said; fewer wrong
labels removed than said; more left than said), and what part of all errors the certified changes repair.

The labels are

- human: of two human answers to each of 10,000 images (CIFAR-10H, drawn from some 50 each) the one that is wrong, if
  any. The predictions are those of one network that was trained on the published labels, not on these;
- class: 20 % by pairs of classes, on every fifth of 50,000 images; predictions of five networks trained on these
  labels, averaged, or of the weakest of the five;
- hard: 9 % where a network is unsure, each label drawn from its sharpened predictions; that network is then held back,
  and the other four, averaged, predict. They were trained on the labels of *class*, not on these;
- many: 40 % by pairs of classes, predictions of one network trained on these labels;
- slips: as human, by a person of whose answers 3 % are wrong, and who is asked some questions twice.

For the rate, beside: roman, 2,831 images with errors that people found (what is right is not known, so nothing else).
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.environment import environment
from emendata.kernels.error_rate import error_rate
from emendata.kernels.promises import promise
from emendata.kernels.strata import Drawn, cut_strata, next_stratum

Array = npt.NDArray[Any]
Line = dict[str, Any]

STOPS = (100, 200, 400)
TARGETS = ((0.90, 0.90), (0.95, 0.95))
PEEK = 20  # answers between two looks at the certificate, by somebody who stops as soon as there is one
SLIPS = 0.03
HARD = 0.09
REPEAT = 20
GOALS = {"coverage": 0.93, "saving": 3.5, "fixed": 0.5}


@dataclass(frozen=True)
class Setting:
    """Labels, what is right, and predictions; ``right`` is None where only it is known which are wrong."""

    name: str
    labels: Array
    right: Array | None
    wrong: Array
    probs: Array
    slips: float = 0.0


@dataclass(frozen=True)
class Sample:
    """One dataset, ready to be drawn from: by stratum, whether labels are wrong and proposals not right."""

    start: Drawn
    wrong: list[Array]
    unconfirmed: list[Array]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=Path("data/bench"), help="folder of published predictions"
    )
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--settings", help="only those whose names begin so, by commas")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    lines = []
    for setting in settings(options.data):
        if options.settings and not setting.name.startswith(tuple(options.settings.split(","))):
            continue
        line: Line = {
            "setting": setting.name,
            "rows": len(setting.labels),
            "error_rate": float(setting.wrong.mean()),
        }
        line["gauge"] = gauge(sample_of(setting), setting, options.runs)
        if setting.right is not None:
            line["certificates"] = [
                certificates(sample_of(setting), setting, *target, options.runs) for target in TARGETS
            ]
        lines.append(line)
        show(line)
    if options.out:
        document = {
            "command": f"python -m benchmarks.quality.certificates --data FOLDER --runs {options.runs}",
            "environment": environment(),
            "goals": GOALS,
            "settings": lines,
        }
        options.out.write_text(json.dumps(document, indent=1) + "\n")


# -- data ---------------------------------------------------------------------------------------------


def settings(data: Path) -> Iterator[Setting]:
    """Yield what is simulated, reading each file when it is needed."""
    human = human_errors(data)
    yield human
    yield replace(human, name="slips, human", slips=SLIPS)
    five = np.load(data / "classification" / "cifar10s.npz")
    models = sorted(name for name in five.files if name.startswith("pred_probs"))
    some = slice(None, None, 5)
    labels, true = five["labels"][some].astype(int), five["true_labels"][some].astype(int)
    probs = {name: five[name][some].astype(np.float64) for name in models}
    weakest = min(models, key=lambda name: float((probs[name].argmax(axis=1) == true).mean()))
    yield Setting(
        "class 20 %, five models", labels, true, labels != true, np.mean(list(probs.values()), axis=0)
    )
    yield Setting("class 20 %, weakest model", labels, true, labels != true, probs[weakest])
    yield hard_errors(true, probs.pop(weakest), np.mean(list(probs.values()), axis=0))
    one = np.load(data / "classification" / "cl_cifar10_resnet50.npz")
    labels, true = one["labels_s2_n4"][some].astype(int), one["true_labels"][some].astype(int)
    yield Setting(
        "many, 40 %", labels, true, labels != true, one["pred_probs_s2_n4"][some].astype(np.float64)
    )
    roman = np.load(data / "classification" / "roman_numeral.npz")
    probs = {name: roman[name] for name in roman.files if name.startswith("pred_probs")}
    yield Setting(
        "roman", roman["labels"].astype(int), None, roman["is_error"], np.mean(list(probs.values()), axis=0)
    )


def hard_errors(true: Array, held_back: Array, probs: Array) -> Setting:
    """Make 9 % of the labels wrong where, and as, a network that is then held back is unsure."""
    rng = np.random.default_rng(0)
    chance = rng.random((len(true), 1))
    low, high = 0.5, 8.0  # the more it is sharpened, the fewer labels go wrong
    for _ in range(30):
        power = (low + high) / 2
        sharp = held_back**power
        cumulated = np.cumsum(sharp / sharp.sum(axis=1, keepdims=True), axis=1)
        labels = (chance > cumulated).sum(axis=1)
        low, high = (power, high) if (labels != true).mean() > HARD else (low, power)
    return Setting("hard 9 %, four models", labels, true, labels != true, probs)


def human_errors(data: Path) -> Setting:
    stored = np.load(data / "multiannotator" / "cifar10h_counts.npz")
    counts, true = stored["counts"].astype(np.float64), stored["true_labels"].astype(int)
    rng = np.random.default_rng(0)
    chances = np.cumsum(counts / counts.sum(axis=1, keepdims=True), axis=1)
    answers = (rng.random((2, len(true), 1)) > chances).sum(axis=2)
    labels = np.where(answers[0] != true, answers[0], answers[1])
    probs = np.load(data / "labelerrors" / "cifar10.npz")["pred_probs"].astype(np.float64)
    return Setting("human, one model", labels, true, labels != true, probs)


def sample_of(setting: Setting) -> Sample:
    """Cut the rows into strata as a review does."""
    labels, probs = setting.labels, setting.probs
    every = np.arange(len(labels))
    own, others = probs[every, labels], probs.copy()
    others[every, labels] = -1
    suggested, best = others.argmax(axis=1), others.max(axis=1)
    score = own / np.maximum(own + best, 1e-12)
    safety = np.log(best + 1e-9) - np.log(own + 1e-9)
    stratum, n_rings = cut_strata(best > own, safety, score)
    sizes = np.bincount(stratum)
    unconfirmed = suggested != (setting.right if setting.right is not None else suggested)
    nothing = np.zeros(len(sizes), dtype=np.int64)
    doubt = np.maximum(np.bincount(stratum, 1 - score) / sizes, 0.02)
    risk = np.maximum(np.bincount(stratum, 1 - best) / sizes, 0.02)
    start = Drawn(sizes, nothing, nothing, nothing, nothing, doubt, risk, n_rings)
    cut = [np.flatnonzero(stratum == one) for one in range(len(sizes))]
    return Sample(start, [setting.wrong[rows] for rows in cut], [unconfirmed[rows] for rows in cut])


# -- simulation ---------------------------------------------------------------------------------------


class Session:
    """One simulated person, answering one sample."""

    def __init__(self, sample: Sample, seed: int, slips: float) -> None:
        self.rng = np.random.default_rng(seed)
        self.order = [self.rng.permutation(size) for size in sample.start.sizes.tolist()]
        asked, judged, wrong, unconfirmed = (np.zeros(len(self.order), dtype=np.int64) for _ in range(4))
        start = sample.start
        self.drawn = Drawn(
            start.sizes, asked, judged, wrong, unconfirmed, start.doubt, start.risk, start.n_rings
        )
        self.n_repeated = self.n_changed = 0
        self._sample, self._slips = sample, slips

    def ask(self) -> None:
        drawn = self.drawn
        stratum = next_stratum(drawn, self.rng)
        row = self.order[stratum][drawn.asked[stratum]]
        wrong, unconfirmed = self._answer(stratum, row)
        if self._slips and drawn.asked.sum() % REPEAT == REPEAT - 1:
            self.n_repeated += 1
            self.n_changed += self._answer(stratum, row) != (wrong, unconfirmed)
        drawn.asked[stratum] += 1
        drawn.judged[stratum] += 1
        drawn.wrong[stratum] += wrong
        drawn.unconfirmed[stratum] += unconfirmed

    def _answer(self, stratum: int, row: int) -> tuple[bool, bool]:
        """Return whether the label is called wrong, and the proposal not right; a slip takes the one for the other."""
        wrong, unconfirmed = (
            bool(self._sample.wrong[stratum][row]),
            bool(self._sample.unconfirmed[stratum][row]),
        )
        if self._slips and self.rng.random() < self._slips:
            return (False, True) if wrong else (True, False)
        return wrong, unconfirmed

    @property
    def slips(self) -> float:
        return self.n_changed / (2 * self.n_repeated) if self.n_repeated else 0.0


def gauge(sample: Sample, setting: Setting, runs: int) -> list[Line]:
    """How far the rate is off, and how often its interval holds the true one."""
    true = setting.wrong.mean()
    found: dict[int, list[Any]] = {n: [] for n in (50, *STOPS)}
    for seed in range(runs):
        session = Session(sample, seed, 0.0)
        for n in range(1, max(STOPS) + 1):
            session.ask()
            if n in found:
                drawn = session.drawn
                found[n].append(error_rate(drawn.sizes, drawn.judged, drawn.wrong, drawn.doubt))
    lines = []
    for n, rates in found.items():
        off = np.array([rate.rate - true for rate in rates])
        lines.append(
            {
                "answers": n,
                "coverage": float(np.mean([rate.low <= true <= rate.high for rate in rates])),
                "width": float(np.mean([rate.high - rate.low for rate in rates])),
                "rmse": float(np.sqrt((off**2).mean())),
                "random_rmse": float(np.sqrt(true * (1 - true) / n)),
                "saving": float(true * (1 - true) / n / (off**2).mean()),
            }
        )
    return lines


def certificates(sample: Sample, setting: Setting, precision: float, confidence: float, runs: int) -> Line:
    """How often each promise is false, and what part of the errors is repaired, for each way to stop."""
    wrong = np.array([part.sum() for part in sample.wrong])
    unconfirmed = np.array([part.sum() for part in sample.unconfirmed])
    seen: dict[str, list[Line]] = {**{f"after {n}": [] for n in STOPS}, "at the first certificate": []}
    for seed in range(runs):
        session = Session(sample, 10_000 + seed, setting.slips)
        first: Line | None = None
        for n in range(1, max(STOPS) + 1):
            session.ask()
            if n in STOPS or (first is None and n % PEEK == 0):
                made = judged(session, sample, wrong, unconfirmed, precision, confidence)
                if n in STOPS:
                    seen[f"after {n}"].append(made)
                if first is None and made["n_rings"]:
                    first = made | {"answers": n}
        seen["at the first certificate"].append(first or made)
    return {
        "precision": precision,
        "confidence": confidence,
        "ways": [{"stop": stop, **summed(lines)} for stop, lines in seen.items()],
    }


def judged(
    session: Session, sample: Sample, wrong: Array, unconfirmed: Array, precision: float, confidence: float
) -> Line:
    """Set one promise against the truth."""
    drawn = session.drawn
    made = promise(drawn, precision, confidence, session.slips)
    n = made.n_rings
    repaired = wrong[:n].sum() - sum(
        (bad & no).sum() for bad, no in zip(sample.wrong[:n], sample.unconfirmed[:n], strict=True)
    )
    # Rows that were asked are repaired by hand: what is left are the others.
    left = unconfirmed[:n].sum() + wrong[n:].sum() - drawn.unconfirmed[:n].sum() - drawn.wrong[n:].sum()
    n_rows = int(drawn.sizes[:n].sum())
    return {
        "n_rings": n,
        "certified": n > 0,
        "imprecise": bool(n and unconfirmed[:n].sum() > (1 - precision) * n_rows),
        "less_gained": bool(n and wrong[:n].sum() - unconfirmed[:n].sum() < made.least_gain),
        "more_left": bool(left > made.most_left),
        "true_precision": float(1 - unconfirmed[:n].sum() / n_rows) if n else None,
        "fixed": float(repaired / wrong.sum()),
        "promised_left": made.most_left / int(drawn.sizes.sum()),
        "promised_gain": made.least_gain / int(drawn.sizes.sum()),
    }


def summed(lines: list[Line]) -> Line:
    precisions = [line["true_precision"] for line in lines if line["certified"]]
    names = ("certified", "imprecise", "less_gained", "more_left", "fixed", "promised_left", "promised_gain")
    return {
        **{name: float(np.mean([line[name] for line in lines])) for name in names},
        "true_precision": float(np.mean(precisions)) if precisions else None,
        "median_answers": float(np.median([line["answers"] for line in lines if "answers" in line]))
        if any("answers" in line for line in lines)
        else None,
    }


def show(line: Line) -> None:
    print(f"\n{line['setting']}: {line['rows']:,} rows, {line['error_rate']:.1%} wrong")
    for one in line["gauge"]:
        print(
            f"  rate from {one['answers']:3}: holds the truth {one['coverage']:.3f}, {one['width']:.3f} wide, off by "
            f"{one['rmse']:.4f} (at random {one['random_rmse']:.4f}): {one['saving']:.1f} times fewer answers"
        )
    for one in line.get("certificates", []):
        allowed = 1 - one["confidence"]
        for way in one["ways"]:
            broken = max(way["imprecise"], way["less_gained"], way["more_left"])
            print(
                f"  {one['precision']:.0%}/{one['confidence']:.0%} {way['stop']:24} certified {way['certified']:.2f}, "
                f"false: precision {way['imprecise']:.3f} gain {way['less_gained']:.3f} left {way['more_left']:.3f}"
                f"{'   BROKEN' * (broken > allowed)}; {way['fixed']:.1%} of the errors repaired",
                flush=True,
            )


if __name__ == "__main__":
    main()
