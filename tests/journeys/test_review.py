"""A review through the real command, by keys: what is pressed is kept, and becomes a patch."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.corrections.reviewed import TRUTH, audited_copy, reopened
from tests.journeys.command import emendata

from emendata.corrections import DecisionLog
from emendata.store import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return audited_copy(tmp_path)


def press(project: Path, keys: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Review with these keys as the input."""
    command = [sys.executable, "-m", "emendata", "review", str(project), *options]
    return subprocess.run(
        command, input=keys, capture_output=True, text=True, env={**os.environ, "COLUMNS": "110"}, check=False
    )


def events(project: Path) -> list[tuple[str, str, str]]:
    return [(e.action, e.kind, e.origin) for e in DecisionLog(Project(project, create=False)).events]


def test_each_key_is_a_decision_that_is_kept(project: Path) -> None:
    done = press(project, "wqn0bex", "--stream", "worst")
    assert done.returncode == 0, done.stderr
    kinds = ["relabel", "keep", "needs_review", "neither_right", "both_right", "exclude"]
    assert events(project) == [("decided", kind, "terminal") for kind in kinds]
    assert "6 answered now, 6 decisions in all" in done.stdout
    again = press(project, "x", "--stream", "worst")
    assert "0 answered now, 6 decisions in all" in again.stdout


def test_undo_redo_comment_and_a_typed_class(project: Path) -> None:
    done = press(project, "wzZzcLooks odd\nlOAK\nx", "--stream", "worst", "--by", "eve")
    assert done.returncode == 0, done.stderr
    log = DecisionLog(Project(project, create=False))
    assert [e.action for e in log.events] == ["decided", "undone", "undone", "undone", "decided", "decided"]
    assert {e.by for e in log.events} == {"eve"}
    comment, relabel = log.events[-2:]
    assert (comment.kind, comment.reason) == ("comment", "Looks odd")
    assert relabel.kind in ("relabel", "keep")
    assert relabel.new in ("oak", None)


def test_what_cannot_be_done_is_said_and_the_question_stays(project: Path) -> None:
    done = press(project, "9zlpine\n?qx", "--stream", "worst")
    assert "There is no choice 9." in done.stdout
    assert "There is no decision of yours to take back." in done.stdout
    assert "There is no class 'pine'" in done.stdout
    assert "take the suggestion" in done.stdout
    assert [kind for _, kind, _ in events(project)] == ["keep"]


def test_the_screen_says_what_is_asked_and_why(project: Path) -> None:
    shown = press(project, "x", "--stream", "worst").stdout
    for words in (
        "flagged to go",
        "Given",
        "suggested",
        "Probably wrong label",
        "Nearest rows",
        "W ",
        "Q keep",
    ):
        assert words in shown
    assert "girth" in shown


@pytest.mark.long
def test_what_was_decided_becomes_a_patch_and_nothing_else_does(project: Path) -> None:
    assert press(project, "wwwqx", "--stream", "worst").returncode == 0
    fixed = emendata("fix", project, "--reviewed")
    assert fixed.returncode == 0, fixed.stderr
    assert "3 decided by people." in fixed.stdout
    patch = project / "corrections.jsonl"
    lines = [json.loads(line) for line in patch.read_text().splitlines()[1:]]
    assert len(lines) >= 3
    assert all(line["evidence"]["decided_by"] for line in lines)
    corrected = project.parent / "right.csv"
    assert emendata("apply", patch, project.parent / "trees.csv", "-o", corrected).returncode == 0
    again = project.parent / "again.csv"
    assert emendata("apply", patch, corrected, "-o", again, "--revert").returncode == 0
    assert again.read_bytes() == (project.parent / "trees.csv").read_bytes()


@pytest.mark.long
def test_fix_says_what_nobody_looked_at(project: Path) -> None:
    plain = emendata("fix", project)
    assert "nobody looked at them and nothing certifies them" in plain.stdout
    all_of_them = emendata("fix", project, "--accept-suggestions", "--only", "relabel")
    rows = [json.loads(line) for line in (project / "corrections.jsonl").read_text().splitlines()[1:]]
    assert all_of_them.returncode == 0
    assert not any(540 <= row["row"] < 600 for row in rows)  # the test split
    n_train = len(rows)
    assert (
        emendata("fix", project, "--accept-suggestions", "--only", "relabel", "--include-test").returncode
        == 0
    )
    assert len((project / "corrections.jsonl").read_text().splitlines()) - 1 > n_train
    both = emendata("fix", project, "--reviewed", "--certified", "0.9")
    assert both.returncode == 2
    assert "Give one" in both.stderr


