"""The sample that certificates of one kind of proposals rest on: rings of them, in the order of drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.propose import ProposalRules, propose
from emendata.data import Dataset
from emendata.errors import chosen
from emendata.kernels.strata import cut_strata
from emendata.records import Correction, CorrectionKind, FloatArray, IntArray
from emendata.store import fingerprint

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["REVIEWED_KINDS", "ProposalFrame", "frame_of_proposals", "make_proposal_frame"]

REVIEWED_KINDS: tuple[CorrectionKind, ...] = ("set_cell", "drop_duplicate", "exclude_outlier")
"""What is reviewed and certified by its kind; label changes have a frame of their own."""

_EDITION = 1
_LEAST_RISK = 0.02  # nobody is so sure of a ring that nothing in it would surprise


@dataclass(frozen=True, eq=False)
class ProposalFrame:
    """All proposals of one kind in rings, fixed by what is proposed before the first answer.

    Attributes
    ----------
    kind : str
    proposals : tuple of Correction
        By rows; none of a row of a test split.
    ring : int64 array of shape (n,)
        Of each proposal; the safest are in ring 0.
    order : int64 array of shape (n,)
        Places in ``proposals``, ring by ring, in the order in which they are drawn.
    risk : float64 array of shape (n_rings,)
        What part of the proposals the checks expect to be wrong.
    seed : int
    """

    kind: CorrectionKind
    proposals: tuple[Correction, ...]
    ring: IntArray
    order: IntArray
    risk: FloatArray
    seed: int

    @property
    def sizes(self) -> IntArray:
        """How many proposals each ring has."""
        return np.bincount(self.ring, minlength=len(self.risk))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which something is proposed, by name."""
        return tuple(sorted({one.column for one in self.proposals if one.column is not None}))


def make_proposal_frame(
    dataset: Dataset, outcomes: Sequence[Outcome], kind: CorrectionKind, *, seed: int = 0
) -> ProposalFrame:
    """Return the frame of one kind: everything that the checks would change, however unsure they are.

    Raises
    ------
    UnknownName
        If proposals of this kind are not reviewed by kind.
    """
    chosen("kind of proposal to review", kind, REVIEWED_KINDS)
    rules = ProposalRules(min_probability=0.0, max_duplicate_score=1.0, max_outlier_score=1.0, only=(kind,))
    return frame_of_proposals(kind, propose(dataset, outcomes, rules), seed=seed)


def frame_of_proposals(
    kind: CorrectionKind, proposals: Sequence[Correction], *, seed: int = 0
) -> ProposalFrame:
    """Return the frame of some proposals; the same always make the same frame, so that it need not be kept."""
    risks = np.array([_risk(one) for one in proposals], dtype=np.float64)
    ring, n_rings = cut_strata(np.ones(len(risks), dtype=bool), -risks, risks)
    # An order of its own for each frame: in that of an earlier one the rows that were looked at would come first.
    rng = np.random.default_rng([seed, int(_key(kind, proposals)[:16], 16)])
    shuffled = rng.permutation(len(risks))
    by_ring = np.bincount(ring, risks, minlength=n_rings) / np.maximum(
        np.bincount(ring, minlength=n_rings), 1
    )
    return ProposalFrame(
        kind,
        tuple(proposals),
        ring,
        shuffled[np.argsort(ring[shuffled], kind="stable")],
        np.maximum(by_ring, _LEAST_RISK),
        seed,
    )


def _risk(proposal: Correction) -> float:
    """Return how probably a proposal is wrong, as the check says that made it."""
    probability = proposal.evidence.get("probability")
    return proposal.score if probability is None else 1 - float(probability)


def _key(kind: CorrectionKind, proposals: Sequence[Correction]) -> str:
    return fingerprint(
        "proposals", _EDITION, kind, [(one.id, one.column, one.new, _risk(one)) for one in proposals]
    )
