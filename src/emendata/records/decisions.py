"""What is proposed, and what somebody decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from emendata.records.words import CorrectionKind, DecisionKind, Json, Stream

__all__ = [
    "Correction",
    "Decision",
]


@dataclass(frozen=True)
class Correction:
    """One proposed change to a dataset: a line of a patch file.

    ``column`` is None when the whole row goes; ``old`` and ``new`` are the cell's values, None for a
    missing cell. ``raw`` is the exact source text of what is replaced, where the file format has one and
    the value alone would not give it back.
    """

    kind: CorrectionKind
    row: int
    id: str
    column: str | None
    old: Json
    new: Json
    reason: str
    evidence: Mapping[str, Json]
    score: float
    raw: str | None = None


@dataclass(frozen=True)
class Decision:
    """One event of the append-only decision log: somebody decided, took an event back, or wrote a corrected copy.

    ``row_id`` names the row, wherever it stands today; ``row`` is where it stood then. ``column`` is None where the
    whole row is meant. ``origin`` says from where it came, such as ``"terminal"``; ``stream`` why the row was asked
    about; ``undoes`` names the event that is taken back.
    """

    event_id: str
    at: str
    by: str
    action: Literal["decided", "undone", "applied", "reverted"]
    kind: DecisionKind
    row: int
    row_id: str
    column: str | None
    old: Json
    new: Json
    reason: str
    origin: str = "command line"
    stream: Stream | None = None
    undoes: str | None = None
