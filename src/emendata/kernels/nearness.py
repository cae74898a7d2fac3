"""How near rows come to each other by accident, as the rows themselves tell."""

import numpy as np

from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["accidental_nearness", "pair_nearness"]

_TINY = 1e-9  # part of the last distance that stands for none
_ROUNDING = 1e-5  # of the usual last distance
_FROM = 5  # the gap between distances from which on a few near duplicates are no part of it
_WEIGHT = 8  # gaps that what is usual counts as, beside a row's own
_DRAWS = 20_000  # of gaps, at least
_ROUNDS = 10
_STEP = 65_536  # rows at a time


def pair_nearness(rows: IntArray, distances: Float32Array) -> FloatArray:
    """Tell how much nearer each pair is than its surroundings let one expect, shape (n, k).

    Where rows spread evenly into m directions, ``m log(d_k / d_1)`` says it of the nearest row: accident brings one
    that is nearer by t more with probability ``exp(-t)``. The gaps between the further distances tell m around each
    row, ``1/m = mean_j j log(d_(j+1) / d_j)`` (Rényi's spacings; Hill 1975), drawn to what is usual among all rows. Of
    the two rows of a pair the one counts that finds it less near. It is 0 for a row of whose neighbours all are
    identical: nothing tells how far others are.

    Parameters
    ----------
    rows, distances : arrays of shape (n, k)
        The nearest other rows of each row, nearest first.

    Notes
    -----
    O(n k) time and memory.
    """
    reach = np.maximum(distances[:, -1].astype(np.float64), np.finfo(np.float32).tiny)
    directions = _directions(distances)
    logs = np.log(np.maximum(distances, _TINY * reach[:, None]))
    nearness = (np.log(reach)[:, None] - logs) * directions[:, None]
    theirs = (np.log(reach)[rows] - logs) * directions[rows]
    least: FloatArray = np.minimum(nearness, theirs, out=nearness)
    least[distances[:, -1] <= _none(distances)] = 0.0
    return least


def accidental_nearness(distances: Float32Array, seed: int = 0) -> tuple[Float32Array, float]:
    """Draw how near the nearest rows would be by accident.

    Accident is what the further gaps of the rows themselves say, from the fifth on, where near duplicates are no part
    of them: by Rényi, each gap times its place is distributed as any other, so the nearest distances that there would
    be without near duplicates are drawn from them, each measured by what the other gaps of its row say.

    Parameters
    ----------
    distances : float32 array of shape (n, k)
        Nearest first, k at least 3.

    Returns
    -------
    drawn : float32 array of shape (n_draws,)
        Nearness as of `pair_nearness`, the greatest first.
    weight : float
        How many pairs of the dataset each draw stands for.

    Notes
    -----
    O(n k) time, O(n) memory.
    """
    n, k = distances.shape
    rounds = max(_ROUNDS, -(-_DRAWS // n))
    usable = _usable(distances)
    rng = np.random.default_rng(seed)
    first = _first(k)
    usual = _usual_gap(distances)
    drawn = [np.empty(0, np.float32)]
    for start in range(0, n, _STEP):
        gaps = _gaps(distances[start : start + _STEP][usable[start : start + _STEP]], first)
        others = gaps.sum(axis=1, keepdims=True) - gaps
        gaps *= (gaps.shape[1] - 1 + _WEIGHT) / (others + _WEIGHT * usual)
        for _ in range(rounds if len(gaps) else 0):
            taken = rng.choice(gaps.ravel(), (len(gaps), k - 1)) / np.arange(1, k)
            drawn.append(taken.sum(axis=1).astype(np.float32))
    return -np.sort(-np.concatenate(drawn)), 1 / (2 * rounds)  # both rows of a pair draw it


def _first(k: int) -> int:
    return min(_FROM, (k + 1) // 2)


def _usable(distances: Float32Array) -> BoolArray:
    """Rows whose gaps say something, shape (n,): those without so many twins that these reach to the first of them."""
    return np.asarray(distances[:, _first(distances.shape[1]) - 1] > _none(distances))


def _none(distances: Float32Array) -> float:
    """Return the distance up to which rows count as identical: what rounding may make of none."""
    return _ROUNDING * float(np.median(distances[:, -1]))


def _gaps(distances: Float32Array, first: int) -> FloatArray:
    """Return ``j log(d_(j+1) / d_j)`` for each place j from ``first`` on, shape (n, k - first)."""
    logs = np.log(distances[:, first - 1 :].astype(np.float64))
    gaps: FloatArray = np.diff(logs, axis=1) * np.arange(first, distances.shape[1])
    return gaps


def _usual_gap(distances: Float32Array) -> float:
    """Return the median over rows of the mean of their gaps: one over the usual number of directions."""
    usable = np.flatnonzero(_usable(distances))
    some = usable[:: max(1, len(usable) // _STEP)]
    means = _gaps(distances[some], _first(distances.shape[1])).mean(axis=1)
    return max(float(np.median(means)) if len(some) else 1.0, _TINY)


def _directions(distances: Float32Array) -> FloatArray:
    """Return into how many directions the rows spread around each row, shape (n,)."""
    usual, usable = _usual_gap(distances), np.flatnonzero(_usable(distances))
    inverse = np.full(len(distances), usual)
    for start in range(0, len(usable), _STEP):
        which = usable[start : start + _STEP]
        gaps = _gaps(distances[which], _first(distances.shape[1]))
        inverse[which] = (gaps.sum(axis=1) + _WEIGHT * usual) / (gaps.shape[1] + _WEIGHT)
    directions: FloatArray = 1.0 / inverse
    return directions
