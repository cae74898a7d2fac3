"""Single keys from the terminal, or from whatever stands in for it."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

__all__ = ["Keyboard"]

_SOON = 0.02  # seconds within which the rest of a key that sends several bytes arrives


class Keyboard:
    """Keys as they are pressed; of piped input each character but line ends.

    On a terminal nothing that is typed ahead is lost, and the terminal is left as it was found.
    """

    @contextmanager
    def keys(self) -> Iterator[Iterator[str]]:
        """Yield the keys, for as long as the block runs."""
        if not sys.stdin.isatty():
            yield _characters()
        elif os.name == "nt":
            yield _getchars()
        else:
            with _unbuffered():
                yield _terminal_keys()

    def line(self, prompt: str) -> str:
        """Ask for a line of text; of piped input it is what stands up to the next line end."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().strip()
        if os.name == "nt":
            return input(prompt).strip()
        with _buffered():
            return input(prompt).strip()


def _characters() -> Iterator[str]:
    while character := sys.stdin.read(1):
        if character not in "\r\n":
            yield character


def _getchars() -> Iterator[str]:
    while True:
        try:
            yield click.getchar()
        except EOFError:
            return


def _terminal_keys() -> Iterator[str]:
    fd = sys.stdin.fileno()
    while data := os.read(fd, 1):
        while (
            select.select([fd], [], [], _SOON)[0] and (data[0] == 0x1B or data[0] >= 0x80) and len(data) < 8
        ):
            data += os.read(fd, 1)
        key = data.decode(errors="replace")
        if key == "\x04":  # the end of input
            return
        yield key


@contextmanager
def _unbuffered() -> Iterator[None]:
    import termios
    import tty

    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    tty.setcbreak(fd, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


@contextmanager
def _buffered() -> Iterator[None]:
    import termios

    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    lines = termios.tcgetattr(fd)
    lines[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(fd, termios.TCSADRAIN, lines)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)
