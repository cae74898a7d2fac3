"""Texts that stand in the place of a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["Placeholder"]

_WHOLE = re.compile(
    r"\W*(?:n/?a|nan|null|none|nil|undefined|unknown|missing|todo|to ?do|tbd|tba|fixme|test(?:ing)?|test test|"
    r"(?:this is )?(?:a |just a )?test\d*|sample(?: text)?|example(?: text)?|dummy(?: text)?|placeholder(?: text)?|"
    r"foo ?bar|foo|bar|asdf\w*|qwert\w*|xx+|no (?:text|content|comment|data|description)(?: available| provided)?|"
    r"(?:insert|enter|type|your|add) (?:your )?(?:text|comment|review|message|description|title)(?: here)?|"
    r"deleted|removed|redacted|coming soon|content goes here)\W*",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\blorem ipsum\b|\{\{\s*[\w.]+\s*\}\}|\$\{[\w.]+\}|<<[\w ]{2,30}>>|\[(?:insert|your|enter)\b[^\[\]]{0,40}\]|"
    r"(?<!\w)\{(?:name|first_?name|last_?name|user(?:name)?|product|company|city|date)\}|%(?:NAME|FIRST_?NAME|USER)%",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Placeholder(TextCheck):
    """Stand-in for a text.

    A text is flagged that was written to be replaced: ``n/a``, ``test``, ``TODO``, *lorem ipsum*, ``[deleted]``, or a
    template whose fields nobody filled in, such as ``Dear {{name}}``.
    """

    code: ClassVar[str] = "EM708"
    name: ClassVar[str] = "placeholder"

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look for words that stand alone, and for fields that were not filled in."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            if len(text) < 60 and _WHOLE.fullmatch(text):
                found[place] = Verdict(
                    0.05, f"It says no more than {quoted(text)}, which stands in for a text."
                )
            elif inside := _INSIDE.search(text):
                found[place] = Verdict(0.1, f"It holds {quoted(inside.group())}, which was to be replaced.")
        return found
