"""The demo itself, on irises instead of the posts that it would fetch."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools.realdata import fetch, flip_labels, read_csv


@pytest.mark.long
def test_the_demo_counts_what_was_really_found(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "examples.demo", "--dataset", "iris", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    data = fetch("iris")
    true = [row[data.label] for row in read_csv(data.path)]
    _, flipped = flip_labels(true, 0.08, 0)
    with (tmp_path / "out" / "iris-flipped.csv.emendata" / "scores.csv").open(encoding="utf-8") as stream:
        flagged = [row["wrong_label_flagged"] == "true" for row in csv.DictReader(stream)]
    hits = sum(flag and flip for flag, flip in zip(flagged, flipped, strict=True))
    assert re.search(rf"Precision +{hits} of {sum(flagged)} ", done.stdout)
    assert re.search(rf"Recall +{hits} of {flipped.sum()} ", done.stdout)
    assert hits >= 0.8 * flipped.sum()
    assert (tmp_path / "out" / "undone.csv").read_bytes() == (
        tmp_path / "out" / "iris-flipped.csv"
    ).read_bytes()
    assert (tmp_path / "out" / "iris.csv").read_bytes() == data.path.read_bytes()
    assert "byte for byte the original" in done.stdout
