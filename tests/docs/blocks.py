"""The fenced blocks of a page, and what is meant by output that looks like what the page shows."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

__all__ = ["ROOT", "Block", "Command", "blocks_of", "commands_of", "looks_like", "pages_with_examples"]

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*).*\n(?P<body>(?:.*\n)*?)(?P=indent)```$", re.MULTILINE
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w.]*\w)")
_TOLERANCE = 0.25  # of a number, but always 2 either way: models may count a little differently elsewhere
_ALWAYS = 2.0


@dataclass(frozen=True)
class Block:
    """One fenced block. ``expected`` is the output that a Python block is followed by, if it is."""

    language: str
    body: str
    line: int
    expected: str | None = None


@dataclass(frozen=True)
class Command:
    """One line after a dollar sign, with the output shown below it; empty where none is shown."""

    words: str
    expected: str


def pages_with_examples() -> list[str]:
    """Return README and all pages of the site that have Python or console blocks, relative to the repository."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [
        str(page.relative_to(ROOT))
        for page in pages
        if any(block.language in ("python", "console") for block in blocks_of(page.read_text("utf-8")))
    ]


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a page in order; a ``text`` block right below a Python block is its output."""
    found = list(_FENCE.finditer(text))
    outputs = {
        first.start(): second["body"]
        for first, second in pairwise(found)
        if second["language"] == "text" and not text[first.end() : second.start()].strip()
    }
    return [
        Block(
            match["language"],
            "".join(line.removeprefix(match["indent"]) for line in match["body"].splitlines(keepends=True)),
            text.count("\n", 0, match.start()) + 2,
            outputs.get(match.start()) if match["language"] == "python" else None,
        )
        for match in found
    ]


def commands_of(console: str) -> list[Command]:
    """Return the commands of a console block; a backslash at the end of a line carries it on."""
    joined = re.sub(r"\\\n\s*", "", console)
    parts = re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]
    return [Command(*part.partition("\n")[::2]) for part in parts]


def looks_like(expected: str, got: str) -> bool:
    """Tell whether output is what a page shows.

    White space counts once, ``...`` stands for anything, and a number may differ by 2 or by a quarter:
    what a model counts may change a little, what we say about it may not.
    """
    wanted, there = " ".join(expected.split()), " ".join(got.split())
    pattern = ".*?".join(_pattern(part) for part in re.split(r"\s?\.\.\.\s?", wanted))
    match = re.fullmatch(pattern, there, flags=re.DOTALL)
    if match is None:
        return False
    shown = [number for part in re.split(r"\s?\.\.\.\s?", wanted) for number in _NUMBER.findall(part)]
    return all(_is_near(a, b) for a, b in zip(shown, match.groups(), strict=True))


def _pattern(part: str) -> str:
    words = [re.escape(word) for word in _NUMBER.split(part)]
    return r"(\d[\d,]*(?:\.\d+)?)".join(words)


def _is_near(shown: str, got: str) -> bool:
    a, b = (float(number.replace(",", "")) for number in (shown, got))
    return abs(a - b) <= max(_ALWAYS, _TOLERANCE * a)
