"""Folders and archives go the whole way through the real command, whatever is in them."""

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.data.folders import contents, write_files
from tests.docs.runner import write_reviews
from tests.journeys.command import emendata


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """150 reviews as files in folders by their sentiment: 7, 40 and 93 in the wrong one, 149 a copy of 3."""
    write_reviews(tmp_path / "reviews.csv")
    with (tmp_path / "reviews.csv").open(encoding="utf-8") as file:
        files = {f"{row['sentiment']}/{row['id']}.txt": row["text"] for row in csv.DictReader(file)}
    (tmp_path / "reviews.csv").unlink()
    return write_files(tmp_path / "reviews", files | {"about.pdf": "%PDF", ".DS_Store": "junk"})


def moves(folder: Path, other: Path) -> tuple[set[str], set[str]]:
    """Return the files that are in one folder only."""
    before, after = contents(folder), contents(other)
    return set(before) - set(after), set(after) - set(before)


GONE = {"positive/r007.txt", "negative/r040.txt", "positive/r093.txt", "negative/r149.txt"}
NEW = {"negative/r007.txt", "positive/r040.txt", "negative/r093.txt"}


def test_a_folder_is_audited_corrected_and_put_back(reviews: Path) -> None:
    here = reviews.parent
    before = contents(reviews)
    audited = emendata("audit", "reviews/", cwd=here)
    assert (audited.returncode, audited.stderr) == (0, "")
    said = "a folder of 150 texts with a folder for each of 2 classes; 1 other file left out"
    assert said in " ".join(audited.stdout.split())
    assert said in (here / "reviews.emendata" / "report.html").read_text("utf-8")
    fixed = emendata("fix", "reviews.emendata", cwd=here)
    assert "emendata apply reviews.emendata/corrections.jsonl reviews -o reviews.corrected" in fixed.stdout
    patch = "reviews.emendata/corrections.jsonl"
    applied = emendata("apply", patch, "reviews", "-o", "reviews.corrected", cwd=here)
    assert (applied.returncode, applied.stderr) == (0, "")
    assert moves(reviews, here / "reviews.corrected") == (GONE, NEW)
    reverted = emendata("apply", patch, "reviews.corrected/", "-o", "again", "--revert", cwd=here)
    assert "Wrote    again, 150 rows, byte for byte the original" in reverted.stdout
    assert contents(reviews) == before
    assert contents(here / "again") == before


def test_an_archive_of_a_folder_is_audited_corrected_and_put_back(reviews: Path) -> None:
    here = reviews.parent
    shutil.make_archive(str(reviews), "zip", here, "reviews")
    original = (here / "reviews.zip").read_bytes()
    assert emendata("audit", "reviews.zip", cwd=here).returncode == 0
    fixed = emendata("fix", "reviews.zip.emendata", cwd=here)
    assert " reviews.zip -o reviews.corrected.zip" in fixed.stdout
    patch = "reviews.zip.emendata/corrections.jsonl"
    assert emendata("apply", patch, "reviews.zip", "-o", "new.zip", cwd=here).returncode == 0
    done = emendata("apply", patch, "new.zip", "-o", "again.zip", "--revert", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("new", "again"):
        zipfile.ZipFile(here / f"{name}.zip").extractall(here / name)
    assert moves(reviews, here / "new" / "reviews") == (GONE, NEW)
    assert moves(reviews, here / "again" / "reviews") == (set(), set())
    assert (here / "reviews.zip").read_bytes() == original


def test_a_folder_with_one_class_gets_the_checks_that_need_no_label(reviews: Path) -> None:
    shutil.rmtree(reviews / "positive")
    done = emendata("audit", "reviews", "--json", cwd=reviews.parent)
    assert done.returncode == 0
    document = json.loads(done.stdout)
    checks = {check["name"]: check for check in document["checks"]}
    assert document["label"] is None
    assert document["recognized"].endswith(" texts, all of one class; 1 other file left out")
    assert checks["wrong_label"]["status"] == "not_applicable"
    assert {card["id"] for card in checks["exact_duplicate"]["cards"]} == {
        "negative/r003.txt",
        "negative/r149.txt",
    }


def test_a_folder_is_audited_from_within(reviews: Path) -> None:
    done = emendata("audit", ".", "--check", "exact_duplicate", cwd=reviews)
    assert (done.returncode, done.stderr) == (0, "")
    assert (reviews.parent / "reviews.emendata" / "report.html").is_file()
    assert not list(reviews.glob("*.emendata"))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"": ""}, "data is empty. Give a folder with images, sounds or texts"),
        ({"a.bin": "x"}, "data holds nothing that can be read."),
        ({"a.csv": "x", "b.csv": "x"}, "data holds several tables (a.csv, b.csv). Give one of them."),
        ({f"{i}/1.txt": f"text {i}" for i in range(9)}, "Say --role label=ignore to run the checks"),
    ],
    ids=["empty", "nothing", "tables", "classes of one"],
)
def test_a_folder_that_cannot_be_audited_says_why(
    files: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    write_files(tmp_path / "data", {name: text for name, text in files.items() if name})
    done = emendata("audit", "data", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../evil.txt", "'../evil.txt' in data.zip leads out of the folder that it is unpacked to."),
        (
            "bomb",
            "data.zip unpacks to more than 1,073,741,824 bytes, 100 times its size, as harmful files do.",
        ),
        ("cut", "data.zip is not a whole ZIP archive (File is not a zip file)."),
    ],
)
def test_a_harmful_archive_ends_in_one_sentence(name: str, sentence: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.txt", "words")
        if name == "bomb":
            with archive.open("b/1.txt", "w", force_zip64=True) as member:
                for _ in range(1025):
                    member.write(bytes(1 << 20))
        else:
            archive.writestr(name, "words")
    if name == "cut":
        (tmp_path / "data.zip").write_bytes((tmp_path / "data.zip").read_bytes()[:-9])
    done = emendata("audit", "data.zip", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data.zip"]
