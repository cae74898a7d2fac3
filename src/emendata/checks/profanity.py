"""Texts with words that offend."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.text_check import TextCheck, Verdict
from emendata.records import IntArray, Severity

__all__ = ["Profanity"]

_ANYWHERE = (
    r"fuck|f[*@#u]{1,3}c?k(?=ing|er|ed|s?\b)|motherf|cocksuck|bullshit|nigger|nigga\b|faggot|asshole|arsehole"
)
_BEGINNING = (
    r"sh[i1!*]t(?!ake|z|tim)|cunt|bitch|bastard|slut|whore|wank(?:er|ing)|twat|dickhead|dumbass|jackass|"
    r"retard(?:s|ed)?\b"
)
_WHOLE = r"kikes?|wetbacks?|gooks?|spics?|ragheads?|douchebags?|pricks?|arse|piss(?:ed)? off|crap|tranny|dyke"
_OFFENSIVE = re.compile(rf"(?:{_ANYWHERE}|\b(?:{_BEGINNING}|(?:{_WHOLE})\b))[\w*]*", re.IGNORECASE)


@dataclass(frozen=True)
class Profanity(TextCheck):
    """Offensive word.

    A text is flagged that holds one of some forty English words which insult people or groups, or are vulgar; words
    that are ordinary in medicine, in law or of one's own identity are not among them. It is a tip: what offends in a
    product description may be what a dataset of comments is about, and where more than a fifth of the texts hold such
    words nobody is flagged.
    """

    code: ClassVar[str] = "EM711"
    name: ClassVar[str] = "profanity"
    severity: ClassVar[Severity] = "tip"

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look for each of the words."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            if there := _OFFENSIVE.findall(text):
                first = there[0]
                n = f"{len(there)} words" if len(there) > 1 else "a word"
                masked = f"{first[0]}{'•' * (len(first) - 1)}"
                found[place] = Verdict(0.3, f"It holds {n} that many find offensive: {masked}.")
        return found
