import dataclasses
import re
from itertools import chain

import pytest
from tests.docs.blocks import ROOT
from tools.reference import COMMAND, DOCS, check_page, commands, pages

from emendata.checks import CHECKS, Check
from emendata.cli import exits
from emendata.records import Card, CheckSummary, Column, Correction, Estimate, ModelSummary, Role, Summary

REFERENCE = DOCS / "reference"


def test_the_written_parts_say_what_the_code_says() -> None:
    stale = [page.name for page, text in pages().items() if page.read_text("utf-8") != text]
    assert not stale, f"Run: {COMMAND}"


@pytest.mark.parametrize("check", list(CHECKS), ids=lambda check: check.code)
def test_every_check_has_a_page_with_its_options_and_their_defaults(check: Check) -> None:
    page = check_page(check).read_text("utf-8")
    assert page.startswith(f"# {check.code} ")
    assert f"`{check.name}`" in page
    for field in dataclasses.fields(check):  # type: ignore[arg-type]
        assert f"| `{field.name}` | `{field.default}` |" in page


def test_every_check_is_in_the_readme_and_in_the_navigation() -> None:
    readme, navigation = ((ROOT / name).read_text("utf-8") for name in ("README.md", "mkdocs.yml"))
    for check in CHECKS:
        assert check.code in readme
        assert f"issues/{check.code}.md" in navigation


def test_every_command_and_each_of_its_options_is_in_the_reference() -> None:
    page = (REFERENCE / "cli.md").read_text("utf-8")
    assert commands()
    for name, command in commands().items():
        assert f"## emendata {name}" in page
        for word in chain.from_iterable(one.opts for one in command.params):
            assert f"`{word}`" in page or f"`{word.upper()}`" in page


def test_every_exit_code_is_explained() -> None:
    page = (REFERENCE / "exit-codes.md").read_text("utf-8")
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    explained = {int(code) for code in re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE)}
    assert explained == codes == {int(code) for code in re.findall(r"(?<=[ ;])(\d+) ", exits.HELP)}


@pytest.mark.parametrize("record", [Summary, Estimate, Column, CheckSummary, Card, ModelSummary, Correction])
def test_every_field_that_is_written_to_a_file_is_explained(record: type) -> None:
    page = (REFERENCE / "files.md").read_text("utf-8")
    missing = [field.name for field in dataclasses.fields(record) if f"`{field.name}`" not in page]
    assert not missing


def test_every_role_is_explained() -> None:
    page = (DOCS / "howto" / "roles.md").read_text("utf-8")
    assert all(f"| `{role.value}` |" in page for role in Role)
