"""Texts with the tags of a web page in them."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from emendata.checks.text_check import TextCheck, Verdict, quoted
from emendata.records import IntArray

__all__ = ["Markup"]

_IN_LINES = "a|abbr|b|code|em|font|i|label|s|small|span|strong|sub|sup|u"
_BETWEEN = (
    "blockquote|body|br|button|center|div|footer|form|h[1-6]|head|header|hr|html|iframe|img|input|li|link|meta|nav|ol|"
    "option|p|pre|script|section|select|style|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul|video"
)
_REST = r"(?:\s[^<>]*)?/?>"
_IN_LINE = re.compile(rf"</?(?:{_IN_LINES}){_REST}", re.IGNORECASE)
_TAG = re.compile(
    rf"</?(?:{_IN_LINES}|{_BETWEEN}){_REST}|<!--.*?-->|<!doctype[^<>]*>", re.IGNORECASE | re.DOTALL
)
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?</\1>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|hellip|[lr]squo|[lr]dquo|#\d{2,6}|#x[0-9a-f]{2,5});", re.I
)


@dataclass(frozen=True)
class Markup(TextCheck):
    """Remains of a web page.

    A text is flagged that holds tags such as ``<br>`` or entities such as ``&nbsp;``; the text without them is
    suggested. Where more than a fifth of the texts hold some, it is how these texts are written, and flags nobody.
    """

    code: ClassVar[str] = "EM704"
    name: ClassVar[str] = "markup"

    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Look for tags and entities that HTML knows."""
        found: dict[int, Verdict] = {}
        for place, text in enumerate(texts):
            if "<" not in text and "&" not in text:
                continue
            tags, entities = _TAG.findall(text), _ENTITY.findall(text)
            if tags or entities:
                length = sum(map(len, tags)) + sum(map(len, entities))
                said = " and ".join(
                    filter(None, [_counted(tags, "tag"), _counted(entities, "entity", "entities")])
                )
                score = 0.4 - 0.35 * min(1.0, 2 * length / len(text))
                found[place] = Verdict(score, f"It holds {said} of HTML.", _plain(text))
        return found


def _counted(found: Sequence[str], one: str, many: str | None = None) -> str:
    noun = one if len(found) == 1 else many or one + "s"
    return f"{len(found):,} {noun} such as {quoted(found[0], 30)}" if found else ""


def _plain(text: str) -> str:
    """Return a text without tags, entities written out, runs of spaces made one."""
    bare = html.unescape(_TAG.sub(" ", _IN_LINE.sub("", _UNSEEN.sub(" ", text)))).replace("\xa0", " ")
    return re.sub(r"[ \t]{2,}", " ", bare).strip()
