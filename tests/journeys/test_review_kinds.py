"""Proposals of one kind, reviewed by keys and fixed as far as they are certified, through the real command."""

import json
from pathlib import Path

import pytest
from tests.corrections.goods import answer_truly, audited_goods, is_right, reopened_goods
from tests.journeys.command import emendata
from tests.journeys.test_review import press

from emendata.corrections import DecisionLog, read_patch
from emendata.records import CorrectionKind
from emendata.store import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return audited_goods(tmp_path)


def answered(project: Path, kind: CorrectionKind, n: int) -> None:
    audit = reopened_goods(project)
    queue = audit.review_proposals(kind, ["audit"])
    for _ in range(n):
        question = queue.next()
        assert question is not None
        answer_truly(queue, question)
    assert audit.project is not None
    audit.project.close()


def test_the_screen_says_what_is_proposed_and_keys_confirm_it(project: Path) -> None:
    done = press(project, "wqnx", "--kind", "set_cell", "--stream", "audit")
    assert done.returncode == 0, done.stderr
    assert "168 cell changes proposed, 168 to go" in done.stdout
    assert "0 of 0 in the sample confirmed" in done.stdout
    assert "Now " in done.stdout
    assert "   proposed " in done.stdout
    assert "Why: " in done.stdout
    assert "3 answered now, 3 decisions in all, 165 proposals to go." in done.stdout
    assert f"emendata fix {project} --certified 0.95 --kind set_cell" in done.stdout.replace("\n", "")
    events = DecisionLog(Project(project, create=False)).events
    assert [(one.kind, one.stream) for one in events] == [
        ("set_cell", "audit"),
        ("keep", "audit"),
        ("needs_review", "audit"),
    ]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("drop_duplicate", "as a duplicate of row"), ("exclude_outlier", "as an outlier")],
)
def test_a_removal_says_which_row_goes(project: Path, kind: str, said: str) -> None:
    done = press(project, "weqx", "--kind", kind)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert "Proposed leave out row" in done.stdout
    assert "W leave out row" in done.stdout
    events = DecisionLog(Project(project, create=False)).events
    assert [one.kind for one in events] == [kind, kind, "keep"]


def test_certified_cells_are_fixed_with_their_statement(project: Path) -> None:
    answered(project, "set_cell", 150)
    fixed = emendata("fix", project, "--certified", "0.8", "--confidence", "0.9", "--kind", "set_cell")
    assert fixed.returncode == 0, fixed.stderr
    assert "cell changes, you would confirm at least 80% of them" in fixed.stdout
    patch = read_patch(project / "corrections.jsonl")
    statement = json.loads((project / "corrections.certificate.json").read_text())
    assert patch.certificate == statement
    (one,) = statement["certificates"]
    assert (one["kind"], one["column"], one["n_candidates"]) == ("set_cell", None, 168)
    unseen = [change for change in patch.corrections if "decided_by" not in change.evidence]
    assert {change.kind for change in patch.corrections} == {"set_cell"}
    assert sum(map(is_right, unseen)) >= 0.8 * len(unseen)
    text = (project / "corrections.certificate.md").read_text()
    assert "## Cell changes" in text
    assert "| ring 1 |" in text


def test_each_column_has_its_certificate(project: Path) -> None:
    answered(project, "set_cell", 160)
    certified = ("--certified", "0.75", "--confidence", "0.9", "--kind", "set_cell", "--by-column")
    fixed = emendata("fix", project, *certified)
    assert fixed.returncode == 0, fixed.stderr
    assert "90% sure that all of them hold at once" in fixed.stdout
    assert "cell changes in 'city', you would confirm" in fixed.stdout
    statement = json.loads((project / "corrections.certificate.json").read_text())
    assert [one["column"] for one in statement["certificates"]] == ["city", "grade", "height", "width"]
    assert "## Cell changes in 'grade'" in (project / "corrections.certificate.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review", "goods.csv.emendata", "--kind", "cells"], "There is no kind of review 'cells'"),
        (["review", "goods.csv.emendata", "--kind", "set_cell", "--stream", "disagreement"], "no stream"),
        (["fix", "goods.csv.emendata", "--kind", "set_cell"], "Give --certified 0.95 beside them"),
        (["fix", "goods.csv.emendata", "--certified", "0.9", "--by-column"], "--kind set_cell --by-column"),
        (["fix", "goods.csv.emendata", "--certified", "0.9", "--kind", "relabel"], "kind of proposal"),
    ],
)
def test_bad_input_ends_in_one_sentence(project: Path, arguments: list[str], said: str) -> None:
    done = emendata(*arguments, cwd=project.parent)
    assert (done.returncode, done.stderr.strip().count("\n")) == (2, 0), done.stderr
    assert said in done.stderr
