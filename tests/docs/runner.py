"""Do everything that a page says, in the current folder and in a process of its own.

    python -W error -m tests.docs.runner PAGE

All Python blocks of the page share one namespace. Console blocks run as they stand: ``emendata`` in this
process, ``echo $?`` as the exit code before it, anything else through the shell. The folder holds
``reviews.csv``, the small file of reviews that the pages speak of.
"""

import contextlib
import csv
import io
import random
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.docs.blocks import Block, Command, blocks_of, commands_of, looks_like

from emendata.cli import main as emendata

__all__ = ["run_page", "write_reviews"]

_UP = ["good", "lovely", "great", "warm", "bright", "happy", "calm", "fresh", "clear", "kind"]
_DOWN = ["bad", "awful", "poor", "cold", "dark", "sad", "loud", "stale", "vague", "rude"]
_PLAIN = ["the", "room", "and", "staff", "with", "a", "view", "near", "station", "breakfast"]


def write_reviews(path: Path) -> None:
    """Write 150 hotel reviews: rows 7, 40 and 93 carry the wrong sentiment, 149 repeats 3, 60 has a gap."""
    rng = random.Random(0)
    rows = []
    for row in range(149):
        is_up = row % 2 == 0
        words = rng.choices(_UP if is_up else _DOWN, k=5) + rng.choices(_PLAIN, k=6)
        rng.shuffle(words)
        given = is_up != (row in (7, 40, 93))
        nights = "" if row == 60 else str(rng.randint(1, 9))
        rows.append([f"r{row:03}", " ".join(words), nights, "positive" if given else "negative"])
    rows.append(["r149", *rows[3][1:]])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["id", "text", "nights", "sentiment"], *rows])


def run_page(page: Path) -> None:
    """Run the blocks of a page in order; the first that does not do what the page shows is an AssertionError."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks_of(page.read_text("utf-8")):
        if block.language == "python":
            _run_python(block, page, namespace)
        elif block.language == "console":
            _run_console(block, page)


def _run_python(block: Block, page: Path, namespace: dict[str, Any]) -> None:
    code = compile("\n" * (block.line - 1) + block.body, str(page), "exec")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, namespace)
    _compare(block.expected, printed.getvalue(), f"{page.name}, line {block.line}")


def _run_console(block: Block, page: Path) -> None:
    code = 0
    commands = commands_of(block.body)
    for place, command in enumerate(commands):
        where = f"{page.name}, line {block.line}: {command.words}"
        if command.words == "echo $?":
            _compare(command.expected, str(code), where)
            continue
        code, printed = _run(command)
        _compare(command.expected, printed, where)
        tells_code = place + 1 < len(commands) and commands[place + 1].words == "echo $?"
        assert code == 0 or tells_code or not command.words.startswith("emendata"), (
            f"{where} ended with {code}\n{printed}"
        )


def _run(command: Command) -> tuple[int, str]:
    if not command.words.startswith("emendata "):
        done = subprocess.run(["bash", "-c", command.words], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    words, _, target = command.words.partition(" > ")
    sys.argv = shlex.split(words)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            emendata()
        except SystemExit as end:
            code = end.code
    if target:
        Path(target.strip()).write_text(out.getvalue(), encoding="utf-8")
    return int(code or 0), err.getvalue() if target else out.getvalue() + err.getvalue()


def _compare(expected: str | None, got: str, where: str) -> None:
    if expected is not None and expected.strip():
        assert looks_like(expected, got), f"{where}\nshows:\n{expected}\nprints:\n{got}"


if __name__ == "__main__":
    write_reviews(Path("reviews.csv"))
    run_page(Path(sys.argv[1]))
