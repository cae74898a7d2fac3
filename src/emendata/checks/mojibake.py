"""Texts that were decoded wrongly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import ftfy
from ftfy.badness import is_bad

from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["Mojibake"]

_LOST = "\ufffd"


@dataclass(frozen=True)
class Mojibake(TextCheck):
    """Garbled characters.

    A text is flagged that was written in one encoding and read in another, so that ``é`` became ``Ã©``, and one in
    which a reader left the mark of characters that it could not read. Where the reading can be undone, the text as it
    was is suggested.
    """

    code: ClassVar[str] = "EM703"
    name: ClassVar[str] = "mojibake"
    most: ClassVar[float] = 1.0

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Undo what can be undone, in texts that are not plain ASCII."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            if text.isascii():
                continue
            mended = ftfy.fix_encoding(text) if is_bad(text) else text
            lost = mended.count(_LOST)
            if mended != text:
                garbled, right = _first_difference(text, mended)
                found[place] = Verdict(
                    0.05,
                    f"{quoted(garbled, 24)} was {quoted(right, 24)}: it was read in another encoding than written.",
                    None if lost else mended,
                )
            elif lost:
                sign = "1 character was" if lost == 1 else f"{lost:,} characters were"
                found[place] = Verdict(0.02, f"{sign} lost in reading it, and '{_LOST}' stands in the place.")
        return found


def _first_difference(text: str, mended: str) -> tuple[str, str]:
    """Return the first word that was mended, before and after."""
    for before, after in zip(text.split(), mended.split(), strict=False):
        if before != after:
            return before, after
    return text, mended
