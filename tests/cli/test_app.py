"""The commands as a person finds them: what their help and their lists say."""

import dataclasses
import re

import pytest
import typer
from typer.testing import CliRunner

from emendata import __version__
from emendata.checks import CHECKS
from emendata.cli.app import app


def said(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb"}).invoke(app, list(words))
    assert done.exit_code == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", done.output)


def commands() -> list[str]:
    names = [command.callback.__name__ for command in app.registered_commands if command.callback]
    assert names == [
        *("audit", "studio", "review", "fix", "apply", "export", "compare", "gate", "rules"),
        *("decide", "decisions", "checks"),
    ]
    return names


@pytest.mark.parametrize("command", commands())
def test_every_command_has_an_example_of_itself_in_its_help(command: str) -> None:
    for flag in ("--help", "-h"):
        text = said(command, flag)
        assert re.search(rf"emendata {command}\b", text.split("Example", 1)[1])


@pytest.mark.parametrize("command", commands())
def test_every_option_says_what_it_does(command: str) -> None:
    made = typer.main.get_command(app)
    params = made.commands[command].params  # type: ignore[attr-defined]
    assert all(param.help.endswith((".", "CSV.")) for param in params if param.name != "help")


def test_the_help_lists_the_commands_where_to_start_and_the_exit_codes() -> None:
    text = said("--help")
    assert "Start with: emendata audit reviews.csv --label sentiment" in text
    listed = {command for command in commands() if re.search(rf"^│ {command}\b", text, re.MULTILINE)}
    assert listed == set(commands())
    assert "Exit codes: 0 done;" in text


def test_the_version_is_that_of_the_package() -> None:
    assert said("--version") == f"emendata {__version__}\n"


def test_checks_lists_every_check_with_its_options_and_their_defaults() -> None:
    lines = said("checks").splitlines()
    wanted = []
    for check in CHECKS:
        wanted.append(f"{check.code} {check.name} {check.title}")
        wanted += [
            f"{field.name} = {field.default}: {field.metadata['help']}"
            for field in dataclasses.fields(check)  # type: ignore[arg-type]
        ]
    assert [" ".join(line.split()) for line in lines] == wanted
