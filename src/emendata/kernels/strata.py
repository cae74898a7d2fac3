"""Which rows are drawn together, and from which of these strata the next one comes."""

from dataclasses import dataclass

import numpy as np

from emendata.records import BoolArray, FloatArray, IntArray

__all__ = ["Drawn", "cut_strata", "next_ring", "next_stratum"]

_RINGS = (0.06, 0.14, 0.28, 0.48, 0.72, 1.0)
_OTHERS = (0.05, 0.2, 0.5, 1.0)
_FEWEST_ROWS = 25  # of a stratum, on average, if there are several
_FIRST = 5  # draws from each stratum before any has more
_FOR_THE_RATE = 70  # draws that first of all tell how many labels are wrong
_EACH = 6  # of which later draws one still does
_BELIEF = 8.0  # rows that the models' expectation counts as: a few draws must not send all others elsewhere
_WRONG_SHARES = (0.05, 0.1)  # of proposals, for which rings are looked at in turn
_WITHIN_REACH = 0.8  # part of what may be wrong that rings are expected to have for them to be worth asking


@dataclass(frozen=True)
class Drawn:
    """What was drawn of each stratum, all of shape (h,); the rings come first.

    ``sizes`` rows are in it and ``asked`` were drawn. Of these it is known of ``judged`` whether the label is right,
    and ``wrong`` are not; of ``unconfirmed`` the proposed label is not right, or that is open. ``doubt`` is the part of
    the labels that the models expect to be wrong, ``risk`` of the proposals.
    """

    sizes: IntArray
    asked: IntArray
    judged: IntArray
    wrong: IntArray
    unconfirmed: IntArray
    doubt: FloatArray
    risk: FloatArray
    n_rings: int


def cut_strata(is_candidate: BoolArray, safety: FloatArray, scores: FloatArray) -> tuple[IntArray, int]:
    """Cut labelled rows into rings of candidates and strata of all others.

    Parameters
    ----------
    is_candidate : bool array of shape (n,)
        Rows for which another label is proposed.
    safety : float array of shape (n,)
        How safe the proposal is: the innermost ring has the safest.
    scores : float array of shape (n,)
        Label scores, low = bad; NaN for a row without a label, which is in no stratum.

    Returns
    -------
    stratum : int64 array of shape (n,)
        -1 for a row without a label; then the rings, the safest first, then the others, the worst first.
    n_rings : int

    Examples
    --------
    >>> is_candidate = np.arange(1000) < 100
    >>> stratum, n_rings = cut_strata(is_candidate, np.linspace(9, 0, 1000), np.linspace(0, 1, 1000))
    >>> n_rings, np.bincount(stratum).tolist()
    (4, [14, 14, 44, 28, 45, 135, 270, 450])
    """
    labeled = ~np.isnan(scores)
    stratum = np.full(len(scores), -1, dtype=np.int64)
    candidates = np.flatnonzero(is_candidate & labeled)
    others = np.flatnonzero(~is_candidate & labeled)
    n_rings = _number(stratum, candidates[np.argsort(-safety[candidates], kind="stable")], _RINGS, 0)
    _number(stratum, others[np.argsort(scores[others], kind="stable")], _OTHERS, n_rings)
    return stratum, n_rings


def next_stratum(drawn: Drawn, rng: np.random.Generator) -> int:
    """Return the stratum of which the next row is drawn, -1 if all rows were.

    The first draws are spread so that the rate of label errors is known best (Neyman, "On the two different aspects of
    the representative method", J. R. Stat. Soc. 1934); later ones go to the rings that can still be shown to be safe.
    Some look for rings of which one proposal in twenty may be wrong and some for one in ten, so that the same draws
    serve certificates of either. The choice depends on what was drawn before and on chance, never on the rows to come.
    """
    left = drawn.sizes - drawn.asked
    if not left.any():
        return -1
    if (behind := _least_drawn(drawn)) is not None:
        return behind
    n_asked = int(drawn.asked.sum())
    for_the_rate = n_asked < _FOR_THE_RATE or n_asked % _EACH == 0
    if for_the_rate or not left[: drawn.n_rings].any():
        share = (drawn.wrong + _BELIEF * drawn.doubt) / (drawn.asked + _BELIEF)
        wanted = drawn.sizes * np.sqrt(share * (1 - share))
        return int(np.argmax(np.where(left > 0, wanted / drawn.asked, -1.0)))
    return _ring_within_reach(drawn, rng)


def next_ring(drawn: Drawn, rng: np.random.Generator) -> int:
    """Return the ring of which the next row is drawn, -1 if all rows were; where there is nothing but rings.

    As `next_stratum`, but that no draw goes to a rate of errors.
    """
    if not (drawn.sizes > drawn.asked).any():
        return -1
    behind = _least_drawn(drawn)
    return _ring_within_reach(drawn, rng) if behind is None else behind


def _least_drawn(drawn: Drawn) -> int | None:
    """Return a stratum of which fewer than the first few rows were drawn."""
    few = np.minimum(drawn.sizes, _FIRST) - drawn.asked
    return int(np.argmax(few)) if (few > 0).any() else None


def _ring_within_reach(drawn: Drawn, rng: np.random.Generator) -> int:
    left, n_asked = drawn.sizes - drawn.asked, int(drawn.asked.sum())
    of_rings, max_wrong_share = slice(0, drawn.n_rings), _WRONG_SHARES[n_asked % len(_WRONG_SHARES)]
    hoped = np.sqrt(drawn.risk[of_rings] * max_wrong_share)  # models are often less sure than they could be
    risk = (drawn.unconfirmed[of_rings] + hoped) / (drawn.asked[of_rings] + 1)
    sizes = drawn.sizes[of_rings]
    expected = np.cumsum(sizes * risk) / np.cumsum(sizes)
    within = np.flatnonzero(expected < _WITHIN_REACH * max_wrong_share)
    reach = int(within[-1]) + 1 if len(within) else 1
    weights = np.where(left[:reach] > 0, sizes[:reach] * np.sqrt(risk[:reach] * (1 - risk[:reach])), 0.0)
    if not weights.any():
        return int(np.argmax(left > 0))
    return int(rng.choice(reach, p=weights / weights.sum()))


def _number(stratum: IntArray, ordered: IntArray, cuts: tuple[float, ...], first: int) -> int:
    """Give rows that are in order the numbers of strata, and return how many strata there are."""
    n = min(len(cuts), max(len(ordered) // _FEWEST_ROWS, min(len(ordered), 1)))
    if not n:
        return 0
    chosen = np.asarray(cuts)[np.ceil(np.arange(1, n + 1) * len(cuts) / n).astype(int) - 1]
    stratum[ordered] = first + np.searchsorted(
        np.round(chosen * len(ordered)), np.arange(len(ordered)), side="right"
    )
    return len(chosen)
