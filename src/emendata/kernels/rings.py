"""How many rows of nested sets are wrong at most, from rows drawn at random, valid whenever the drawing stops.

A dataset is cut into rings beforehand. Rows of a ring are drawn in a random order that is fixed beforehand; from which
ring the next comes may depend on all that was drawn before. For the true number of wrong rows in each ring, the
likelihood of what was drawn under a prior, divided by the likelihood under these numbers, is a martingale of mean one.
By Ville's inequality it exceeds ``1 / delta`` at any moment with probability ``delta`` at most, so numbers for which it
does are refuted (Ville, "Étude critique de la notion de collectif", 1939; for audits in strata: Spertus, Stark,
"Sweeter than SUITE", 2022, and Stark, "ALPHA", Ann. Appl. Stat. 2023). A prior that is far off costs power and nothing
else.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln

from emendata.records import FloatArray, IntArray

__all__ = ["RingCounts", "log_evidence", "most_wrong", "n_certified"]


@dataclass(frozen=True)
class RingCounts:
    """What is known of each ring, all of shape (g,).

    ``sizes`` rows are in it, of which ``asked`` were drawn and ``wrong`` of these found wrong. ``prior_wrong`` and
    ``prior_right`` are the parameters of the beta distribution that was believed beforehand of the part that is wrong.
    """

    sizes: IntArray
    asked: IntArray
    wrong: IntArray
    prior_wrong: FloatArray
    prior_right: FloatArray

    def first(self, n: int) -> "RingCounts":
        """Return what is known of the first rings."""
        return RingCounts(*(getattr(self, name)[:n] for name in self.__dataclass_fields__))


def log_evidence(rings: RingCounts, n_wrong: int) -> float:
    """Return the logarithm of the e-value against at least ``n_wrong`` rows of all these rings being wrong.

    Examples
    --------
    >>> drawn = np.array([59])
    >>> half = np.array([0.5])
    >>> one_ring = RingCounts(np.array([100_000]), drawn, np.array([0]), half, np.array([19.5]))
    >>> round(float(np.exp(log_evidence(one_ring, 5_001))), 1)
    10.2
    """
    found = int(rings.wrong.sum())
    if n_wrong <= found:
        return -np.inf
    possible = _log_evidence_by_number(rings)
    return float(possible[n_wrong - found]) if n_wrong - found < len(possible) else np.inf


def most_wrong(rings: RingCounts, confidence: float) -> int:
    """Return the largest number of wrong rows in all these rings that is not refuted.

    Parameters
    ----------
    rings : RingCounts
    confidence : float
        In (0, 1): the probability that the true number is never above what this says, whenever it is asked.

    Notes
    -----
    O(n log n) for n rows that were not drawn.

    Examples
    --------
    >>> none = np.array([0])
    >>> most_wrong(RingCounts(np.array([10]), none, none, np.array([1.0]), np.array([9.0])), 0.95)
    10
    """
    refuted = _log_evidence_by_number(rings) >= -np.log1p(-confidence)
    return int(rings.wrong.sum()) + (int(refuted.argmax()) if refuted.any() else len(refuted)) - 1


def n_certified(rings: RingCounts, max_wrong_share: float, confidence: float) -> int:
    """Return of how many rings, from the first on, at most that part of the rows is wrong.

    The answer counts for the largest such set; since any of them might have been chosen, each is held to its share of
    what may go wrong.
    """
    n_rings = len(rings.sizes)
    bar = np.log(n_rings) - np.log1p(-confidence)
    together = np.cumsum(rings.sizes)
    for n in range(n_rings, 0, -1):
        refused = int(max_wrong_share * together[n - 1] + 1e-9) + 1
        if log_evidence(rings.first(n), refused) >= bar:
            return n
    return 0


def _log_evidence_by_number(rings: RingCounts) -> FloatArray:
    """Return the evidence against at least 0, 1, 2, … wrong rows more than were found.

    The likelihood of a ring falls off ever faster from its peak on, so the most likely way to have so many wrong rows
    in all takes the greatest steps of all rings first.
    """
    believed = likely = 0.0
    steps = []
    for size, asked, wrong, a, b in zip(
        *(getattr(rings, name).tolist() for name in rings.__dataclass_fields__), strict=True
    ):
        believed += _log_choose(asked, wrong) + betaln(a + wrong, b + asked - wrong) - betaln(a, b)
        numbers = np.arange(wrong, size - (asked - wrong) + 1, dtype=np.float64)
        chance = _log_choose(numbers, wrong) + _log_choose(size - numbers, asked - wrong)
        chance -= _log_choose(size, asked)
        likely += float(chance[0])
        steps.append(np.diff(chance))
    ordered = np.sort(np.concatenate(steps))[::-1]
    reached = np.concatenate([[0.0], np.cumsum(ordered)])
    best = np.maximum.accumulate(reached[::-1])[::-1]
    evidence: FloatArray = believed - (likely + best)
    return evidence


def _log_choose(n: FloatArray | float, k: FloatArray | float) -> FloatArray:
    chosen: FloatArray = gammaln(np.add(n, 1)) - gammaln(np.add(k, 1)) - gammaln(np.subtract(n, k) + 1)
    return chosen
