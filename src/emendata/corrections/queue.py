"""What to ask a person next, of three streams: the worst rows, a fair sample, and rows on which models are at odds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.choices import FOR_TWINS, Subject
from emendata.corrections.evidence import Evidence, gather_evidence
from emendata.corrections.frame import Frame
from emendata.corrections.items import Item, Items, twins_of
from emendata.corrections.log import DecisionLog
from emendata.corrections.ranking import Ranking, rows_at_odds
from emendata.corrections.repeats import is_of_label, of_labels, to_repeat
from emendata.corrections.standing import Place
from emendata.data import Dataset, label_names
from emendata.records import Correction, Decision, DecisionKind, IntArray, Json, NearRow, Stream

if TYPE_CHECKING:
    from emendata.pipeline import Outcome, Preparation

__all__ = ["Question", "ReviewQueue"]

_SHARES: Mapping[Stream, float] = {"worst": 0.6, "audit": 0.3, "disagreement": 0.1}
_CHANGES = ("relabel", "neither_right", "exclude", "drop_duplicate", "exclude_outlier", "set_cell")


@dataclass(frozen=True)
class Question:
    """A row and a column to judge, and why it is asked.

    ``choices`` are the values that it may have with their probabilities, the most probable first; ``twins`` rows that
    are the same, or nearly, and that the answer may settle as well.
    """

    subject: Subject
    stream: Stream
    given: str | None
    suggested: str | None
    choices: tuple[tuple[str, float], ...]
    reasons: tuple[tuple[str, str], ...]
    twins: tuple[int, ...]
    proposal: Correction | None = None


class ReviewQueue:
    """The questions of one audit, in an order that follows the answers.

    Parameters
    ----------
    dataset, preparation, outcomes
        What was audited and found.
    items : Items
        What of it is flagged.
    log : DecisionLog
        Where answers are.
    frame : Frame, optional
        The sample; without one nothing is asked to learn how many labels are wrong.
    streams : sequence of str
        Which streams questions come from.
    """

    def __init__(
        self,
        dataset: Dataset,
        preparation: Preparation,
        outcomes: Sequence[Outcome],
        items: Items,
        log: DecisionLog,
        frame: Frame | None,
        streams: Sequence[Stream] = ("worst", "audit", "disagreement"),
    ) -> None:
        self.dataset = dataset
        self.frame = frame
        self.items = items
        self.log = log
        self.row_ids = dataset.row_ids()
        self._preparation = preparation
        self._outcomes = outcomes
        self._streams = streams
        self._skipped: set[Place] = set()

    @property
    def evidence(self) -> Evidence | None:
        """What the answers so far say of all labels."""
        if self.frame is None:
            return None
        return gather_evidence(self.frame, self.row_ids, self.log.standing)

    @property
    def n_open(self) -> int:
        """How many flagged rows and columns nobody decided about."""
        standing = self.log.standing
        return sum(self._place(*place) not in standing for place in self.items.places)

    @property
    def n_found(self) -> int:
        """How many labels people found wrong, of whatever stream."""
        decided = self.log.standing.tally("column", "kind")
        return decided[self.dataset.label, "relabel"] + decided[self.dataset.label, "neither_right"]

    def next(self, streams: Sequence[Stream] | None = None) -> Question | None:
        """Return the next question, of some streams or of all of the queue; None when nothing is left."""
        standing = self.log.standing
        asked: Counter[Json] = Counter()
        for (stream, column, kind), n in standing.tally("stream", "column", "kind").items():
            if stream != "audit" or is_of_label(column, kind, self.dataset.label):
                asked[stream] += n
        in_turn = sorted(
            streams or self._streams,
            key=lambda stream: asked[stream] - _SHARES[stream] * (asked.total() + 1),
        )
        for stream in in_turn:
            found: Question | None = getattr(self, f"_{stream}")(standing)
            if found is not None:
                return found
        return None

    def questions(self, row: int) -> list[Question]:
        """Return all that may be asked of a row: what is flagged, the label first, else its label or the row itself."""
        flagged = self.items.of_row(row)
        if flagged:
            return [self._question(item, "worst") for item in flagged]
        if self.dataset.label is not None:
            return [self._label_question(row, "worst")]
        return [self._question(Item(row, None, 1.0, "", (), None, ()), "worst")]

    def cells(self, question: Question) -> list[tuple[str, str]]:
        """Return what the row holds, but for its label: names of columns and cells as people read them."""
        from emendata.pipeline.excerpts import shown_columns

        row = question.subject.row
        return [
            (name, self.dataset.text(row, name))
            for name in shown_columns(self.dataset)
            if name != self.dataset.label
        ]

    def nearest(self, question: Question) -> tuple[NearRow, ...]:
        """Return the rows that are nearest, and the nearest with the labels between which it stands."""
        from emendata.pipeline.near_rows import near_rows

        labels = self._labels if self.dataset.label is not None else None
        between = (
            (question.given, question.suggested) if question.subject.column == self.dataset.label else ()
        )
        return near_rows(self.dataset, self._preparation, [question.subject.row], [between], labels)[0]

    def nearest_of(self, row: int, members: IntArray, k: int) -> tuple[NearRow, ...]:
        """Return the ``k`` of some rows that are nearest to one."""
        from emendata.pipeline.near_rows import near_among

        labels = self._labels if self.dataset.label is not None else None
        return near_among(self.dataset, self._preparation, row, members, k, labels)

    def skip(self, question: Question) -> None:
        """Ask something else now, and this when the queue is made anew."""
        self._skipped.add((question.subject.row_id, question.subject.column))

    def answer(
        self, question: Question, kind: DecisionKind, new: str | None = None, reason: str = ""
    ) -> list[Decision]:
        """Record an answer, also for the twins of the row that have none, and return the decisions.

        What is said of a whole row, and what is left open, is said of that row alone.
        """
        subject = question.subject
        subjects = [subject]
        if subject.column is not None and kind in FOR_TWINS:
            standing = self.log.standing
            subjects += [
                self._subject(row, subject.column)
                for row in question.twins
                if self._place(row, subject.column) not in standing
            ]
        at_second_hand: Stream = "group"
        streams = [question.stream, *repeat(at_second_hand, len(subjects) - 1)]
        return self.log.decide_all(kind, subjects, new, reason, streams)

    # -- streams --------------------------------------------------------------------------------------

    def _worst(self, standing: Mapping[Place, Decision]) -> Question | None:
        answered = {
            row: decision.kind in _CHANGES
            for row in self.items.rows[self.items.is_label].tolist()
            if (decision := standing.get(self._place(row, self.dataset.label))) is not None
        }
        for item in self._ranking.ordered(answered):
            if self._is_open(standing, item.row, item.column):
                return self._question(item, "worst")
        return None

    def _audit(self, standing: Mapping[Place, Decision]) -> Question | None:
        evidence = self.evidence
        if evidence is None:
            return None
        again = self._row_to_repeat()
        if again is not None:
            return self._label_question(again, "repeat")
        if evidence.pending is None or self._place(evidence.pending, self.dataset.label) in self._skipped:
            return None
        return self._label_question(evidence.pending, "audit")

    def _disagreement(self, standing: Mapping[Place, Decision]) -> Question | None:
        if self.frame is None:
            return None
        for row in self._rows_at_odds:
            if self._is_open(standing, row, self.dataset.label):
                return self._label_question(row, "disagreement")
        return None

    # -- questions ------------------------------------------------------------------------------------

    def _place(self, row: int, column: str | None) -> Place:
        return self.row_ids[row], column

    def _is_open(self, standing: Mapping[Place, Decision], row: int, column: str | None) -> bool:
        place = self._place(row, column)
        return place not in standing and place not in self._skipped and (place[0], None) not in standing

    def _subject(self, row: int, column: str | None) -> Subject:
        if column is None:
            return Subject(row, self.row_ids[row])
        return Subject(row, self.row_ids[row], column, self._given(row, column))

    def _given(self, row: int, column: str) -> str | None:
        if column == self.dataset.label:
            return self._labels[row]
        return self.dataset.text(row, column) or None

    def _label_question(self, row: int, stream: Stream) -> Question:
        assert self.dataset.label is not None
        known = [item for item in self.items.of_row(row) if item.column == self.dataset.label]
        return self._question(
            known[0] if known else Item(row, self.dataset.label, 1.0, "", (), None, ()), stream
        )

    def _question(self, item: Item, stream: Stream) -> Question:
        column = item.column
        suggested = item.suggested
        choices: tuple[tuple[str, float], ...] = tuple((value, float("nan")) for value in item.alternatives)
        if column is not None and column == self.dataset.label and self.frame is not None:
            choices = self._classes(item.row)
            if suggested is None and self.frame.stratum[item.row] < self.frame.n_rings:
                suggested = self.frame.suggestion(item.row)
        return Question(
            self._subject(item.row, column),
            stream,
            None if column is None else self._given(item.row, column),
            suggested,
            choices,
            item.reasons,
            self._twins.get(item.row, ()),
        )

    def _classes(self, row: int) -> tuple[tuple[str, float], ...]:
        assert self.frame is not None
        probs = self._preparation.shown_probs[row]
        return tuple(
            (self.frame.classes[code], float(probs[code]))
            for code in np.argsort(-probs, kind="stable").tolist()
        )

    def _row_to_repeat(self) -> int | None:
        assert self.frame is not None
        row_id = to_repeat(
            of_labels(self.log.answers, self.frame.column), self.frame.seed, lambda event: event.row_id
        )
        return None if row_id is None else self._rows.get(row_id)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {row_id: row for row, row_id in enumerate(self.row_ids)}

    @cached_property
    def _rows_at_odds(self) -> list[int]:
        votes = np.asarray(self._preparation.predictions.votes)
        return [row for row in rows_at_odds(votes).tolist() if self._labels[row] is not None]

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self.items, self.dataset.label, self._outcomes, self.dataset.n_rows)

    @cached_property
    def _labels(self) -> list[str | None]:
        return label_names(self.dataset)

    @cached_property
    def _twins(self) -> dict[int, tuple[int, ...]]:
        return twins_of(self._outcomes, None if self.frame is None else self.frame.given)
