"""Text from a dataset made safe to look at: clipped, with nothing invisible in it.

What a cell holds is hostile until shown otherwise: terminal escapes, NULs, and marks that turn the
reading direction of everything after them.
"""

import re

__all__ = ["clipped", "one_line"]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clipped(text: str, limit: int) -> str:
    r"""Return at most ``limit`` characters of ``text`` with control characters made visible.

    Examples
    --------
    >>> clipped("a long story", 6)
    'a lon…'
    >>> clipped("bell\x07", 10)
    'bell␇'
    """
    head = text[: limit - 1] + "…" if len(text) > limit else text
    return _CONTROL.sub(_visible, head.replace("\r\n", "\n"))


def one_line(text: str, limit: int) -> str:
    r"""Return an excerpt of ``text`` without line breaks.

    Examples
    --------
    >>> one_line("two\n  lines", 20)
    'two lines'
    """
    return clipped(" ".join(text[: 4 * limit].split()), limit) if text else ""


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"
