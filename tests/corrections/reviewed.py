"""A table with known wrong labels, audited, and people who answer questions about it."""

import csv
import shutil
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from emendata.audit import Audit
from emendata.corrections import Question, ReviewQueue

__all__ = ["TRUTH", "answer_rightly", "audited_copy", "reopened"]

_N, _N_TEST = 600, 60
_FOLDER = tempfile.TemporaryDirectory()
_CLASSES = ("ash", "elm", "oak")


def _rows() -> tuple[list[list[str]], list[str]]:
    """600 trees of three kinds, 72 of them with a wrong label; row 601 and 602 are row 5 once more, all three wrong."""
    rng = np.random.default_rng(7)
    true = rng.integers(0, 3, _N)
    points = rng.normal(size=(_N, 4)) + 2.2 * np.eye(3, 4)[true]
    given = true.copy()
    wrong = np.union1d(rng.choice(_N, 70, replace=False), [5, 6])
    given[wrong] = (given[wrong] + rng.integers(1, 3, len(wrong))) % 3
    order = [*range(_N), 5, 5]
    rows = [
        [f"T{i:03d}", *(f"{value:.3f}" for value in points[row]), "test" if row >= _N - _N_TEST else "train",
         _CLASSES[given[row]]]
        for i, row in enumerate(order)
    ]  # fmt: skip
    return rows, [_CLASSES[true[row]] for row in order]


TRUTH: tuple[str, ...] = tuple(_rows()[1])
"""The right label of each row."""


def audited_copy(folder: Path) -> Path:
    """Return the project of the audited table ``trees.csv`` in a folder of one's own."""
    shutil.copytree(_audited(), folder, dirs_exist_ok=True)
    project = folder / "trees.csv.emendata"
    kept = reopened(project).project
    assert kept is not None
    kept.close()
    return project


def reopened(project: Path) -> Audit:
    """Take up the audit, wherever its folder is now."""
    file = project.with_name("trees.csv")
    return Audit(file, label="tree", roles={"part": "split"}, mode="quick", project=project).run()


def answer_rightly(queue: ReviewQueue, question: Question) -> None:
    """Answer as somebody who knows the truth."""
    if question.subject.column != "tree":
        queue.answer(question, "keep")
        return
    true = TRUTH[question.subject.row]
    if true == question.given:
        queue.answer(question, "keep")
    else:
        queue.answer(question, "relabel", true)


@cache
def _audited() -> Path:
    folder = Path(_FOLDER.name)
    with (folder / "trees.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["tag", "girth", "height", "leaf", "bark", "part", "tree"])
        writer.writerows(_rows()[0])
    reopened(folder / "trees.csv.emendata")
    return folder
