"""Texts with remains of a prompt, or of what a language model says of itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["PromptResidue"]

_MODEL = (
    r"\bas an? (?:ai|artificial intelligence|large language)(?: language)?(?: model| assistant)?\b|"
    r"\bi(?:'m| am) (?:just |only )?an? (?:ai|(?:large )?language model)\b|"
    r"\bmy (?:knowledge|training)(?: data)? (?:cut-?off|only goes up to)\b|"
    r"\bi(?:'m| am) sorry,? (?:but )?i (?:can(?:no|')t|am unable to|'m unable to) "
    r"(?:assist|help|fulfill|comply|provide|generate)|"
    r"\bi (?:can(?:no|')t|am unable to) (?:assist with|fulfill|comply with|generate|help with) (?:that|this|your)\b"
)
_TOKENS = (
    r"<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|^#{2,3} ?(?:instruction|response|input)s?:|"
    r"^(?:assistant|system|human|user): "
)
_OPENINGS = (
    r"\A\W*(?:sure|certainly|of course|absolutely)[!,.]{1,2} (?:here(?:'s| is| are)|i(?:'d| would| can|'ll))\b|"
    r"\A\W*here(?:'s| is) (?:the|a|your) (?:rewritten|revised|translated|requested|possible|summary|translation)\b"
)
_KINDS = (
    (re.compile(_TOKENS, re.IGNORECASE | re.MULTILINE), 0.02, "a mark that separates the turns of a chat"),
    (re.compile(_MODEL, re.IGNORECASE), 0.05, "what a language model says of itself"),
    (re.compile(_OPENINGS, re.IGNORECASE), 0.2, "how a language model begins an answer"),
)


@dataclass(frozen=True)
class PromptResidue(TextCheck):
    """Remains of a prompt.

    A text is flagged that holds marks of a chat template (``[INST]``, ``<|im_start|>``, ``### Response:``), what a
    language model says of itself or in place of an answer, or the opening of such an answer ("Sure! Here is"). Where
    more than a fifth of the texts do, they are chats, and nobody is flagged. The phrases are English.
    """

    code: ClassVar[str] = "EM709"
    name: ClassVar[str] = "prompt_residue"

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look for phrases that people hardly write."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            for pattern, score, what in _KINDS:
                if there := pattern.search(text):
                    found[place] = Verdict(score, f"It holds {quoted(there.group())}: {what}.")
                    break
        return found
