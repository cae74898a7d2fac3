"""A summary in Markdown, for a pull request, an issue or a wiki."""

import os
import re
from collections.abc import Iterator

from emendata.files import write_atomically
from emendata.records import Card, CheckSummary, Summary
from emendata.reports import order, words
from emendata.reports.excerpts import one_line
from emendata.reports.headline import besides, headline, how_sure

__all__ = ["plain", "render_markdown", "write_markdown"]

_SPECIAL = re.compile(r"[\\`*_\[\]|~<>&@$]|^[#+=-]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_CARDS, _REASON = 5, 300


def render_markdown(summary: Summary) -> str:
    """Return the headline, a table of what was found, and the worst rows of each check.

    Nothing in it that comes from the dataset is read as Markdown or HTML, links anywhere or calls anybody.

    Examples
    --------
    >>> from emendata.records import Summary
    >>> empty = Summary(1, "0.1.0", "reviews", "csv", 0, None, 0, (), None, (), (), (), None, (), ())
    >>> print(render_markdown(empty))
    # reviews
    <BLANKLINE>
    **0 rows looked at with 0 checks: none could run.**
    <BLANKLINE>
    0 rows · 0 columns · csv · no label column
    <BLANKLINE>
    """
    return "\n".join(_lines(summary))


def write_markdown(summary: Summary, path: str | os.PathLike[str]) -> None:
    """Write the Markdown of a summary to ``path``; the same summary always gives the same bytes.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    page = render_markdown(summary).encode("utf-8", "replace")
    with write_atomically(path) as temporary:
        temporary.write_bytes(page)


def _lines(summary: Summary) -> Iterator[str]:
    yield from (f"# {plain(summary.name, 160)}", "")
    yield from (f"**{plain(headline(summary), 400)}**", "")
    yield from (plain(words.about(summary), 400), "")
    for line in (how_sure(summary), besides(summary)):
        if line:
            yield from (plain(line, 600), "")
    for note in summary.notes:
        yield from (f"> {plain(note, 600)}", "")
    checks = order.checks_in_order(summary)
    loud = [check for check in checks if check.status in ("found", "failed")]
    if loud:
        yield from ("## Start here", "", "| check | found | |", "| --- | --- | --- |")
        yield from (_row(check, summary) for check in loud)
        yield ""
    for check in loud:
        if check.cards:
            yield from _worst(check)
    quiet = order.quiet_groups(summary)
    if quiet:
        yield from ("## Checks that found nothing", "")
        for why, silent in quiet.items():
            names = ", ".join(f"`{check.name}`" for check in silent)
            yield f"- {plain(why, 400).removesuffix('.') if why else 'Looked and found nothing'}: {names}"
        yield ""


def _row(check: CheckSummary, summary: Summary) -> str:
    title = f"{plain(check.title, 120)} (`{check.code}`{', a tip' if check.severity == 'tip' else ''})"
    if check.status == "failed":
        return f"| {title} | failed | {plain(check.message, _REASON)} |"
    found = words.share(check.n_flagged, summary.n_rows, "rows") if check.n_flagged else "remarks"
    said = " ".join(remark.reason for remark in check.remarks) or (
        check.cards[0].reason if check.cards else ""
    )
    return f"| {title} | {found} | {plain(said, _REASON)} |"


def _worst(check: CheckSummary) -> Iterator[str]:
    yield from (f"## {plain(check.title, 120)}", "")
    yield from (_card(card) for card in check.cards[:_CARDS])
    rest = max(check.n_issues, check.n_flagged) - min(len(check.cards), _CARDS)
    if rest > 0:
        yield f"- and {rest:,} more"
    yield ""


def _card(card: Card) -> str:
    identity = f"row {card.row:,}" + ("" if card.id == str(card.row) else f", {plain(card.id, 60)}")
    change = ""
    if card.suggested is not None:
        where = f"{plain(card.column, 60)}: " if card.column is not None else ""
        others = ", ".join(plain(other, 80) for other in card.alternatives[:3])
        change = (
            f" {where}~~{plain(card.given or 'empty', 80)}~~ → **{plain(card.suggested or 'empty', 80)}**"
        )
        change += f" (or {others})." if others else "."
    return f"- **{identity}**{change or '.'} {plain(card.reason, _REASON)}"


def plain(text: str, limit: int) -> str:
    """Return one line that means nothing to Markdown or HTML, nor to a forge that links names and addresses.

    Examples
    --------
    >>> plain("<b>bold</b>", 30)
    '&#60;b&#62;bold&#60;/b&#62;'
    """
    return _SPECIAL.sub(_escaped, one_line(text, limit)) or "–"


def _escaped(found: re.Match[str]) -> str:
    sign = found.group()
    return f"&#{ord(sign)};" if sign in "<>&@|$:." else f"\\{sign}"
