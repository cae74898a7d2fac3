"""Texts whose letters follow each other as in no word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import option
from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.errors import NotApplicable
from emendata.kernels.robust import bulk_deviation
from emendata.kernels.trigrams import letter_surprise
from emendata.records import IntArray

__all__ = ["Gibberish"]

_FEWEST = 50
_FEWEST_LETTERS = 8
_LEAST = 0.15  # bits
_WORD = re.compile(r"[a-z]{5,}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_UNSPEAKABLE = re.compile(
    r"[bcdfghjklmnpqrstvwxz]{5,}|(?:asd|sdf|dfg|fgh|jkl|qwe|wer|zxc|xcv|uio){2,}|(.)\1{3,}", re.IGNORECASE
)


@dataclass(frozen=True)
class Gibberish(TextCheck):
    """Gibberish.

    The score falls with the surprise at each letter after the two before it, by the other texts of the column. A text
    is flagged in which at least a third of the longer words, in Latin letters, cannot be spoken (five consonants in a
    row, runs of the keyboard, a letter four times) and whose surprise is more than ``cut`` deviations above the usual,
    or half as many if no longer word can be spoken. A text in another language, a name or a product code surprises, but
    can be spoken or is short.
    """

    code: ClassVar[str] = "EM705"
    name: ClassVar[str] = "gibberish"

    cut: float = option(
        4.0, help="How many deviations above the usual surprise a text may be.", ge=1.0, le=100.0
    )

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Compare the surprise of all texts."""
        if n_rows.sum() < _FEWEST:
            raise NotApplicable(f"There are fewer than {_FEWEST} texts to learn from how words are written.")
        surprise = letter_surprise(texts, n_rows)
        judged = ~np.isnan(surprise)
        every = np.repeat(surprise[judged], n_rows[judged])
        if not len(every):
            return {}
        usual = float(np.median(every))
        spread = max(bulk_deviation(every, usual), _LEAST)
        away = np.where(judged, (surprise - usual) / spread, 0.0)
        found: dict[int, Verdict] = {}
        for place in np.flatnonzero(away > self.cut / 2).tolist():
            words = _WORD.findall(_ADDRESS.sub(" ", texts[place]))
            odd = [word for word in words if _UNSPEAKABLE.search(word)]
            if sum(map(len, words)) < _FEWEST_LETTERS or 3 * len(odd) < len(words):
                continue
            if away[place] > self.cut * (1 - 0.5 * len(odd) / len(words)):
                reason = (
                    f"{len(odd):,} of its {len(words):,} longer words can't be spoken, such as {quoted(odd[0], 24)}; "
                    f"its letters surprise by {surprise[place]:.1f} bits each, where {usual:.1f} is usual."
                )
                found[place] = Verdict(float(min(0.5, 0.5 * self.cut / away[place])), reason)
        return found
