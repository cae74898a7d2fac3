"""What draws in strata promise of the labels, before and after proposals are made without a look at each."""

from dataclasses import dataclass

import numpy as np

from emendata.kernels.rings import RingCounts, most_wrong, n_certified
from emendata.kernels.strata import Drawn
from emendata.records import FloatArray, IntArray

__all__ = ["Promise", "precise_rings", "promise"]

_BELIEF = 8.0  # rows that the models' own expectation of wrong labels counts as
_HOPED = 0.3  # the part of what may be wrong in rings that is expected there
_HOPE = 30.0  # rows that this counts as


@dataclass(frozen=True)
class Promise:
    """What holds with a confidence, whenever the drawing stops.

    The proposals of the first ``n_rings`` are right as often as was asked for; made in all of these, there are
    ``least_gain`` wrong labels fewer at least, and ``most_left`` wrong labels at most in the whole dataset.
    """

    n_rings: int
    least_gain: int
    most_left: int


def promise(drawn: Drawn, precision: float, confidence: float, slips: float = 0.0) -> Promise:
    """Find the largest set of rings whose proposals may be made, and what comes of making them.

    Parameters
    ----------
    drawn : Drawn
    precision : float in (0, 1)
        What part of the proposals is right at least.
    confidence : float in (0, 1)
        For each of the three statements.
    slips : float in [0, 1]
        What part of the answers is wrong by mistake; the bar is raised by as much.

    Notes
    -----
    O(n log n) for n rows that were not drawn.

    Examples
    --------
    >>> clean = np.array([0, 0])
    >>> asked = np.array([200, 20])
    >>> doubt = np.array([0.95, 0.02])
    >>> drawn = Drawn(np.array([400, 600]), asked, asked, np.array([200, 0]), clean, doubt, np.array([0.05, 0.9]), 1)
    >>> promise(drawn, 0.95, 0.95)
    Promise(n_rings=1, least_gain=385, most_left=136)
    """
    n = precise_rings(drawn, precision, confidence, slips)
    proposals = _proposals(drawn, 1 - precision - slips)
    # Each number of rings might have been the one, so each is held to its share of what may go wrong.
    share = 1 - (1 - confidence) / (drawn.n_rings + 1)
    left = _left_wrong(drawn, n)
    gain = _least_gain(_right_labels(drawn).first(n), proposals.first(n), (1 + share) / 2) if n else 0
    return Promise(n, gain, most_wrong(left, share) - int(left.wrong.sum()))


def precise_rings(drawn: Drawn, precision: float, confidence: float, slips: float = 0.0) -> int:
    """Return of how many rings, from the safest on, at least that part of the proposals is right.

    Takes what `promise` does.
    """
    allowed = 1 - precision - slips
    if not drawn.n_rings or allowed <= 0:
        return 0
    return n_certified(_proposals(drawn, allowed), allowed, confidence)


def _least_gain(right: RingCounts, proposals: RingCounts, confidence: float) -> int:
    """Return how many more labels are wrong than proposals are, at least."""
    least_wrong = int(right.sizes.sum()) - most_wrong(right, confidence)
    return max(least_wrong - most_wrong(proposals, confidence), 0)


def _proposals(drawn: Drawn, allowed: float) -> RingCounts:
    """Return what is known of the proposals, ring by ring: wrong is one that was not confirmed.

    It is expected that they are good enough: rings that are not cannot be certified anyway.
    """
    n = drawn.n_rings
    hoped = _HOPE * np.full(n, _HOPED * max(allowed, 0.0))
    return RingCounts(drawn.sizes[:n], drawn.asked[:n], drawn.unconfirmed[:n], hoped, _HOPE - hoped)


def _right_labels(drawn: Drawn) -> RingCounts:
    """Return what is known of the given labels, with what is right, or open, in the place of what is wrong."""
    n = drawn.n_rings
    right = drawn.asked[:n] - drawn.wrong[:n]
    return _counts(drawn.sizes[:n], drawn.asked[:n], right, 1 - drawn.doubt[:n])


def _left_wrong(drawn: Drawn, n_changed: int) -> RingCounts:
    """Return what is known of all labels once the proposals of the first rings are made; what is open may be wrong."""
    changed = np.arange(len(drawn.sizes)) < n_changed
    wrong = drawn.wrong + (drawn.asked - drawn.judged)
    return _counts(
        drawn.sizes,
        drawn.asked,
        np.where(changed, drawn.unconfirmed, wrong),
        np.where(changed, drawn.risk, drawn.doubt),
    )


def _counts(sizes: IntArray, asked: IntArray, wrong: IntArray, expected: FloatArray) -> RingCounts:
    return RingCounts(sizes, asked, wrong, _BELIEF * expected, _BELIEF * (1 - expected))
