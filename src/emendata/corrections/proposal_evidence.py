"""What the answers of people say of the proposals of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from emendata.corrections.evidence import AT_SECOND_HAND
from emendata.corrections.proposal_frame import ProposalFrame
from emendata.corrections.standing import Place
from emendata.data.values import same_value
from emendata.kernels.strata import Drawn, next_ring
from emendata.records import BoolArray, Correction, Decision, IntArray

__all__ = ["ProposalEvidence", "gather_proposal_evidence"]

_REMOVALS = ("exclude", "drop_duplicate", "exclude_outlier")


@dataclass(frozen=True, eq=False)
class ProposalEvidence:
    """Which proposals were drawn, by their places in the frame, and which of these were confirmed.

    An answer that is still open confirms nothing. ``pending`` is the proposal that is drawn next, None where all were.
    """

    frame: ProposalFrame
    asked: IntArray
    confirmed: BoolArray
    pending: int | None

    def of(self, chosen: BoolArray) -> Drawn:
        """Return what was drawn of some of the proposals: they are in as random an order as all are.

        Parameters
        ----------
        chosen : bool array of shape (n_proposals,)
        """
        frame, n = self.frame, len(self.frame.risk)
        ring, picked = frame.ring[self.asked], chosen[self.asked]
        sizes = np.bincount(frame.ring[chosen], minlength=n)
        asked = np.bincount(ring[picked], minlength=n)
        return _drawn(frame, sizes, asked, np.bincount(ring[picked & ~self.confirmed], minlength=n))


def gather_proposal_evidence(frame: ProposalFrame, standing: Mapping[Place, Decision]) -> ProposalEvidence:
    """Draw proposals as the frame says for as long as people have answered, and count the answers.

    Parameters
    ----------
    frame : ProposalFrame
    standing : mapping of (str, str or None) to Decision
    """
    rng = np.random.default_rng(frame.seed)
    sizes = frame.sizes
    starts = np.concatenate([[0], np.cumsum(sizes)])
    asked, unconfirmed = np.zeros_like(sizes), np.zeros_like(sizes)
    places: list[int] = []
    confirmed: list[bool] = []
    pending: int | None = None
    while (ring := next_ring(_drawn(frame, sizes, asked, unconfirmed), rng)) >= 0:
        place = int(frame.order[starts[ring] + asked[ring]])
        decision = _decision_on(standing, frame.proposals[place])
        if decision is None:
            pending = place
            break
        places.append(place)
        confirmed.append(_confirms(decision, frame.proposals[place]))
        asked[ring] += 1
        unconfirmed[ring] += not confirmed[-1]
    return ProposalEvidence(frame, np.array(places, dtype=np.int64), np.array(confirmed, dtype=bool), pending)


def _drawn(frame: ProposalFrame, sizes: IntArray, asked: IntArray, unconfirmed: IntArray) -> Drawn:
    """Return draws of rings alone: what is wrong without a proposal is not looked at, nor what is wrong at all."""
    unknown = np.zeros_like(sizes)
    return Drawn(sizes, asked, unknown, unknown, unconfirmed, frame.risk, frame.risk, len(frame.risk))


def _decision_on(standing: Mapping[Place, Decision], proposal: Correction) -> Decision | None:
    """Return what somebody who looked at it decided about the row or the cell of a proposal."""
    for column in dict.fromkeys((None, proposal.column)):
        decision = standing.get((proposal.id, column))
        if decision is None or decision.stream in AT_SECOND_HAND:
            continue
        if column is None and proposal.column is not None and decision.kind not in _REMOVALS:
            continue  # says nothing of the cell
        return decision
    return None


def _confirms(decision: Decision, proposal: Correction) -> bool:
    """Return whether a proposal is right; the cell may have been changed since somebody looked at it."""
    if proposal.column is None:
        return decision.kind in _REMOVALS
    if decision.kind == "set_cell":
        return same_value(decision.new, proposal.new)
    if decision.kind == "keep":
        return same_value(decision.old, proposal.new)
    return decision.kind == "both_right" and same_value(decision.old, proposal.old)