def test_a_certified_fix_writes_its_statement(project: Path) -> None:
    audit = reopened(project)
    queue = audit.review(["audit"])
    for _ in range(250):
        question = queue.next()
        assert question is not None
        true = TRUTH[question.subject.row]
        queue.answer(
            question,
            "keep" if true == question.given else "relabel",
            None if true == question.given else true,
        )
    fixed = emendata("fix", project, "--certified", "0.8", "--confidence", "0.9")
    assert fixed.returncode == 0, fixed.stderr
    assert "If we could ask you about all" in fixed.stdout
    statement = json.loads((project / "corrections.certificate.json").read_text())
    head = json.loads((project / "corrections.jsonl").read_text().splitlines()[0])
    assert head["emendata_patch"] == 2
    assert head["certificate"] == statement
    text = (project / "corrections.certificate.md").read_text()
    assert "| proposals, ring 1 |" in text
    assert f"at most {statement['most_errors_left']:,} are wrong" in text


@pytest.mark.long
def test_decisions_are_listed_exported_merged_and_taken_back(project: Path, tmp_path: Path) -> None:
    assert press(project, "wqx", "--stream", "worst").returncode == 0
    exported = emendata("decisions", project, "--export", tmp_path / "log.jsonl")
    assert "Written  2 events" in exported.stdout
    other = tmp_path / "other"
    other.mkdir()
    emptied = audited_copy(other)
    assert "Added    2 events" in emendata("decisions", emptied, "--merge", tmp_path / "log.jsonl").stdout
    undone = emendata("decisions", emptied, "--undo", "last")
    assert "(taken back)" in undone.stdout
    assert "1 decisions stand" in undone.stdout
    wrong = emendata("decisions", emptied, "--undo", "zzz")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_on_a_terminal_single_keys_are_enough(project: Path) -> None:
    """A real terminal: no line end is needed, and pictures of keys are drawn."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(COLUMNS="100", LINES="40", TERM="xterm-256color")
        os.execv(
            sys.executable, [sys.executable, "-m", "emendata", "review", str(project), "--stream", "worst"]
        )
    shown = read_until(terminal, b" stop ")
    assert b"Given" in shown
    os.write(terminal, b"w")
    assert b"1 answered" in read_until(terminal, b" stop ")
    os.write(terminal, b"x")
    assert b"1 answered now" in read_until(terminal, b"Next")
    os.waitpid(pid, 0)
    assert events(project) == [("decided", "relabel", "terminal")]


def read_until(terminal: int, words: bytes) -> bytes:
    shown, end = b"", time.monotonic() + 60
    while words not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # the other end is gone
                break
    assert words in shown, shown
    return shown


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["review", "nowhere"], 4, "no emendata project"),
        (["review", "trees.csv.emendata", "--stream", "wurst"], 2, "Did you mean 'worst'"),
        (["fix", "trees.csv.emendata", "--certified", "95"], 2, "lies between 0 and 1"),
        (["decisions", "trees.csv.emendata", "--merge", "trees.csv"], 2, "Line 1 of trees.csv is no event"),
        (
            ["compare", "trees.csv.emendata", "trees.csv"],
            2,
            "rows of the test split of the sample are reviewed",
        ),
        (["compare", "trees.csv.emendata", "nothing.csv", "--trust-test"], 2, "nothing.csv"),
    ],
)
def test_bad_input_ends_in_one_sentence(project: Path, arguments: list[str], code: int, said: str) -> None:
    done = emendata(*arguments, cwd=project.parent)
    assert (done.returncode, done.stderr.strip().count("\n")) == (code, 0), done.stderr
    assert said in done.stderr


@pytest.mark.long
def test_compare_says_whether_a_model_got_better(project: Path) -> None:
    rows = (project.parent / "trees.csv").read_text().splitlines()
    right = [
        rows[0],
        *(f"{line.rpartition(',')[0]},{true}" for line, true in zip(rows[1:], TRUTH, strict=True)),
    ]
    clean = project.parent / "clean.csv"
    clean.write_text("\n".join(right) + "\n")
    told = emendata("compare", project, clean, "--trust-test", "--repeats", "2", "--json")
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["n_relabeled"] == sum(a != b for a, b in zip(rows, right, strict=True))
    assert found["n_removed"] == 0
    assert 30 <= found["n_rows"] <= 60
    assert found["low"] <= found["difference"] <= found["high"]
    assert abs(found["after"] - found["before"] - found["difference"]) < 1e-9
    said = emendata("compare", project, clean, "--trust-test", "--repeats", "2").stdout
    assert "rows whose labels are known (the test split)" in said
