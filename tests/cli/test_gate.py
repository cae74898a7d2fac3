"""The gate on inputs that nearly go wrong: nothing passes unseen, and nothing is written over the data."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pre_commit.clientlib import load_manifest
from tests.corrections.reviewed import audited_copy
from typer.testing import CliRunner

from emendata.cli import exits
from emendata.cli.app import app

ROOT = Path(__file__).parent.parent.parent
TREES = ("trees.csv", "--label", "tree", "--role", "part=split", "--mode", "quick")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    audited_copy(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gate(*words: str) -> tuple[int, str]:
    """Return how the command ends, and what it says or the sentence of its error."""
    done = CliRunner().invoke(app, ["gate", *words], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return exits.explain(done.exception)
    return int(done.return_value or done.exit_code), done.stdout


def test_a_limit_on_label_errors_without_labels_does_not_pass(folder: Path) -> None:
    code, said = gate("trees.csv", "--mode", "quick", "--project", "other", "--max-label-errors", "99%")
    assert code == 2
    assert "no column holds labels" in said


def test_what_was_left_out_is_broken_and_has_no_count(folder: Path) -> None:
    code, said = gate(*TREES, "--ignore", "EM301", "--max-duplicates", "5")
    assert code == 5
    assert said.startswith("BROKEN    exact_duplicate: not looked at, at most 5")
    assert "0 of 602" not in said


def test_label_errors_that_no_check_looked_at_are_broken(folder: Path) -> None:
    assert gate(*TREES, "--ignore", "wrong_label", "--max-label-errors", "99%")[0] == 5


def test_a_baseline_of_another_file_hides_nothing(folder: Path) -> None:
    assert gate(*TREES, "--write-baseline", "known.json")[0] == 0
    shutil.copy("trees.csv", "shrubs.csv")
    code, said = gate("shrubs.csv", *TREES[1:], "--max-duplicates", "0", "--baseline", "known.json")
    assert code == 2
    assert "baseline of trees.csv, not of shrubs.csv" in said


def test_a_check_that_did_not_run_leaves_its_known_issues_known(folder: Path) -> None:
    gate(*TREES, "--write-baseline", "known.json")
    gone = gate(*TREES, "--ignore", "exact_duplicate", "--max-outliers", "99%", "--baseline", "known.json")
    assert gone[0] == 0
    assert "are gone" not in gone[1]


@pytest.mark.parametrize("option", ["--write-baseline", "--junit", "--sarif", "--markdown"])
def test_nothing_is_written_over_the_data(folder: Path, option: str) -> None:
    before = Path("trees.csv").read_bytes()
    Path("link.csv").symlink_to("trees.csv")
    for name in ("trees.csv", "link.csv"):
        code, said = gate(*TREES, "--max-outliers", "99%", option, name)
        if option == "--write-baseline":
            code, said = gate(*TREES, option, name)
        assert (code, "originals are never changed" in said) == (2, True)
    assert Path("trees.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--write-baseline", "k.json", "--junit", "g.xml"), "nothing is judged"),
        (("--max-outliers", "9", "--junit", "g", "--sarif", "./g"), "Two results would go to one file"),
        (("--max-outliers", "-1"), "Give a number of rows"),
        (("--max-outliers", "2%%"), "Give a number of rows"),
        (("--max", "outlier="), "Give a number of rows"),
        (("--max-outliers", "9", "--baseline", "none.json"), "There is no file none.json"),
    ],
)
def test_what_cannot_be_meant_ends_in_one_sentence(folder: Path, words: tuple[str, ...], said: str) -> None:
    code, sentence = gate(*TREES, *words)
    assert code == 2
    assert said in sentence
    assert "\n" not in sentence
    assert not Path("k.json").exists()


def test_a_file_of_another_encoding_and_separator_is_judged(folder: Path) -> None:
    text = "tag;kind\n" + "".join(f"{i};caf\u00e9\n" for i in range(30)) + "30;\n"
    Path("caf.csv").write_bytes(text.encode("latin-1"))
    words = ("--encoding", "latin-1", "--delimiter", ";", "--mode", "quick", "--role", "kind=category")
    code, said = gate("caf.csv", *words, "--max-missing", "0")
    assert code == 5
    assert "1 of 31 (3.2 %)" in said


def test_the_action_ends_as_the_gate_does_and_fills_the_summary(folder: Path) -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    (folder / "a*b.csv").write_bytes((folder / "trees.csv").read_bytes())
    command = folder / "emendata"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m emendata "$@"\n')
    command.chmod(0o755)
    summary = folder / "summary.md"
    env = os.environ | {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(summary),
        "EMENDATA_FILE": "a*b.csv",
        "EMENDATA_ARGUMENTS": "--label tree --mode quick --max-duplicates 0",
    }
    script = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", steps[-1]["run"]]
    done = subprocess.run(script, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 5, done.stderr
    assert summary.read_text() == (folder / "gate.md").read_text()
    assert "**BROKEN**" in summary.read_text()
    place = json.loads((folder / "gate.sarif").read_text())["runs"][0]["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "a%2Ab.csv"


def test_the_hook_runs_as_its_page_says(folder: Path) -> None:
    (hook,) = load_manifest(ROOT / ".pre-commit-hooks.yaml")
    assert hook["pass_filenames"] is False  # two files that changed would be two arguments
    page = (ROOT / "docs" / "howto" / "gate.md").read_text()
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "repos:" in block]
    (used,) = yaml.safe_load(example)["repos"][0]["hooks"]
    assert used["id"] == hook["id"]
    Path("data").mkdir()
    Path("data/reviews.csv").write_text(Path("trees.csv").read_text().replace(",tree\n", ",sentiment\n"))
    Path("emendata.toml").write_text("[gate]\nexact_duplicate = 0\n")
    assert hook["entry"].split()[1:] == ["gate"]
    assert gate(*used["args"], "--mode", "quick")[0] == 5
