import json
from pathlib import Path

import pytest

from emendata.errors import InputError
from emendata.gate import read_baseline, write_baseline

ISSUES: list[dict[str, str | None]] = [
    {"check": "typo", "id": "r9", "column": "city"},
    {"check": "outlier", "id": "r7", "column": None},
    {"check": "outlier", "id": "r7", "column": None},
]


def test_issues_stand_one_a_line_sorted_and_once(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    assert write_baseline(file, "trees.csv", ISSUES) == 2
    lines = [line.strip(' ",') for line in file.read_text().splitlines()]
    assert [line for line in lines if " r" in line] == ["outlier r7", "typo r9 city"]
    write_baseline(tmp_path / "again.json", "trees.csv", ISSUES[::-1])
    assert (tmp_path / "again.json").read_bytes() == file.read_bytes()


def test_what_no_check_looked_at_is_not_gone(tmp_path: Path) -> None:
    write_baseline(tmp_path / "known.json", "trees.csv", ISSUES)
    known = read_baseline(tmp_path / "known.json", "trees.csv")
    assert known.n_gone([], {"outlier", "typo"}) == 2
    assert known.n_gone([], {"outlier"}) == 1
    assert known.n_gone(ISSUES[:1], {"outlier", "typo"}) == 1


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "is no baseline"),
        ({"emendata_baseline": 1, "issues": []}, "is no baseline"),
        ({"emendata_baseline": 2, "source": "trees.csv", "issues": []}, "of version 2"),
        ({"emendata_baseline": 1, "source": "trees.csv", "issues": [3]}, "no list of texts"),
        ({"emendata_baseline": 1, "source": "pets.csv", "issues": []}, "of pets.csv, not of trees.csv"),
    ],
)
def test_what_is_not_the_baseline_of_this_dataset_is_refused(
    document: object, said: str, tmp_path: Path
) -> None:
    (tmp_path / "known.json").write_text(json.dumps(document))
    with pytest.raises(InputError, match=said):
        read_baseline(tmp_path / "known.json", "trees.csv")
