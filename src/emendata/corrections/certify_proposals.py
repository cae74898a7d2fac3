"""Which proposals beside label changes may be made without a look at each, and the statement that says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from emendata.corrections.certify import check_promise, proved
from emendata.corrections.proposal_evidence import ProposalEvidence
from emendata.corrections.proposal_frame import ProposalFrame
from emendata.corrections.repeats import contradictions, slip_rate
from emendata.kernels.promises import precise_rings
from emendata.kernels.strata import Drawn
from emendata.records import KIND_WORDS, BoolArray, Correction, CorrectionKind, Decision, Json

__all__ = [
    "ProposalCertificate",
    "certified_proposals",
    "certify_columns",
    "certify_proposals",
    "proposals_document",
]


@dataclass(frozen=True, eq=False)
class ProposalCertificate:
    """What a sample of reviewed proposals of one kind proves of the others, whenever the person stops.

    It promises precision alone: how many errors of this kind there are, and are left, nobody looked for.

    Attributes
    ----------
    kind : str
    column : str, optional
        To which the proposals belong, None for those of all columns, or of whole rows.
    precision, confidence : float in (0, 1)
        That at least this part of ``proposals`` would be confirmed, and how sure this is.
    proposals : tuple of Correction
        What is certified, by rows; empty where nothing is.
    n_candidates : int
        How many proposals there are.
    n_asked, n_confirmed : int
        How many were drawn of the certified ones, or of all where nothing is certified, and how many of these were
        confirmed.
    n_repeated, n_changed : int
        How many questions were asked twice, and how many answers changed; ``precision`` was raised by this.
    frame : ProposalFrame
        The sample that it rests on.
    drawn : Drawn
        What was drawn of the proposals that it is about.
    """

    kind: CorrectionKind
    column: str | None
    precision: float
    confidence: float
    proposals: tuple[Correction, ...]
    n_candidates: int
    n_asked: int
    n_confirmed: int
    n_repeated: int
    n_changed: int
    frame: ProposalFrame
    drawn: Drawn

    @property
    def is_certified(self) -> bool:
        """Whether there is any change that may be made unseen."""
        return bool(self.proposals)

    @property
    def title(self) -> str:
        """What it is about, such as ``cell changes in 'age'``."""
        return KIND_WORDS[self.kind][1] + (f" in {self.column!r}" if self.column is not None else "")

    @property
    def sentence(self) -> str:
        """What is proved, as one says it to a person."""
        answers = (self.n_asked, self.n_confirmed)
        return proved(self.title, len(self.proposals), answers, self.precision, self.confidence)

    def document(self) -> dict[str, Json]:
        """Return the statement with the counts behind it, as JSON."""
        drawn = self.drawn
        return {
            "statement": self.sentence,
            "kind": self.kind,
            "column": self.column,
            "precision": self.precision,
            "confidence": self.confidence,
            "n_certified": len(self.proposals),
            "n_candidates": self.n_candidates,
            "n_asked": self.n_asked,
            "n_confirmed": self.n_confirmed,
            "n_repeated": self.n_repeated,
            "n_changed_answers": self.n_changed,
            "rings": [
                {
                    "n_proposals": int(drawn.sizes[ring]),
                    "n_asked": int(drawn.asked[ring]),
                    "n_unconfirmed": int(drawn.unconfirmed[ring]),
                }
                for ring in range(drawn.n_rings)
            ],
            "seed": self.frame.seed,
        }


def certify_proposals(
    evidence: Mapping[CorrectionKind, ProposalEvidence],
    events: Sequence[Decision],
    precision: float = 0.95,
    confidence: float = 0.95,
) -> dict[CorrectionKind, ProposalCertificate]:
    """Return for each kind the largest set of its proposals that the answers certify.

    All of them hold at once with the confidence: each is held to its share of what may go wrong.

    Parameters
    ----------
    evidence : mapping of str to ProposalEvidence
        By kind.
    events : sequence of Decision
        The log by time, which tells how often a question that was asked twice got another answer.
    precision, confidence : float in (0, 1)

    Raises
    ------
    InputError
        If precision or confidence is not between 0 and 1.
    """
    check_promise(precision, confidence)
    share = 1 - (1 - confidence) / max(len(evidence), 1)
    return {
        kind: _certificate(one, events, np.ones(len(one.frame.proposals), dtype=bool), precision, share)
        for kind, one in evidence.items()
    }


def certify_columns(
    evidence: ProposalEvidence,
    events: Sequence[Decision],
    precision: float = 0.95,
    confidence: float = 0.95,
) -> dict[str, ProposalCertificate]:
    """Return for each column the largest set of the changes of its cells that the answers certify.

    All of them hold at once, as those of `certify_proposals` do, whose arguments it takes.
    """
    check_promise(precision, confidence)
    columns = evidence.frame.columns
    share = 1 - (1 - confidence) / max(len(columns), 1)
    of = np.array([one.column for one in evidence.frame.proposals], dtype=object)
    return {
        column: replace(_certificate(evidence, events, of == column, precision, share), column=column)
        for column in columns
    }


def certified_proposals(certificates: Sequence[ProposalCertificate]) -> list[Correction]:
    """Return the changes that certificates cover, by rows: once each, and none in a row that goes."""
    going: dict[int, Correction] = {}
    edits: dict[tuple[int, str | None], Correction] = {}
    for certificate in certificates:
        evidence = {"certified": certificate.precision, "confidence": certificate.confidence}
        for one in certificate.proposals:
            covered = replace(one, evidence={**one.evidence, **evidence})
            if one.column is None:
                going.setdefault(one.row, covered)
            else:
                edits[one.row, one.column] = covered
    kept = [one for one in edits.values() if one.row not in going]
    return sorted([*going.values(), *kept], key=lambda one: (one.row, one.column or ""))


def proposals_document(certificates: Sequence[ProposalCertificate]) -> dict[str, Json]:
    """Return what certificates of a patch say together, as JSON."""
    return {"statement": _together(certificates), "certificates": [one.document() for one in certificates]}


def _together(certificates: Sequence[ProposalCertificate]) -> str:
    if len(certificates) == 1:
        return certificates[0].sentence
    if not certificates:
        return "Nothing is proposed, so nothing is certified."
    confidence = 1 - sum(1 - one.confidence for one in certificates)
    n = sum(len(one.proposals) for one in certificates)
    return (
        f"{n:,} changes are certified, by {len(certificates):,} certificates of which each says its part; we are "
        f"{confidence:.0%} sure that all of them hold at once."
    )


def _certificate(
    evidence: ProposalEvidence,
    events: Sequence[Decision],
    chosen: BoolArray,
    precision: float,
    confidence: float,
) -> ProposalCertificate:
    """Return what is proved of some of the proposals."""
    frame, drawn = evidence.frame, evidence.of(chosen)
    places = {(one.id, one.column) for one in frame.proposals}
    repeated = contradictions([event for event in events if (event.row_id, event.column) in places])
    n_rings = precise_rings(drawn, precision, confidence, slip_rate(repeated))
    covered = np.flatnonzero(chosen & (frame.ring < n_rings)).tolist()
    of_rings = slice(0, n_rings if covered else drawn.n_rings)
    n_asked = int(drawn.asked[of_rings].sum())
    return ProposalCertificate(
        kind=frame.kind,
        column=None,
        precision=precision,
        confidence=confidence,
        proposals=tuple(frame.proposals[i] for i in covered),
        n_candidates=int(drawn.sizes.sum()),
        n_asked=n_asked,
        n_confirmed=n_asked - int(drawn.unconfirmed[of_rings].sum()),
        n_repeated=repeated[0],
        n_changed=repeated[1],
        frame=frame,
        drawn=drawn,
    )
