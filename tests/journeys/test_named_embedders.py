"""Embedders that a person chose go the whole way: audit, again, on a grown file, reopened."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.docs.runner import write_reviews
from tests.journeys.command import emendata

import emendata as em
from emendata.errors import InputError
from emendata.pipeline import effort_for
from emendata.records import Mode

WORDS = ("good", "lovely", "great", "warm", "bright", "bad", "awful", "poor", "cold", "dark")
MODULE = f"""
import pathlib

def embed(texts):
    with pathlib.Path("asked.txt").open("a") as file:
        file.write(f"{{len(texts)}}\\n")
    return [[1 + text.count(word) for word in {WORDS}] for text in texts]
"""


class Counting:
    """Counts ten words, and how many texts it was asked for."""

    def __init__(self, name: str | None = None) -> None:
        self.n_asked = 0
        if name is not None:
            self.name = name

    def __call__(self, texts: list[str]) -> Any:
        self.n_asked += len(texts)
        return np.array([[1 + text.count(word) for word in WORDS] for text in texts])


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    write_reviews(tmp_path / "reviews.csv")
    return tmp_path / "reviews.csv"


def grown(path: Path, n_rows: int) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [f"n{i}", f"good lovely room number {i}", 3, "positive"] for i in range(n_rows)
        )


def audit(path: Path, embedder: Any, **settings: Any) -> em.Audit:
    return em.Audit(path, label="sentiment", embedders={"text": embedder}, mode="quick", **settings).run()


def test_a_named_function_is_asked_once_for_each_text_over_all_runs(reviews: Path) -> None:
    first, second, third = Counting("words 1"), Counting("words 1"), Counting("words 1")
    found = audit(reviews, first)
    assert {7, 40, 93} <= set(found.issues["row"].to_pylist())
    assert first.n_asked == 149  # of 150 rows, one of which is another once more
    assert audit(reviews, second).score_table.equals(found.score_table)
    assert second.n_asked == 0
    grown(reviews, 5)
    audit(reviews, third)
    assert third.n_asked == 5


def test_another_name_is_another_embedder(reviews: Path) -> None:
    audit(reviews, Counting("words 1"))
    other = Counting("words 2")
    audit(reviews, other)
    assert other.n_asked == 149


def test_of_a_function_without_a_name_nothing_is_kept_but_the_report(reviews: Path) -> None:
    first, second = Counting(), Counting()
    found = audit(reviews, first)
    found.report()
    audit(reviews, second)
    assert first.n_asked == second.n_asked == 149
    assert not list(Path(f"{reviews}.emendata").rglob("*.npy"))
    with pytest.raises(InputError, match="by a function without a name, of which nothing is kept"):
        em.Audit.reopen(f"{reviews}.emendata")


def test_a_project_is_taken_up_again_without_calling_the_function(reviews: Path) -> None:
    found = audit(reviews, Counting("words 1"))
    again = em.Audit.reopen(f"{reviews}.emendata")
    assert again.score_table.equals(found.score_table)
    assert again.propose() == found.propose()
    said = "The function 'words 1' reads column 'text', in place of our own network."
    assert again.summary.notes == found.summary.notes == (said,)


def test_features_of_ones_own_leave_nothing_to_embed(reviews: Path) -> None:
    with pytest.raises(InputError, match="Both features and embedders are given"):
        em.Audit(reviews, label="sentiment", features=np.ones((150, 2)), embedders={"text": Counting()})


def test_the_vectors_take_the_place_of_ours_beside_the_words(reviews: Path) -> None:
    blocks = audit(reviews, Counting("words 1"), project=False).features().blocks
    assert [name for name, _ in blocks] == ["text", "text", "nights"]
    assert blocks[1][1] == len(WORDS)


def test_it_is_used_in_every_mode_and_forecast(reviews: Path) -> None:
    embedder = Counting("words 1")
    planned = em.Audit(reviews, label="sentiment", embedders={"text": embedder}, mode="quick", project=False)
    assert any("sentences of 'text'" in stage for stage in planned.forecast().stages)
    assert embedder.n_asked > 0
    assert effort_for(Mode.QUICK, 150).word_pieces == 0
    within = em.Audit(reviews, label="sentiment", embedders={"text": embedder}, budget=1e9, project=False)
    assert within.mode is Mode.THOROUGH


def test_on_the_command_line_a_function_of_the_current_folder_reads_the_texts(reviews: Path) -> None:
    (reviews.parent / "mine.py").write_text(MODULE + "embed.name = 'mine 1'\n")
    words = ("--label", "sentiment", "--mode", "quick", "--embedder", "text=python:mine:embed")
    first = emendata("audit", "reviews.csv", *words, cwd=reviews.parent)
    assert (first.returncode, first.stderr) == (0, "")
    asked = (reviews.parent / "asked.txt").read_text()
    assert sum(map(int, asked.split())) == 149
    second = emendata("audit", "reviews.csv", *words, cwd=reviews.parent)
    assert second.stdout == first.stdout
    (reviews.parent / "mine.py").unlink()
    fixed = emendata("fix", "reviews.csv.emendata", cwd=reviews.parent)
    assert fixed.returncode == 0, fixed.stderr
    assert (reviews.parent / "asked.txt").read_text() == asked


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("timm:resnet18", "--embedder takes WHAT=LIBRARY:MODEL, such as --embedder image=timm:resnet18; got"),
        ("txt=python:math:sqrt", "There is no column or role 'txt'. Did you mean 'text'?"),
        (
            "text=python:mine:embed",
            "Module 'mine' of the function cannot be imported (ModuleNotFoundError: No module named 'mine').",
        ),
        ("text=timm:resnet18", "timm embeds no text columns."),
    ],
)
def test_what_cannot_be_meant_ends_in_one_sentence(word: str, message: str, reviews: Path) -> None:
    done = emendata("audit", "reviews.csv", "--label", "sentiment", "--embedder", word, cwd=reviews.parent)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {message}")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
