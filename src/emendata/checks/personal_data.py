"""Texts that hold personal data or keys."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.text_check import TextCheck, Verdict
from emendata.kernels.personal_data import Place, personal_data
from emendata.records import IntArray, Severity

__all__ = ["PersonalData"]

_SECRET = 0.02
_PERSONAL = 0.2


@dataclass(frozen=True)
class PersonalData(TextCheck):
    """Personal data.

    A text is flagged that holds an e-mail address, a telephone number, the number of a payment card, an account (IBAN)
    or a social security number, an IP address or an access key. Numbers that check themselves must come out right. The
    text with a tag such as ``<EMAIL>`` in each place is suggested; reasons show no more than the first two characters.
    It is a tip, since only the owner of the data knows what may be in it.
    """

    code: ClassVar[str] = "EM710"
    name: ClassVar[str] = "personal_data"
    severity: ClassVar[Severity] = "tip"
    most: ClassVar[float] = 1.0

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look for each kind in each text."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            if there := list(personal_data(text)):
                secret = any(one.kind.tag not in ("<EMAIL>", "<PHONE>", "<IP>") for one in there)
                found[place] = Verdict(
                    _SECRET if secret else _PERSONAL, _reason(text, there), _without(text, there)
                )
        return found


def _reason(text: str, there: Sequence[Place]) -> str:
    counts = Counter(one.kind.name for one in there)
    said = ", ".join(f"{n} × {name}" if n > 1 else name for name, n in counts.items())
    first = text[there[0].start : there[0].stop]
    return f"It holds {said}: {first[:2]}{'•' * min(len(first) - 2, 10)}."


def _without(text: str, there: Sequence[Place]) -> str:
    for one in sorted(there, key=lambda one: -one.start):
        text = text[: one.start] + one.kind.tag + text[one.stop :]
    return text
