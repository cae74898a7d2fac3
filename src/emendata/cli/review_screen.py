"""What a person sees while reviewing: one row, what is said of it, and which keys answer."""

import math

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from emendata.corrections import ProposalQueue, Question, ReviewQueue
from emendata.corrections.evidence import FEWEST_FOR_A_RATE
from emendata.records import KIND_WORDS, Correction, Json, NearRow
from emendata.reports.excerpts import one_line

__all__ = ["HELP", "keys_line", "proposals_status", "question_view", "status_line"]

_LONGEST_CELL, _LONGEST_NEAR, _MOST_CELLS, _MOST_CHOICES = 400, 70, 12, 9
_SHORT, _MOST_LINES, _MOST_SHORT = (
    20,
    6,
    32,
)  # characters of a cell; short cells that stand in lines, and are shown
_FEWEST_CHOICES, _LEAST_CHANCE = 3, 0.01

_STREAMS = {
    "worst": "flagged, the worst first",
    "audit": "a fair sample, to know how many are wrong",
    "disagreement": "the models are at odds",
    "repeat": "asked a second time, to know how far answers can be trusted",
}

HELP = """\
W  take the suggestion          Q  keep what is there          1-9  another class, by number
0  none of the classes is right B  both are right              L    type the right value
E  exclude the row              N  needs review: ask later     S    skip for now
C  write a comment              Z  undo, Shift+Z redo          T    near rows in full
V  open the image or sound      ?  these keys                  X    stop; all answers are kept"""


def status_line(queue: ReviewQueue, n_answered: int) -> Text:
    """Return how far the review is, what was found, and what is left as far as that is known.

    What was found so far and what is estimated to be left are kept apart, and no percentage is without its count.
    """
    n_open, n_found, evidence = queue.n_open, queue.n_found, queue.evidence
    said = [f"{n_answered:,} answered", f"{n_open:,} flagged to go", f"{n_found:,} wrong labels found so far"]
    if evidence is None:
        return Text(" · ".join(said[:2]), style="dim")
    rate = evidence.rate
    if rate is None:
        left = FEWEST_FOR_A_RATE - evidence.n_judged
        said.append(f"{left} of the sample to go until it is known how many are left")
    else:
        n = int(evidence.drawn.sizes.sum())
        low, high = (max(round(part * n) - n_found, 0) for part in (rate.low, rate.high))
        counts = f"{rate.rate:.1%} of {n:,} labels are wrong, by {rate.n_reviewed:,} of the sample"
        said.append(f"{low:,} to {high:,} estimated left ({counts})")
    return Text(" · ".join(said), style="dim")


def proposals_status(queue: ProposalQueue, n_answered: int) -> Text:
    """Return how far the review of one kind of proposals is, and how many of the sample were confirmed."""
    evidence = queue.evidence
    n_asked, n_confirmed = len(evidence.asked), int(evidence.confirmed.sum())
    said = (
        f"{n_answered:,} answered",
        f"{len(queue.frame.proposals):,} {KIND_WORDS[queue.frame.kind][1]} proposed, {queue.n_open:,} to go",
        f"{n_confirmed:,} of {n_asked:,} in the sample confirmed",
    )
    return Text(" · ".join(said), style="dim")


def question_view(
    question: Question, cells: list[tuple[str, str]], nearest: tuple[NearRow, ...], *, full: bool = False
) -> RenderableType:
    """Return one row with the reasons why it is asked about, and its nearest rows."""
    subject = question.subject
    where = f"Row {subject.row:,}" + (f", {subject.column}" if subject.column else "")
    parts: list[RenderableType] = [Text.assemble((where, "bold"), f"   {_STREAMS.get(question.stream, '')}")]
    parts.append(Padding(_cells(question, cells, full=full), (0, 0, 1, 2)))
    if question.proposal is not None:
        parts.append(_proposed(question.proposal))
    elif subject.column is not None:
        parts.append(_given_and_suggested(question))
    parts += [Text.assemble((f"{title}: ", "bold"), reason) for title, reason in question.reasons]
    if nearest:
        parts.append(Text())
        parts.append(_near_table(nearest if full else nearest[:6], full=full))
    if question.twins:
        count = f"{len(question.twins):,} row{'s' if len(question.twins) > 1 else ''}"
        parts.append(
            Text(f"{count} the same or nearly so, with the same label, will get the same answer.", "dim")
        )
    return Group(*parts)


