"""A table with known wrong cells, copies and strange rows, audited, and people who answer questions about it."""

import csv
import shutil
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from emendata.audit import Audit
from emendata.corrections import ProposalQueue, Question
from emendata.records import Correction

__all__ = ["answer_truly", "audited_goods", "is_right", "reopened_goods"]

_N, _N_COPIES, _N_STRANGE = 900, 60, 12
_FOLDER = tempfile.TemporaryDirectory()
_CITIES = {"Amsterdam": "Netherlands", "Barcelona": "Spain", "Copenhagen": "Denmark", "Manchester": "England"}
_COLUMNS = ("city", "country", "grade", "width", "height", "part")
_GRADES = ("premium", "standard", "economical")


@cache
def _tables() -> tuple[list[list[str]], list[list[str]]]:
    """Rows as they are given and as they are right: misspelt cities and grades, copies and rows far from all others."""
    rng = np.random.default_rng(11)
    cities = list(_CITIES)
    size = rng.normal(size=(_N, 2))
    size[rng.choice(_N, _N_STRANGE, replace=False)] = rng.choice([-1, 1], (_N_STRANGE, 2)) * rng.uniform(
        30, 90, (_N_STRANGE, 2)
    )
    true = []
    for i in range(_N):
        city = cities[int(rng.integers(4))]
        part = "test" if i % 10 == 9 else "train"
        true.append(
            [city, _CITIES[city], _GRADES[int(rng.integers(3))], *(f"{x:.4f}" for x in size[i]), part]
        )
    given = [row.copy() for row in true]
    for column, n in ((0, 110), (2, 60)):
        for row in rng.choice(_N, n, replace=False).tolist():
            word = given[row][column]
            place = int(rng.integers(2, len(word) - 2))
            given[row][column] = word[:place] + "bfgkqvwxyz"[int(rng.integers(10))] + word[place + 1 :]
            if n == 60 and row % 6 == 0:
                true[row][column] = given[row][column]  # somebody says that this is a grade of its own
    copied = rng.choice(_N, _N_COPIES, replace=False).tolist()
    return given + [given[row] for row in copied], true + [true[row] for row in copied]


def audited_goods(folder: Path) -> Path:
    """Return the project of the audited table ``goods.csv`` in a folder of one's own."""
    shutil.copytree(_audited(), folder, dirs_exist_ok=True)
    return folder / "goods.csv.emendata"


def reopened_goods(project: Path) -> Audit:
    """Take up the audit, wherever its folder is now."""
    file = project.with_name("goods.csv")
    return Audit(
        file, roles={"part": "split", "city": "category", "grade": "category"}, mode="quick", project=project
    ).run()


def is_right(proposal: Correction) -> bool:
    """Tell whether somebody who knows the truth would make a change."""
    _, true = _tables()
    if proposal.column is not None:
        return str(proposal.new) == true[proposal.row][_COLUMNS.index(proposal.column)]
    if proposal.kind == "drop_duplicate":
        return proposal.row >= _N
    return any(abs(float(cell)) > 20 for cell in true[proposal.row][3:5])


def answer_truly(queue: ProposalQueue, question: Question) -> None:
    """Answer as somebody who knows the truth."""
    assert question.proposal is not None
    if is_right(question.proposal):
        queue.answer(question, question.proposal.kind, question.proposal.new)
    else:
        queue.answer(question, "keep")


@cache
def _audited() -> Path:
    folder = Path(_FOLDER.name)
    with (folder / "goods.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_tables()[0])
    kept = reopened_goods(folder / "goods.csv.emendata").project
    assert kept is not None
    kept.close()
    return folder
