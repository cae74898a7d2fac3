"""Single keys from the terminal, or from whatever stands in for it."""

import sys
from collections.abc import Iterator

import click

__all__ = ["read_keys", "read_line"]


def read_keys() -> Iterator[str]:
    """Yield each key that is pressed, until the input ends; of piped input each character but line ends."""
    if sys.stdin.isatty():
        while True:
            try:
                yield click.getchar()
            except EOFError:
                return
    while character := sys.stdin.read(1):
        if character not in "\r\n":
            yield character


def read_line(prompt: str) -> str:
    """Ask for a line of text; of piped input it is what stands up to the next line end."""
    if sys.stdin.isatty():
        return input(prompt).strip()
    return sys.stdin.readline().strip()
