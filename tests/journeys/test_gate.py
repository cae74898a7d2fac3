"""The gate through the real command: what passes, what fails, and what is written for CI."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.corrections.reviewed import answer_rightly, audited_copy, reopened
from tests.journeys.command import emendata

ARGUMENTS = ("gate", "trees.csv", "--label", "tree", "--role", "part=split", "--mode", "quick")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    audited_copy(tmp_path)
    return tmp_path


def test_limits_that_are_kept_broken_and_open(folder: Path) -> None:
    done = emendata(
        *ARGUMENTS, "--max-duplicates", "0", "--max-outliers", "5%", "--max-label-errors", "13%", cwd=folder
    )
    assert done.returncode == 5, done.stderr
    by_name = {line.split(":")[0].split()[-1]: line for line in done.stdout.splitlines() if ": " in line}
    assert by_name["exact_duplicate"].startswith("BROKEN")
    assert "3 of 602 (0.5 %), at most 0" in by_name["exact_duplicate"]
    assert by_name["outlier"].startswith("kept")
    assert "cannot be told yet label_errors" in done.stdout
    assert "reviewed rows settle it" in done.stdout
    assert emendata(*ARGUMENTS, "--max-label-errors", "90%", cwd=folder).returncode == 0
    assert emendata(*ARGUMENTS, "--max-label-errors", "1", cwd=folder).returncode == 5
    assert emendata(*ARGUMENTS, "--max-label-errors", "13%", cwd=folder).returncode == 0
    assert emendata(*ARGUMENTS, "--max-label-errors", "13%", "--fail-undecided", cwd=folder).returncode == 5


def test_reviewed_rows_settle_what_was_open(folder: Path) -> None:
    audit = reopened(folder / "trees.csv.emendata")
    queue = audit.review(["audit"])
    for _ in range(300):
        question = queue.next()
        assert question is not None
        answer_rightly(queue, question)
    settled = emendata(*ARGUMENTS, "--max-label-errors", "16%", cwd=folder)
    assert settled.returncode == 0
    assert settled.stdout.startswith("kept      label_errors")


def test_what_is_written_for_ci_names_lines_and_rules(folder: Path) -> None:
    written = ("--junit", "gate.xml", "--sarif", "gate.sarif", "--markdown", "gate.md")
    done = emendata(
        *ARGUMENTS, "--max", "EM301=0", "--max", "missing_values=0", "--max-leaks", "0", *written, cwd=folder
    )
    assert done.returncode == 5
    suite = ET.parse(folder / "gate.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["exact_duplicate"]
    run = json.loads((folder / "gate.sarif").read_text())["runs"][0]
    twins = [result for result in run["results"] if result["ruleId"] == "EM301"]
    assert {result["level"] for result in twins} == {"error"}
    places = [result["locations"][0]["physicalLocation"] for result in twins]
    assert {place["artifactLocation"]["uri"] for place in places} == {"trees.csv"}
    lines = (folder / "trees.csv").read_text().splitlines()
    assert {lines[place["region"]["startLine"] - 1].partition(",")[2] for place in places} == {
        lines[6].partition(",")[2]
    }
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {
        result["ruleId"] for result in run["results"]
    }
    assert "| exact_duplicate | 0 | 3 of 602 (0.5 %) | **BROKEN** |" in (folder / "gate.md").read_text()


@pytest.mark.long
def test_with_a_baseline_only_what_is_new_counts(folder: Path) -> None:
    written = emendata(*ARGUMENTS, "--write-baseline", "known.json", cwd=folder)
    assert written.returncode == 0
    known = json.loads((folder / "known.json").read_text())
    assert known["issues"] == sorted(known["issues"])
    again = emendata(
        *ARGUMENTS, "--max-duplicates", "0", "--max-label-errors", "0", "--baseline", "known.json", cwd=folder
    )
    assert again.returncode == 0, again.stdout
    assert "0 of 602 (0 %), and 3 that are known" in again.stdout
    lines = (folder / "trees.csv").read_text().splitlines()
    more = [*lines, "T999" + lines[1][4:]]
    (folder / "trees.csv").write_text(
        "\n".join([more[0], *more[2:], more[1], ""])
    )  # in another order as well
    grown = emendata(*ARGUMENTS, "--max-duplicates", "0", "--baseline", "known.json", cwd=folder)
    assert grown.returncode == 5
    assert "BROKEN    exact_duplicate: 2 of 603 (0.3 %), and 3 that are known" in grown.stdout


@pytest.mark.long
def test_limits_stand_in_a_file_and_the_command_line_comes_first(folder: Path) -> None:
    (folder / "emendata.toml").write_text('[gate]\nexact_duplicate = 0\nlabel_errors = "90%"\n')
    assert emendata(*ARGUMENTS, cwd=folder).returncode == 5
    assert emendata(*ARGUMENTS, "--max-duplicates", "3", cwd=folder).returncode == 0
    (folder / "emendata.toml").write_text("[gate]\nexact_duplicat = 0\n")
    wrong = emendata(*ARGUMENTS, cwd=folder)
    assert wrong.returncode == 2
    assert "Did you mean 'exact_duplicate'" in wrong.stderr
    assert "emendata.toml" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "No limit is given"),
        (("--max-outliers", "many"), 2, "Give a number of rows"),
        (("--max-outliers", "120%"), 2, "Give a number of rows"),
        (("--max", "outlire=3"), 2, "Did you mean 'outlier'"),
        (("--max", "outlier"), 2, "CHECK=LIMIT"),
        (("--max-outliers", "1", "--baseline", "trees.csv"), 2, "trees.csv is no baseline"),
        (("--max-outliers", "99%", "--junit", "nowhere/gate.xml"), 3, "folder does not exist"),
    ],
)
def test_bad_input_ends_in_one_sentence(
    folder: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = emendata(*ARGUMENTS, *arguments, cwd=folder)
    assert (done.returncode, done.stderr.strip().count("\n")) == (code, 0), done.stderr
    assert said in done.stderr


def test_a_check_that_was_left_out_is_not_a_check_that_found_nothing(folder: Path) -> None:
    (folder / "emendata.toml").write_text('ignore = ["exact_duplicate"]\n')
    done = emendata(*ARGUMENTS, "--max-duplicates", "0", cwd=folder)
    assert done.returncode == 5
    assert "The check was left out." in done.stdout
