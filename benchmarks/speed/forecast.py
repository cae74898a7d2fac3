"""How far are forecasts of audits from the time that the audits then take?

    python -m benchmarks.speed.forecast [--only posts,hr] [--modes quick,balanced] [--out results.json]

Each audit is forecast and then run, in a process of its own and in a new project:

- posts: 10,000 newsgroup posts, the last of them thinned copies of the first (as in `benchmarks.speed.audit`);
- hr: the real table; wide: 100,000 x 30 made cells (as in `benchmarks.speed.any_dataset`);
- images: 2,000 images of CIFAR-10, every fifth of its test set.

Beside the seconds stands how much of the time was still expected when a quarter, half and three quarters of it were
over, as a factor of what was then left. Seconds are of this machine as busy as it is: that both numbers come from one
process, one after the other, is what makes them comparable.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.realdata import fetch, write_csv
from tools.realmedia import fetch_media

import emendata as em
from benchmarks.environment import environment
from benchmarks.speed.any_dataset import ROWS, wide_table
from benchmarks.speed.audit import texts
from emendata.pipeline import Outlook

Place = tuple[Path, str | None]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(SETS), help="which of the four")
    parser.add_argument("--modes", default="quick,balanced", help="which modes")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    parser.add_argument("--one", help=argparse.SUPPRESS)  # PATH,LABEL,MODE: one audit, in this process
    options = parser.parse_args()
    if options.one:
        path, label, mode = options.one.split(",")
        print(json.dumps(one_audit(Path(path), label or None, mode)))
        return
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only.split(","):
            path, label = SETS[name](Path(folder))
            for mode in options.modes.split(","):
                lines.append({"name": name, "mode": mode, **measured(path, label, mode)})
                print(json.dumps(lines[-1]), flush=True)
                if options.out:
                    write(options.out, lines)


def write(path: Path, lines: list[dict[str, object]]) -> None:
    results = {
        "command": "python -m benchmarks.speed.forecast",
        "environment": environment("onnxruntime", "pillow"),
        "audits": lines,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(path: Path, label: str | None, mode: str) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.speed.forecast", "--one", f"{path},{label or ''},{mode}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{path.name} failed:\n{done.stderr}")
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def one_audit(path: Path, label: str | None, mode: str) -> dict[str, object]:
    events: list[tuple[float, str, int, int]] = []
    with tempfile.TemporaryDirectory() as project:
        audit = em.Audit(path, label=label, mode=mode, project=project)
        started = time.perf_counter()
        forecast = audit.forecast()
        ready = time.perf_counter()
        audit.run(on_progress=lambda *event: events.append((time.perf_counter(), *event)))
        audit.report()
        ended = time.perf_counter()
    took = ended - ready
    return {
        "forecast_took": round(ready - started, 2),
        "forecast": round(forecast.seconds, 1),
        "took": round(took, 1),
        "factor": round(forecast.seconds / took, 2),
        "factors_on_the_way": [
            round(said_left(forecast.stages, events, ready, ready + part * took) / ((1 - part) * took), 2)
            for part in (0.25, 0.5, 0.75)
        ],
        "stages": {
            stage: [round(forecast.stages.get(stage, 0.0), 2), round(seconds, 2)]
            for stage, seconds in stages_of(events, ended).items()
        },
    }


def said_left(
    stages: Mapping[str, float], events: list[tuple[float, str, int, int]], started: float, now: float
) -> float:
    """Return what would have been said to be left at a time."""
    outlook = Outlook(stages, started)
    for at, stage, done, total in events:
        if at <= now:
            outlook.report(stage, done, total, at)
    return outlook.seconds_left(now)


def stages_of(events: list[tuple[float, str, int, int]], ended: float) -> dict[str, float]:
    """Return how long each stage took, up to the next one."""
    starts: dict[str, float] = {}
    for at, stage, _, _ in events:
        starts.setdefault(stage, at)
    ends = [*list(starts.values())[1:], ended]
    return {stage: end - start for (stage, start), end in zip(starts.items(), ends, strict=True)}


def posts(folder: Path) -> Place:
    write_csv(folder / "posts.csv", texts(ROWS))
    return folder / "posts.csv", "label"


def hr(folder: Path) -> Place:
    data = fetch("hr")
    return data.path, data.label


def wide(folder: Path) -> Place:
    return wide_table(folder), "kind"


def images(folder: Path) -> Place:
    source = fetch_media("cifar10").path
    files = sorted(path for path in source.rglob("*") if path.is_file())
    for path in files[::5]:
        copy = folder / "images" / path.parent.name / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return folder / "images", None


SETS: dict[str, Callable[[Path], Place]] = {"posts": posts, "hr": hr, "wide": wide, "images": images}


if __name__ == "__main__":
    main()
