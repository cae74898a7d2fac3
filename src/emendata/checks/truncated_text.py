"""Texts that were cut off."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import option
from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["TruncatedText"]

_MARK = re.compile(
    r"(?:\[(?:\.\.\.|…|truncated|cut|more)\]|\((?:\.\.\.|more|continued)\)|\bread more|\[\+?\d+ chars\])\W*\Z",
    re.I,
)
_ENDS = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*\Z")
_LAST = re.compile(r"([^\W\d_]+)\Z")
_SHORTEST = 40
"""Characters below which a text is too short to be called cut off."""
_FEWEST_CUT = 5
_NEARLY = 0.75
"""Part of the greatest length, from which on no length may be a third as common as the greatest."""
_FEWEST_WORDS = 10
_OFTEN = 30


@dataclass(frozen=True)
class TruncatedText(TextCheck):
    """Text that was cut off.

    A text is flagged that has exactly the greatest length of all, in characters or bytes, if at least five texts have
    and most of them end in the middle of a sentence: a reader or a form cut them there. So is one that ends with a mark
    such as ``[...]`` or *read more*, and, where nearly all texts end with a sentence, one whose last word is common in
    the column and hardly ever the last, such as *the*.
    """

    code: ClassVar[str] = "EM707"
    name: ClassVar[str] = "truncated_text"

    whole: float = option(
        0.8,
        help="Part of the texts that must end a sentence for a dangling last word to be flagged.",
        ge=0.0,
        le=1.0,
    )

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look at how texts end, and at how long they are."""
        found: dict[int, Verdict] = {}
        stripped = [text.rstrip() for text in texts]
        ended = np.array([bool(_ENDS.search(text)) for text in stripped], dtype=bool)
        dangling = self._dangling(stripped, ended, n_rows)
        for place, text in enumerate(stripped):
            if mark := _MARK.search(text):
                found[place] = Verdict(
                    0.05, f"It ends with {quoted(mark.group())}, a mark of what was left out."
                )
            elif place in dangling:
                found[place] = Verdict(
                    0.3, f"It ends with '{dangling[place]}', which other texts here hardly end with."
                )
        for unit, length_of in _LENGTHS:
            found |= _at_limit(texts, ended, n_rows, unit, length_of)
        return found

    def _dangling(self, texts: Sequence[str], ended: np.ndarray, n_rows: IntArray) -> dict[int, str]:
        """Return the texts that end with a word which hardly ever ends one, with the word."""
        long = np.array([text.count(" ") + 1 >= _FEWEST_WORDS for text in texts], dtype=bool)
        if not long.any() or (n_rows * ended)[long].sum() < self.whole * n_rows[long].sum():
            return {}
        lasts = {
            place: match.group(1)
            for place in np.flatnonzero(long & ~ended).tolist()
            if (match := _LAST.search(texts[place]))
        }
        asked = set(map(str.lower, lasts.values()))
        within: Counter[str] = Counter()
        final: Counter[str] = Counter()
        for place in np.flatnonzero(long).tolist():
            words = re.findall(r"[^\W\d_]+", texts[place].lower())
            within.update(word for word in words if word in asked)
            final[words[-1] if words and ended[place] else ""] += 1
        return {
            place: word
            for place, word in lasts.items()
            if within[word.lower()] >= _OFTEN and 50 * final[word.lower()] < within[word.lower()]
        }


def _n_bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


_LENGTHS: tuple[tuple[str, Callable[[str], int]], ...] = (("bytes", _n_bytes), ("characters", len))


def _at_limit(
    texts: Sequence[str], ended: np.ndarray, n_rows: IntArray, unit: str, length_of: Callable[[str], int]
) -> dict[int, Verdict]:
    """Return the unfinished texts of the greatest length, if so many have it that something cut them."""
    lengths = np.array([length_of(text) for text in texts], dtype=np.int64)
    if not len(lengths) or lengths.max() < _SHORTEST:
        return {}
    limit = int(lengths.max())
    there = lengths == limit
    n = int(n_rows[there].sum())
    nearly = lengths[(lengths >= _NEARLY * limit) & ~there]
    usual = int(np.bincount(nearly).max(initial=0)) if len(nearly) else 0
    if n < max(_FEWEST_CUT, 3 * usual + 1) or (n_rows * ended)[there].sum() > n / 2:
        return {}
    reason = f"It has {limit:,} {unit}, the most of all, as have {n - 1:,} others: it was cut off there."
    return {place: Verdict(0.1, reason) for place in np.flatnonzero(there & ~ended).tolist()}
