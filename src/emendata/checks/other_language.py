"""Texts in a language that hardly any other is in."""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Languages
from emendata.checks.issues import Issue, findings_of_issues
from emendata.checks.text_check import quoted
from emendata.errors import NotApplicable
from emendata.records import Findings, Json, Severity

__all__ = ["OtherLanguage"]

_FEWEST = 20
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True)
class OtherLanguage(Check):
    """Text in another language.

    The score is how probable the languages are that at least a twentieth of the texts are in, plus what is not sure. A
    text is flagged that is in another language with at least ``sure`` probability. It is a tip: a name or a quotation
    may be all there is in a short text.
    """

    code: ClassVar[str] = "EM702"
    name: ClassVar[str] = "other_language"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("texts", "languages")

    sure: float = option(
        0.99, help="Probability that another language must have for a text to be flagged.", ge=0.5, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Compare each text with what is usual in its column."""
        assert inputs.languages is not None
        assert inputs.texts is not None
        scores = np.full(inputs.n_rows, np.nan, dtype=np.float32)
        issues: list[Issue] = []
        facts: dict[str, Json] = {}
        for column, told in inputs.languages.items():
            known = told.codes >= 0
            if known.sum() < _FEWEST:
                continue
            facts[column] = _shares(told)
            mine = np.where(known, np.clip(1.0 - told.probabilities * (1.0 - told.usual), 0, 1), np.nan)
            scores = np.fmin(scores, mine.astype(np.float32))
            odd = known & (told.usual < 1 - self.sure) & (told.probabilities >= self.sure)
            for row in np.flatnonzero(odd).tolist():
                text = inputs.texts[column].cells[row] or ""
                name = _named(told.names[told.codes[row]])
                reason = f"It is in {name} ({told.probabilities[row]:.2f}): {quoted(text)}; {_usual(told)}."
                issues.append(Issue(row, column, float(mine[row]), reason))
        if not facts:
            raise NotApplicable(f"Fewer than {_FEWEST} texts are long enough to tell their language.")
        return findings_of_issues(scores, issues, facts={"languages": facts})


def _named(code: str) -> str:
    return _NAMES.get(code, f"the language '{code}'")


def _shares(told: Languages) -> dict[str, int]:
    counts = Counter(told.names[code] for code in told.codes[told.codes >= 0].tolist())
    return dict(counts.most_common(8))


def _usual(told: Languages) -> str:
    """Say which languages are usual."""
    counts = np.bincount(told.codes[(told.codes >= 0) & (told.usual >= 1)], minlength=len(told.names))
    order = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code]][:3]
    said = ", ".join(f"{counts[code]:,} are in {_named(told.names[code])}" for code in order)
    return f"of {int((told.codes >= 0).sum()):,} texts, {said}"
