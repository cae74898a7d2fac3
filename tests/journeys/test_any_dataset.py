"""One command audits whatever it is given, finds the errors planted in it, and corrects them where a patch can."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sklearn.datasets import load_digits
from tests.features.pictures import encoded
from tests.features.sounds import hum, packed
from tests.flowers import WRONG, flowers, write_flowers
from tests.journeys.command import emendata, files_under

CLASSES = ("0", "1", "6")
PLANTED = {5: "6", 50: "0", 100: "1"}
"""Digits by their place in the set, and the classes that they are given instead of their own."""


def digits() -> Iterator[tuple[int, str, np.ndarray]]:
    """Yield 120 digits of three classes with their given labels, three of them wrong."""
    bunch = load_digits()
    rows = np.concatenate([np.flatnonzero(bunch.target == int(name))[:40] for name in CLASSES])
    for i, row in enumerate(rows.tolist()):
        label = PLANTED.get(i, str(bunch.target[row]))
        yield i, label, (bunch.images[row] * 15).astype(np.uint8)


def as_folder(home: Path) -> Path:
    path = home / "digits"
    for i, label, image in digits():
        (path / label).mkdir(parents=True, exist_ok=True)
        (path / label / f"{i:03d}.png").write_bytes(encoded(image))
    return path


def as_table_of_bytes(home: Path) -> Path:
    table = pa.table(
        {"scan": [encoded(image) for _, _, image in digits()], "label": [name for _, name, _ in digits()]}
    )
    pq.write_table(table, home / "digits.parquet")
    return home / "digits.parquet"


def as_arrays(home: Path) -> Path:
    images, labels = np.stack([image for *_, image in digits()]), np.array([name for _, name, _ in digits()])
    np.savez(home / "digits.npz", images=images, label=labels)
    return home / "digits.npz"


def as_hub_folder(home: Path) -> Path:
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    features = datasets.Features(
        {"image": datasets.Image(), "label": datasets.ClassLabel(names=list(CLASSES))}
    )
    rows = [
        {"image": {"bytes": encoded(image), "path": None}, "label": CLASSES.index(name)}
        for _, name, image in digits()
    ]
    datasets.Dataset.from_list(rows, features=features).save_to_disk(str(home / "hub"))
    return home / "hub"


@pytest.mark.parametrize("make", [as_folder, as_table_of_bytes, as_arrays, as_hub_folder])
@pytest.mark.long
def test_images_are_audited_however_they_are_kept(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    label = ("--label", "label") if make is as_table_of_bytes else ()
    done = emendata("audit", path, *label)
    assert (done.returncode, done.stderr) == (0, "")
    project = path.with_name(f"{path.name}.emendata")
    found = pq.read_table(project / "issues.parquet").to_pylist()
    wrong = {(issue["given"], issue["suggested"]) for issue in found if issue["check"] == "wrong_label"}
    assert {("6", "0"), ("0", "1"), ("1", "6")} <= wrong
    assert (project / "report.html").read_text("utf-8").count("<img") > len(PLANTED)


@pytest.mark.long
def test_a_corrected_folder_of_images_has_the_planted_errors_no_more(tmp_path: Path) -> None:
    path = as_folder(tmp_path)
    before = files_under(path)
    assert emendata("audit", path).returncode == 0
    assert emendata("fix", tmp_path / "digits.emendata").returncode == 0
    patch = tmp_path / "digits.emendata" / "corrections.jsonl"
    assert emendata("apply", patch, path, "-o", tmp_path / "corrected").returncode == 0
    assert files_under(path) == before
    put_right = {"0/005.png", "1/050.png", "6/100.png"} & files_under(tmp_path / "corrected").keys()
    assert len(put_right) >= 2  # what is less sure is left to people
    assert (
        emendata("apply", patch, tmp_path / "corrected", "-o", tmp_path / "again", "--revert").returncode == 0
    )
    assert files_under(tmp_path / "again") == before


@pytest.mark.long
def test_broken_images_are_findings_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = as_folder(tmp_path)
    (path / "0" / "empty.png").write_bytes(b"")
    (path / "1" / "half.png").write_bytes((path / "1" / "041.png").read_bytes()[:60])
    (path / "6" / "text.png").write_bytes(b"not an image")
    done = emendata("audit", path)
    assert (done.returncode, done.stderr) == (0, "")
    issues = pq.read_table(tmp_path / "digits.emendata" / "issues.parquet").to_pylist()
    broken = {
        Path(issue["id"]).name: issue["reason"] for issue in issues if issue["check"] == "unreadable_media"
    }
    assert broken.keys() == {"empty.png", "half.png", "text.png"}
    assert broken["empty.png"] == "The file is empty."
    others = {Path(issue["id"]).name for issue in issues if issue["check"] != "unreadable_media"}
    assert broken.keys().isdisjoint(others)


def test_a_folder_of_nothing_but_broken_images_says_so(tmp_path: Path) -> None:
    for i in range(4):
        (tmp_path / "set" / "ab"[i % 2]).mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / "ab"[i % 2] / f"{i}.png").write_bytes(bytes([i]))
    done = emendata("audit", tmp_path / "set", "--json")
    assert done.returncode == 0, done.stderr
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["unreadable_media"]["n_flagged"] == 4
    assert checks["wrong_label"]["status"] == "not_applicable"


def test_sounds_in_folders_are_audited(tmp_path: Path) -> None:
    for i in range(60):
        label = "low" if i % 2 else "high"
        pitch = (200 if i % 2 else 1500) + 5 * i
        given = {7: "high", 20: "low"}.get(i, label)
        (tmp_path / "tones" / given).mkdir(parents=True, exist_ok=True)
        (tmp_path / "tones" / given / f"{i:02d}.wav").write_bytes(packed(hum(0.3 + i / 300, pitch=pitch)))
    (tmp_path / "tones" / "low" / "99.wav").write_bytes(b"RIFF")
    done = emendata("audit", tmp_path / "tones")
    assert (done.returncode, done.stderr) == (0, "")
    issues = pq.read_table(tmp_path / "tones.emendata" / "issues.parquet").to_pylist()
    wrong = {Path(issue["id"]).name for issue in issues if issue["check"] == "wrong_label"}
    assert {"07.wav", "20.wav"} <= wrong
    assert [Path(i["id"]).name for i in issues if i["check"] == "unreadable_media"] == ["99.wav"]
    assert "<audio" in (tmp_path / "tones.emendata" / "report.html").read_text("utf-8")


def as_sqlite(home: Path) -> Path:
    table = flowers()
    path = home / "garden.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"CREATE TABLE flowers ({', '.join(table.column_names)})")
        holes = ", ".join("?" * table.num_columns)
        file.executemany(
            f"INSERT INTO flowers VALUES ({holes})", [list(row.values()) for row in table.to_pylist()]
        )
        file.commit()
    return path


@pytest.mark.parametrize(
    "make",
    [write_flowers, lambda home: write_flowers(home, "parquet"), as_sqlite],
    ids=["csv", "parquet", "sqlite"],
)
def test_tables_are_audited_however_they_are_kept(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    done = emendata("audit", path, "--label", "species", "--mode", "quick")
    assert (done.returncode, done.stderr) == (0, "")
    issues = pq.read_table(path.with_name(f"{path.name}.emendata") / "issues.parquet").to_pylist()
    assert set(WRONG) <= {issue["row"] for issue in issues if issue["check"] == "wrong_label"}


def test_a_plan_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    path = write_flowers(tmp_path)
    done = emendata("audit", path, "--label", "species", "--plan")
    assert (done.returncode, done.stderr) == (0, "")
    assert "species as label: named as the label" in done.stdout
    assert "not unreadable_media: There is no column of images or sounds." in done.stdout
    assert "in balanced mode" in done.stdout
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--budget", "soon"), "'soon' is no length of time. Write it like 90s, 10m or 1h."),
        (("--budget", "0s"), "'0s' is no length of time. Write it like 90s, 10m or 1h."),
        (("--budget", "1h", "--mode", "quick"), "Both a mode and a budget are given. Give one of them."),
    ],
)
def test_a_budget_that_cannot_be_kept_is_one_sentence(
    options: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = emendata("audit", write_flowers(tmp_path), *options)
    assert done.returncode == 2
    assert done.stderr.strip() == f"Error: {sentence}"


def test_a_budget_chooses_the_mode_and_a_fix_takes_up_the_same(tmp_path: Path) -> None:
    path = write_flowers(tmp_path)
    assert emendata("audit", path, "--label", "species", "--budget", "2h").returncode == 0
    fixed = emendata("fix", path.with_name("flowers.csv.emendata"))
    assert fixed.returncode == 0, fixed.stderr
