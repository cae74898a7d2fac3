"""Reviews and certificates of what is proposed beside label changes: cells, duplicates and outliers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from emendata.audit.settings import Settings
from emendata.corrections import (
    PROPOSAL_STREAMS,
    REVIEWED_KINDS,
    DecisionLog,
    ProposalCertificate,
    ProposalEvidence,
    ProposalFrame,
    ProposalQueue,
    certify_columns,
    certify_proposals,
    gather_proposal_evidence,
    make_proposal_frame,
)
from emendata.data import Dataset
from emendata.pipeline import Outcome, Preparation
from emendata.records import CorrectionKind, Stream

__all__ = ["ByKind"]


class ByKind(ABC):
    """The part of an `Audit` that is about the proposals of one kind."""

    dataset: Dataset
    _settings: Settings

    @property
    @abstractmethod
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each check."""

    @property
    @abstractmethod
    def _preparation(self) -> Preparation:
        """The inputs of the checks."""

    @property
    @abstractmethod
    def decisions(self) -> DecisionLog:
        """The log of what people decided about these rows."""

    def review_proposals(
        self, kind: CorrectionKind, streams: Iterable[Stream] = PROPOSAL_STREAMS
    ) -> ProposalQueue:
        """Return the questions about one kind of proposals; rows of a test split are left alone.

        Parameters
        ----------
        kind : {"set_cell", "drop_duplicate", "exclude_outlier"}
        streams : iterable of str
            ``"audit"``: a fair sample of the proposals, from which it is known how many are right; ``"worst"``: what
            looks worst.
        """
        return ProposalQueue(
            self.dataset, self._preparation, self._proposal_frame(kind), self.decisions, tuple(streams)
        )

    def certify_kinds(
        self,
        kinds: Iterable[CorrectionKind] = REVIEWED_KINDS,
        precision: float = 0.95,
        confidence: float = 0.95,
    ) -> dict[CorrectionKind, ProposalCertificate]:
        """Return by kind which proposals of that kind the reviewed sample certifies; all of them hold at once.

        Parameters
        ----------
        kinds : iterable of {"set_cell", "drop_duplicate", "exclude_outlier"}
        precision : float in (0, 1)
            What part of the proposals of a kind would be confirmed at least, if a person looked at all of them.
        confidence : float in (0, 1)
            How sure it is to be that all certificates hold, whenever the person stops reviewing: with several kinds,
            each is held to its share of what may go wrong.
        """
        evidence = {kind: self._proposal_evidence(kind) for kind in kinds}
        return certify_proposals(evidence, self.decisions.answers, precision, confidence)

    def certify_by_column(
        self, precision: float = 0.95, confidence: float = 0.95
    ) -> dict[str, ProposalCertificate]:
        """Return by column which changes of its cells the reviewed sample certifies; all of them hold at once.

        The sample is that of all changes of cells: no column is reviewed by itself.
        """
        evidence = self._proposal_evidence("set_cell")
        return certify_columns(evidence, self.decisions.answers, precision, confidence)

    def _proposal_frame(self, kind: CorrectionKind) -> ProposalFrame:
        return make_proposal_frame(self.dataset, self.outcomes, kind, seed=self._settings.seed)

    def _proposal_evidence(self, kind: CorrectionKind) -> ProposalEvidence:
        return gather_proposal_evidence(self._proposal_frame(kind), self.decisions.standing)
