"""Texts that say the same again and again."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.check import option
from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["RepeatedPhrases"]

_WORD = re.compile(r"\S+")
_PHRASE = 5
_FEWEST = 12
"""Words from which on a text is judged."""


@dataclass(frozen=True)
class RepeatedPhrases(TextCheck):
    """Text that repeats itself.

    A text of at least twelve words is flagged if phrases of five words that it has said before make up more than
    ``part`` of it; where it says none of them a third time, more than half.

    References
    ----------
    J. W. Rae et al., "Scaling Language Models: Methods, Analysis & Insights from Training Gopher" (2021), A.1.1.
    """

    code: ClassVar[str] = "EM706"
    name: ClassVar[str] = "repeated_phrases"

    part: float = option(0.3, help="Part of the words that may stand in repeated phrases.", ge=0.0, le=1.0)

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Count the words that stand in phrases said before."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            words = _WORD.findall(text.lower())
            if len(words) < _FEWEST:
                continue
            phrases = Counter(zip(*(words[i:] for i in range(_PHRASE)), strict=False))
            phrase, times = phrases.most_common(1)[0]
            if times < 2:
                continue
            n = _n_covered(words, {phrase for phrase, times in phrases.items() if times > 1})
            if n > self.part * len(words) and (times > 2 or 2 * n > len(words)):
                reason = (
                    f"{n:,} of its {len(words):,} words stand in phrases that it repeats, such as "
                    f"{quoted(' '.join(phrase))}, {times:,} times."
                )
                found[place] = Verdict(0.5 * (1 - n / len(words)), reason)
        return found


def _n_covered(words: Sequence[str], repeated: set[tuple[str, ...]]) -> int:
    """Count the words in repeated phrases, without those of the first time that a phrase is said."""
    covered = bytearray(len(words))
    seen: set[tuple[str, ...]] = set()
    for start in range(len(words) - _PHRASE + 1):
        phrase = tuple(words[start : start + _PHRASE])
        if phrase in repeated:
            if phrase in seen:
                covered[start : start + _PHRASE] = b"\1" * _PHRASE
            seen.add(phrase)
    return sum(covered)
