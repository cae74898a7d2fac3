import re
import tomllib
from pathlib import Path

import pytest
from tests.docs.blocks import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|toml|yml|py))`")
_FENCED = re.compile(r"```.*?```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_page_leads_to_one(page: Path) -> None:
    for target, anchor in _LINK.findall(_FENCED.sub("", page.read_text("utf-8"))):
        goal = (page.parent / target).resolve() if target else page
        assert goal.exists(), f"{page.name} links to {target}"
        if anchor and goal.suffix == ".md":
            assert anchor in anchors(goal), f"{page.name} links to {target}#{anchor}"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text("utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    here = _FENCED.sub("", text.partition("## What is not there yet")[0])
    homes = (ROOT, ROOT / "src" / "emendata")
    named = _PATH.findall(here)
    assert len(named) > 20
    assert not [name for name in named if not any((home / name).exists() for home in homes)]


def test_what_the_architecture_says_is_not_there_yet_is_not_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## What is not there yet")[2]
    rooms = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert rooms
    assert not [room for room in rooms if (ROOT / "src" / "emendata" / room).exists()]


def test_the_floors_of_the_architecture_are_those_that_are_enforced() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = next(one["layers"] for one in config["tool"]["importlinter"]["contracts"] if "layers" in one)
    enforced = [{room.strip() for room in floor.split("|")} for floor in layers]
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("## The floors")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", table, flags=re.MULTILINE)
    drawn: dict[int, set[str]] = {}
    for floor, cell in rows:
        drawn.setdefault(int(floor), set()).update(re.findall(r"`(\w+)", cell))
    assert [drawn[floor] for floor in sorted(drawn, reverse=True)] == enforced


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    commands = re.findall(r"```sh\n(make [a-z-]+)\n```", (ROOT / "README.md").read_text("utf-8"))
    assert commands[:2] == ["make demo", "make test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(f"\n{command.removeprefix('make ')}:" in makefile for command in commands)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"`make ([a-z-]+)`", (ROOT / page).read_text("utf-8"))
    assert not [target for target in named if f"\n{target}:" not in makefile]
