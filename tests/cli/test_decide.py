"""Deciding about many rows from the command line."""

from pathlib import Path

import pytest
from tests.corrections.reviewed import audited_copy
from typer.testing import CliRunner

from emendata.cli.app import app
from emendata.corrections import DecisionLog
from emendata.store import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return audited_copy(tmp_path)


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return done.exit_code, done.output + str(done.exception or "")


def test_all_rows_under_conditions_are_changed_and_taken_back(project: Path) -> None:
    conditions = ("--where", "check=wrong_label", "--where", "score<0.3")
    code, said = run("decide", project, *conditions, "--accept", "--dry-run")
    assert (code, "Decided" in said) == (0, False)
    code, said = run("decide", project, *conditions, "--accept", "--reason", "sure")
    assert code == 0
    log = DecisionLog(Project(project, create=False))
    assert f"Decided  {len(log.standing):,}" in said
    assert {(event.kind, event.reason, event.stream) for event in log.events} == {("relabel", "sure", "bulk")}
    assert run("decisions", project, "--undo", "last")[0] == 0
    log.refresh()
    assert not log.standing
    assert "which 0 are changed" not in run("decide", project, "--row", "0", "--exclude", "--include-test")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--row", "0"), "Say what becomes of the rows"),
        (("--row", "0", "--keep", "--exclude"), "Say what becomes of the rows"),
        (("--keep",), "Say which rows"),
        (("--row", "99999", "--keep"), "Rows run from 0"),
        (("--where", "gven=x", "--keep"), "Did you mean 'given'"),
    ],
)
def test_what_is_missing_is_said(project: Path, arguments: tuple[str, ...], said: str) -> None:
    code, output = run("decide", project, *arguments)
    assert code != 0
    assert said in output
