"""What follows an audit: reviews, proposals, certificates, patches, and whether all this helped."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from emendata.audit.by_kind import ByKind
from emendata.corrections import (
    Certificate,
    Comparison,
    Decided,
    DecisionLog,
    Evidence,
    Frame,
    Patch,
    ProposalCertificate,
    ProposalRules,
    ReviewQueue,
    Trusted,
    align_versions,
    apply_to_source,
    apply_to_table,
    certified_corrections,
    certified_proposals,
    certify,
    certify_by_class,
    compare_versions,
    decided_corrections,
    gather_evidence,
    held_out_rows,
    make_frame,
    make_patch,
    proposals_document,
    propose,
    recall_frame,
    trusted_by_review,
    trusted_test_rows,
    with_decisions,
)
from emendata.corrections.items import Items, find_items
from emendata.data import open_dataset
from emendata.errors import EmendataError
from emendata.kernels.error_rate import ErrorRate
from emendata.pipeline import Preparation
from emendata.records import Correction, OnProgress, Role, Stream, no_progress
from emendata.store import MemoryShelf, Project, Shelf

__all__ = ["Correcting", "Source"]

Source = Any  # a path, a table, or a dataset in memory


class Correcting(ByKind):
    """The part of an `Audit` that comes after its checks."""

    project: Project | None
    _source: Source

    @abstractmethod
    def _prepared(self, shelf: Shelf, *, n_repeats: int | None = None) -> Preparation:
        """Return inputs that are kept elsewhere, and predicted so many times over."""

    def propose(self, rules: ProposalRules | None = None) -> list[Correction]:
        """Propose corrections, at most one a row."""
        return propose(self.dataset, self.outcomes, rules)

    def patch(
        self,
        rules: ProposalRules | None = None,
        *,
        certificate: Certificate | Sequence[ProposalCertificate] | None = None,
        reviewed_only: bool = False,
    ) -> Patch:
        """Return what people decided, and proposals for the rest, as a patch for the audited file.

        Parameters
        ----------
        rules : ProposalRules, optional
            Which proposals of rows that nobody decided about are made.
        certificate : Certificate, or sequence of ProposalCertificate, optional
            From `certify`, or some of `certify_kinds` and `certify_by_column`: what they cover takes the place of
            proposals by rules.
        reviewed_only : bool
            Whether nothing but decisions is to be made.
        """
        decided = self.decided
        if isinstance(certificate, Certificate):
            more, statement = certified_corrections(self.dataset, certificate), certificate.document()
        elif certificate is not None:
            more, statement = certified_proposals(certificate), proposals_document(certificate)
        else:
            more, statement = [] if reviewed_only else self.propose(rules), None
        return make_patch(self.dataset, with_decisions(decided, more), statement)

    @property
    def decided(self) -> Decided:
        """What people decided, as corrections of the data as they are now."""
        standing = {} if self.project is None else self.decisions.standing
        return decided_corrections(self.dataset, standing)

    def certify(self, precision: float = 0.95, confidence: float = 0.95) -> Certificate:
        """Return which proposals the reviewed sample certifies.

        Parameters
        ----------
        precision : float in (0, 1)
            What part of the proposals would be confirmed at least, if a person looked at all of them.
        confidence : float in (0, 1)
            How sure that is to be, whenever the person stops reviewing.

        Raises
        ------
        EmendataError
            If no check judged the labels.
        """
        return certify(self.evidence(), self.decisions.answers, precision, confidence)

    def fix(self, rules: ProposalRules | None = None) -> Any:
        """Return a corrected copy of what was given, in its own kind; the original stays as it is.

        A file and a dataset of torch become an Arrow table, in which pictures are names.
        """
        return apply_to_source(self.propose(rules), self._source, self.dataset)

    @cached_property
    def decisions(self) -> DecisionLog:
        """The log of what people decided about these rows.

        Raises
        ------
        EmendataError
            If there is no project folder that keeps it.
        """
        if self.project is None:
            raise EmendataError(
                "There is no project folder that could keep decisions. Audit with a project: "
                "Audit(..., project='reviews.emendata')."
            )
        return DecisionLog(self.project)

    @cached_property
    def frame(self) -> Frame | None:
        """The sample of labels that statistics rest on, None where labels could not be judged."""
        shelf = self.project if self.project is not None else MemoryShelf()
        return make_frame(self.dataset, self._preparation, self.outcomes, shelf, seed=self._settings.seed)

    @cached_property
    def _items(self) -> Items:
        """Each row and column that is flagged, once."""
        return find_items(self.dataset, self.outcomes)

    def evidence(self) -> Evidence:
        """Return what the answers so far say of all labels.

        Raises
        ------
        EmendataError
            If no check judged the labels, so that there is no sample of them.
        """
        if self.frame is None:
            raise EmendataError(
                "No check judged the labels of this audit, so no sample of them can be reviewed."
            )
        return gather_evidence(self.frame, self.dataset.row_ids(), self.decisions.standing)

    @cached_property
    def reviewed_rate(self) -> ErrorRate | None:
        """The rate of label errors by the rows that were reviewed before this audit, None where these are too few."""
        if self.project is None:
            return None
        frame = recall_frame(self.dataset, self._preparation, self.project, seed=self._settings.seed)
        if frame is None:
            return None
        return gather_evidence(frame, self.dataset.row_ids(), self.decisions.standing).rate

    def review(self, streams: Iterable[Stream] = ("worst", "audit", "disagreement")) -> ReviewQueue:
        """Return the questions that are worth a person's time, in an order that follows the answers.

        Parameters
        ----------
        streams : iterable of str
            ``"worst"``: what is flagged, the worst first; ``"audit"``: a fair sample, from which it is known how many
            labels are wrong and which proposals are safe; ``"disagreement"``: rows on which models are at odds.
        """
        return ReviewQueue(
            self.dataset,
            self._preparation,
            self.outcomes,
            self._items,
            self.decisions,
            self.frame,
            tuple(streams),
        )

    def certify_by_class(self, precision: float = 0.95, confidence: float = 0.95) -> dict[str, Certificate]:
        """Return by class which proposals of that class the reviewed sample certifies; all of them hold at once.

        Raises
        ------
        EmendataError
            If no check judged the labels.
        """
        return certify_by_class(self.evidence(), self.decisions.answers, precision, confidence)

    def compare(
        self,
        after: Source | None = None,
        *,
        trust_test: bool = False,
        n_repeats: int = 5,
        on_progress: OnProgress = no_progress,
    ) -> Comparison:
        """Tell whether models learn better from a corrected version, on rows whose labels are known.

        Parameters
        ----------
        after : path, table or dataset, optional
            The corrected version; by default this one with every suggested label, to learn what the suspected errors
            cost.
        trust_test : bool
            Whether the labels of the test split are right. Otherwise the reviewed sample tells.
        n_repeats : int
            How often models are trained in other folds.

        Raises
        ------
        InputError
            If too few rows are known for anything to be claimed; the text says how many it takes.
        """
        if after is None:
            rules = ProposalRules(min_probability=0.0, only=("relabel",))
            after = apply_to_table(self.propose(rules), self.dataset.table)
        reading = {**self._settings.reading, "label": self.dataset.label}
        roles = {
            column.name: column.role.value for column in self.dataset.columns if column.role != Role.LABEL
        }
        second = open_dataset(after, **{**reading, "roles": roles})
        preparation = self._prepared(MemoryShelf(self.project), n_repeats=n_repeats)
        versions = align_versions(self.dataset, second)
        trusted = trusted_test_rows(versions) if trust_test else self._trusted_by_review()
        return compare_versions(preparation, versions, trusted, on_progress=on_progress)

    def _trusted_by_review(self) -> Trusted:
        held_out = held_out_rows(self.dataset)
        among = held_out if held_out.any() else np.ones(self.dataset.n_rows, dtype=bool)
        return trusted_by_review(self.evidence(), among)
