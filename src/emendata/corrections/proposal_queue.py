"""What to ask a person of the proposals of one kind: the worst findings, and a fair sample of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from emendata.corrections.choices import Subject
from emendata.corrections.log import DecisionLog
from emendata.corrections.proposal_evidence import ProposalEvidence, gather_proposal_evidence
from emendata.corrections.proposal_frame import ProposalFrame
from emendata.corrections.queue import Question
from emendata.corrections.repeats import to_repeat
from emendata.corrections.standing import Place
from emendata.data import Dataset, label_names
from emendata.data.values import as_text
from emendata.errors import UnknownName
from emendata.records import Correction, Decision, DecisionKind, NearRow, Stream

if TYPE_CHECKING:
    from emendata.pipeline import Preparation

__all__ = ["PROPOSAL_STREAMS", "ProposalQueue"]

PROPOSAL_STREAMS: tuple[Stream, ...] = ("audit", "worst")


class ProposalQueue:
    """The questions about one kind of proposals, as many of the sample as of what looks worst.

    Parameters
    ----------
    dataset, preparation
        What was audited.
    frame : ProposalFrame
        The proposals.
    log : DecisionLog
        Where answers are.
    streams : sequence of str
        Which streams questions come from: ``"audit"`` is the sample, ``"worst"`` what the checks find worst.

    Raises
    ------
    UnknownName
        If there is no such stream.
    """

    def __init__(
        self,
        dataset: Dataset,
        preparation: Preparation,
        frame: ProposalFrame,
        log: DecisionLog,
        streams: Sequence[Stream] = PROPOSAL_STREAMS,
    ) -> None:
        for stream in streams:
            if stream not in PROPOSAL_STREAMS:
                raise UnknownName.among("stream of proposals", stream, PROPOSAL_STREAMS)
        self.dataset = dataset
        self.frame = frame
        self.log = log
        self._preparation = preparation
        self._streams = streams
        self._skipped: set[Place] = set()

    @property
    def evidence(self) -> ProposalEvidence:
        """What the answers so far say of all proposals."""
        return gather_proposal_evidence(self.frame, self.log.standing)

    @property
    def n_open(self) -> int:
        """How many proposals nobody decided about."""
        standing = self.log.standing
        return sum((one.id, one.column) not in standing for one in self.frame.proposals)

    def next(self) -> Question | None:
        """Return the next question, None when nothing is left."""
        standing = self.log.standing
        asked = Counter(standing[place].stream for place in self._places if place in standing)
        for stream in sorted(self._streams, key=lambda one: asked[one]):
            found = self._audit() if stream == "audit" else self._worst()
            if found is not None:
                return found
        return None

    def cells(self, question: Question) -> list[tuple[str, str]]:
        """Return what the row holds: names of columns and cells as people read them."""
        from emendata.pipeline.excerpts import shown_columns

        row = question.subject.row
        return [(name, self.dataset.text(row, name)) for name in shown_columns(self.dataset)]

    def nearest(self, question: Question) -> tuple[NearRow, ...]:
        """Return the rows that are nearest; of a duplicate the one that stays."""
        from emendata.pipeline.excerpts import excerpt
        from emendata.pipeline.near_rows import near_rows

        labels = label_names(self.dataset) if self.dataset.label is not None else None
        staying = None if question.proposal is None else question.proposal.evidence.get("first_row")
        if staying is not None:
            label = None if labels is None else labels[staying]
            return (NearRow(staying, label, 0.0, excerpt(self.dataset, staying)),)
        return near_rows(self.dataset, self._preparation, [question.subject.row], [()], labels)[0]

    def skip(self, question: Question) -> None:
        """Ask something else now, and this when the queue is made anew."""
        self._skipped.add((question.subject.row_id, question.subject.column))

    def answer(
        self, question: Question, kind: DecisionKind, new: str | None = None, reason: str = ""
    ) -> list[Decision]:
        """Record an answer and return the decision. The proposal is confirmed by its own kind, and its new value."""
        if kind == "exclude" and self.frame.kind != "set_cell":
            kind = self.frame.kind
        return [self.log.decide(kind, question.subject, new, reason, question.stream)]

    def _audit(self) -> Question | None:
        again = to_repeat(
            [event for event in self.log.answers if (event.row_id, event.column) in self._places],
            self.frame.seed,
            lambda event: (event.row_id, event.column),
        )
        if again is not None:
            return self._question(self._places[again], "repeat")
        pending = self.evidence.pending
        if pending is None:
            return None
        proposal = self.frame.proposals[pending]
        return None if (proposal.id, proposal.column) in self._skipped else self._question(proposal, "audit")

    def _worst(self) -> Question | None:
        standing = self.log.standing
        for one in self._by_score:
            places = {(one.id, None), (one.id, one.column)}
            if places.isdisjoint(self._skipped) and not any(place in standing for place in places):
                return self._question(one, "worst")
        return None

    def _question(self, proposal: Correction, stream: Stream) -> Question:
        others = proposal.evidence.get("alternatives", ())
        return Question(
            Subject(proposal.row, proposal.id, proposal.column, proposal.old),
            stream,
            None if proposal.old is None else as_text(proposal.old),
            None if proposal.new is None else as_text(proposal.new),
            tuple((str(value), float("nan")) for value in others),
            (("Why", proposal.reason),),
            (),
            proposal,
        )

    @cached_property
    def _places(self) -> dict[Place, Correction]:
        return {(one.id, one.column): one for one in self.frame.proposals}

    @cached_property
    def _by_score(self) -> list[Correction]:
        return sorted(self.frame.proposals, key=lambda one: (one.score, one.row, one.column or ""))
