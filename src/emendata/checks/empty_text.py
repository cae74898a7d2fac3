"""Texts in which there is nothing to read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["EmptyText"]

_WORDS = re.compile(r"[^\W_]")
_PICTURE = "So"  # the category of symbols that are neither signs of currency nor of mathematics


@dataclass(frozen=True)
class EmptyText(TextCheck):
    """Empty text.

    A text is flagged that holds no letter, digit or picture sign: nothing, or only spaces, marks and signs that cannot
    be seen. Cells that are missing altogether are found by ``missing_values``.
    """

    code: ClassVar[str] = "EM701"
    name: ClassVar[str] = "empty_text"

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look for one sign that can be read."""
        return {
            place: Verdict(
                0.0,
                f"There is nothing to read in it but {quoted(text)}."
                if text.strip() and text.isprintable()
                else "There is nothing in it but spaces and signs that cannot be seen.",
            )
            for place, text in enumerate(texts)
            if not (_WORDS.search(text) or any(unicodedata.category(sign) == _PICTURE for sign in text))
        }
