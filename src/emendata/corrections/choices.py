"""What is to be decided, before it is in the log: about which rows and cells, what, and whether it says anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from emendata.errors import InputError, UnknownName
from emendata.records import Coded, DecisionKind, IntArray, Json, Stream

__all__ = ["FOR_TWINS", "Choice", "Subject", "Subjects", "check_choice"]

FOR_TWINS = ("keep", "relabel", "both_right", "neither_right")
"""What is said of a cell holds for the same cell of its twins; all else is said of one row alone."""


@dataclass(frozen=True)
class Subject:
    """What is decided upon: a row, by its id and where it stands, and a column, None for the whole row."""

    row: int
    row_id: str
    column: str | None = None
    old: Json = None


@dataclass(frozen=True, eq=False)
class Subjects:
    """What is decided upon by one event: rows, each once, and a column, None for the whole rows.

    Attributes
    ----------
    rows, row_ids : int64 array and sequence of str, of shape (n_rows,)
    old : Coded of shape (n_rows,)
        What the cells hold.
    """

    rows: IntArray
    row_ids: Sequence[str]
    column: str | None
    old: Coded


@dataclass(frozen=True)
class Choice:
    """One decision to be made: see `DecisionLog.decide`. ``event_id`` makes it one that is only made once."""

    kind: DecisionKind
    subject: Subject
    new: Json = None
    reason: str = ""
    stream: Stream | None = None
    event_id: str | None = None


def check_choice(choice: Choice) -> None:
    """Refuse what decides nothing.

    Raises
    ------
    UnknownName
        If there is no such kind.
    InputError
        If a new value or a text is needed and not given.
    """
    kind = choice.kind
    if kind not in get_args(DecisionKind):
        raise UnknownName.among("kind of decision", kind, get_args(DecisionKind))
    if kind in ("relabel", "set_cell") and not (
        choice.subject.column and (choice.new is not None or kind == "set_cell")
    ):
        raise InputError(f"A decision to {kind} names a column and its new value.")
    if kind == "comment" and not choice.reason.strip():
        raise InputError("A comment says something. Give its text as the reason.")
