"""The parts of the documentation that say again what the code says: written from the code.

    python -m tools.reference [--check]

Writes docs/reference/cli.md and docs/reference/summary.schema.json, and in other pages whatever stands between
``<!-- begin NAME -->`` and ``<!-- end NAME -->``: the list of checks, and each check's options. With ``--check``
nothing is written and a page that is not what it should be ends the command with status 1.
"""

import argparse
import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from tools.schema import summary_schema_text

from emendata.checks import CHECKS, Check
from emendata.cli import exits
from emendata.cli.app import app

__all__ = ["COMMAND", "DOCS", "check_page", "commands", "pages"]

COMMAND = "python -m tools.reference"
DOCS = Path(__file__).resolve().parent.parent / "docs"


def pages(docs: Path = DOCS) -> dict[Path, str]:
    """Return the text that each page with written parts should have."""
    wanted = {
        docs / "reference" / "cli.md": cli_page(),
        docs / "reference" / "summary.schema.json": summary_schema_text(),
    }
    wanted[docs / "issues" / "index.md"] = filled(docs / "issues" / "index.md", {"checks": checks_table()})
    for check in CHECKS:
        page = check_page(check, docs)
        wanted[page] = filled(page, {"facts": facts_table(check), "options": options_table(check)})
    return wanted


def check_page(check: Check, docs: Path = DOCS) -> Path:
    """Return where the page of a check belongs."""
    return docs / "issues" / f"{check.code}.md"


def commands() -> Mapping[str, Any]:
    """Return the commands of the command line by name, in the order of its help."""
    found: Mapping[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return found


def filled(page: Path, parts: Mapping[str, str]) -> str:
    """Return the text of a page with each part put between its marks."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for name, part in parts.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        if begin not in text or end not in text:
            raise SystemExit(f"{page} must have the two lines {begin} and {end}.")
        before, after = text.split(begin)[0], text.split(end)[1]
        text = f"{before}{begin}\n{part}\n{end}{after}"
    return text


def checks_table() -> str:
    lines = [
        f"| [{check.code}]({check.code}.md) | `{check.name}` | {check.title} | {check.severity} |"
        for check in sorted(CHECKS, key=lambda check: check.code)
    ]
    return table("| code | name | finds | severity |", lines)


def facts_table(check: Check) -> str:
    needs = ", ".join(check.needs)
    wants = f"; uses if there: {', '.join(check.wants)}" if check.wants else ""
    lines = [
        f"| name | `{check.name}` |",
        f"| severity | {check.severity} |",
        f"| needs | {needs}{wants} |",
    ]
    return table(f"| code | `{check.code}` |", lines)


def options_table(check: Check) -> str:
    lines = [
        f"| `{field.name}` | `{field.default}` | {span(field.metadata)} | {field.metadata['help']} |"
        for field in dataclasses.fields(check)  # type: ignore[arg-type]
    ]
    return table("| option | default | from – to | meaning |", lines) if lines else "It has no options."


def span(metadata: Mapping[str, Any]) -> str:
    low, high = (metadata.get(bound) for bound in ("ge", "le"))
    return f"{'' if low is None else f'{low:g}'} – {'' if high is None else f'{high:g}'}".strip()


def cli_page() -> str:
    parts = [
        "# Command line",
        f"<!-- Written by `{COMMAND}`: change the commands, not this page. -->",
        "`emendata COMMAND --help` says the same in the terminal. `emendata --debug COMMAND …` shows the traceback "
        "of an error, `emendata --version` the version.",
        *(part for name, command in commands().items() for part in command_section(name, command)),
        "## Exit codes",
        exits.HELP,
        "See [exit codes](exit-codes.md) for what to do about each.",
    ]
    return "\n\n".join(parts) + "\n"


def command_section(name: str, command: Any) -> Iterator[str]:
    prose, examples = divided(inspect.cleandoc(command.help or ""))
    arguments = [one for one in command.params if not one.opts[0].startswith("-")]
    options = [one for one in command.params if one.opts[0].startswith("-")]
    yield f"## emendata {name}"
    words = [one.opts[0].upper() for one in arguments]
    words += [f"{one.opts[0]} …" for one in options if one.required]
    yield f"```text\n{' '.join(['emendata', name, *words])}\n```"
    yield prose
    if arguments:
        yield table(
            "| argument | meaning |", [f"| `{one.opts[0].upper()}` | {one.help} |" for one in arguments]
        )
    if options:
        yield table("| option | default | meaning |", [option_line(one) for one in options])
    if examples:
        yield "```sh\n" + "\n".join(examples) + "\n```"


def divided(text: str) -> tuple[str, list[str]]:
    """Divide a help text into its prose and the commands of its examples."""
    prose, _, examples = re.sub(r"^Example: ", "Examples\n--------\n", text, flags=re.M).partition(
        "Examples\n"
    )
    return prose.strip(), re.findall(r"`(emendata [^`]+)`", examples)


def option_line(one: Any) -> str:
    names = ", ".join(f"`{word}`" for word in one.opts)
    default = getattr(one, "default", None)
    shown = one.show_default if isinstance(one.show_default, str) else ""
    if not shown and default is not None and not getattr(one, "is_flag", False) and not callable(default):
        shown = f"`{default}`"
    return f"| {names} | {'required' if one.required else shown} | {one.help} |"


def table(head: str, lines: list[str]) -> str:
    rule = "|" + " --- |" * (head.count("|") - 1)
    return "\n".join([head, rule, *lines])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    only_check = parser.parse_args().check
    stale = [page for page, text in pages().items() if not page.exists() or page.read_text("utf-8") != text]
    for page in stale:
        print(f"{page.relative_to(DOCS.parent)} {'is out of date' if only_check else 'written'}")
        if not only_check:
            page.write_text(pages()[page], encoding="utf-8")
    if only_check and stale:
        sys.exit(f"Run: {COMMAND}")


if __name__ == "__main__":
    main()