def _cells(question: Question, cells: list[tuple[str, str]], *, full: bool) -> RenderableType:
    """Return the cells of the row: many short ones one behind the other, others a line each."""
    column = question.subject.column
    if len(cells) > _MOST_LINES and all(len(value) <= _SHORT for _, value in cells):
        flow = Text()
        for name, value in cells[: None if full else _MOST_SHORT]:
            flow.append_text(Text.assemble((f"{name} ", "dim"), (value, "yellow" if name == column else "")))
            flow.append("   ")
        if not full and len(cells) > _MOST_SHORT:
            flow.append(f"and {len(cells) - _MOST_SHORT} more, with T", "dim")
        return flow
    shown = Table.grid(padding=(0, 2))
    for name, value in cells[: None if full else _MOST_CELLS]:
        style = "yellow" if name == column else ""
        shown.add_row(Text(name, "dim"), Text(value if full else one_line(value, _LONGEST_CELL), style))
    return shown


def keys_line(question: Question) -> Text:
    """Return the keys for this question, with what they stand for."""
    said = [("Q", "keep" if question.given is None else f"keep {_short(question.given)}")]
    if question.proposal is not None:
        said.insert(0, ("W", _to_accept(question.proposal)))
    elif question.suggested is not None:
        said.insert(0, ("W", question.suggested))
    elif question.subject.column is None:
        said.append(("E", "exclude"))
    said += [
        (str(i), value if math.isnan(chance) else f"{value} {chance:.2f}")
        for i, (value, chance) in enumerate(question.choices[:_MOST_CHOICES], start=1)
        if i <= _FEWEST_CHOICES or not chance < _LEAST_CHANCE
    ]
    line = Text()
    for key, does in (*said, ("N", "later"), ("Z", "undo"), ("?", "keys"), ("X", "stop")):
        line.append_text(Text.assemble((key, "bold cyan"), f" {does}   "))
    return line


def _given_and_suggested(question: Question) -> Text:
    chances = dict(question.choices)
    made = Text.assemble(("Given ", "dim"), (question.given or "(missing)", "bold red"))
    if question.suggested is not None:
        made.append_text(Text.assemble(("   suggested ", "dim"), (question.suggested, "bold green")))
        chance = chances.get(question.suggested, math.nan)
        if not math.isnan(chance):
            made.append(f" at {chance:.2f}", "dim")
    return made


def _proposed(proposal: Correction) -> Text:
    """Return what would be changed: a cell from old to new, or which row goes."""
    if proposal.column is not None:
        return Text.assemble(
            ("Now ", "dim"), (_short(proposal.old), "bold red"),
            ("   proposed ", "dim"), (_short(proposal.new), "bold green"),
        )  # fmt: skip
    staying = proposal.evidence.get("first_row")
    why = "as an outlier" if staying is None else f"as a duplicate of row {staying:,}, which stays"
    return Text.assemble(("Proposed ", "dim"), (f"leave out row {proposal.row:,}", "bold green"), f" {why}")


def _to_accept(proposal: Correction) -> str:
    return _short(proposal.new) if proposal.column is not None else f"leave out row {proposal.row:,}"


def _short(value: Json) -> str:
    return "(missing)" if value is None else one_line(str(value), _LONGEST_NEAR)


def _near_table(nearest: tuple[NearRow, ...], *, full: bool) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for near in nearest:
        excerpt = near.excerpt if full else one_line(near.excerpt, _LONGEST_NEAR)
        table.add_row(Text(f"row {near.row:,}", "dim"), Text(near.label or "", "bold"), Text(excerpt))
    return Group(Text("Nearest rows", "dim"), Padding(table, (0, 0, 0, 2)))
