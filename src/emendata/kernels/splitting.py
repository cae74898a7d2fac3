"""Groups of near rows, in each other: the whole, its parts, their parts."""

import numpy as np

from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["nested_groups"]

_SEEN = 5_000  # rows of a group that its two parts are learned from
_ROUNDS = 8
_TINY = 1e-12
_LONGEST = 3.0  # times the median distance from the middle
_ITERATIONS = 4  # that turn a direction to the one along which rows differ the most


def nested_groups(points: Float32Array, smallest: int, most: int, seed: int = 0) -> list[IntArray]:
    """Part rows in two by 2-means, and each part again, and return every part.

    Parameters
    ----------
    points : float32 array of shape (n, d)
    smallest : int
        Parts with fewer rows are not made.
    most : int
        Groups that are parted at most, the largest first.

    Returns
    -------
    list of int array
        Rows of each group, ascending; a group comes before its parts. The whole is not among them.

    Notes
    -----
    O(n d log(most)) time, and as much memory as the groups have rows: O(n log(most)) where parts are about equal.

    Examples
    --------
    >>> points = np.array([[0], [0.1], [5], [5.1], [9], [9.1]], dtype=np.float32)
    >>> sorted(group.tolist() for group in nested_groups(points, smallest=2, most=5))
    [[0, 1], [2, 3], [2, 3, 4, 5], [4, 5]]
    """
    rng = np.random.default_rng(seed)
    groups: list[IntArray] = []
    waiting = [np.arange(len(points), dtype=np.int64)]
    for _ in range(most):
        if not waiting:
            break
        group = waiting.pop(int(np.argmax([len(rows) for rows in waiting])))
        if len(group) < 2 * smallest:
            continue
        is_second = _halves(points, group, rng)
        if min(is_second.sum(), (~is_second).sum()) >= smallest:
            parts = [group[~is_second], group[is_second]]
            groups += parts
            waiting += parts
    return groups


def _halves(points: Float32Array, group: IntArray, rng: np.random.Generator) -> BoolArray:
    """Say which rows of a group belong to the second of its two parts, shape (n,)."""
    seen = (
        group
        if len(group) <= _SEEN
        else np.sort(group[rng.choice(len(group), _SEEN, replace=False, shuffle=False)])
    )
    sample = points[seen].astype(np.float64)
    middle = np.median(sample, axis=0)
    sample = _drawn_in(sample - middle)
    mean = sample.mean(axis=0)
    middle += mean
    sample -= mean
    side = sample @ _direction(sample, rng) > 0
    for _ in range(_ROUNDS):
        if side.all() or not side.any():
            break
        first, second = sample[~side].mean(axis=0), sample[side].mean(axis=0)
        axis = second - first
        moved = sample @ axis > axis @ (first + second) / 2
        if np.array_equal(moved, side):
            break
        side = moved
    if side.all() or not side.any():
        return np.zeros(len(group), dtype=bool)
    first, second = sample[~side].mean(axis=0), sample[side].mean(axis=0)
    line = (second - first).astype(np.float32)
    cut = np.float32(line @ (middle + (first + second) / 2))
    return np.concatenate(
        [points[group[start : start + _SEEN]] @ line > cut for start in range(0, len(group), _SEEN)]
    )


def _drawn_in(centered: FloatArray) -> FloatArray:
    """Draw rows that are far from the middle nearer to it, so that a few of them do not make a part by themselves."""
    lengths = np.linalg.norm(centered, axis=1, keepdims=True)
    longest = max(_LONGEST * float(np.median(lengths)), _TINY)
    drawn: FloatArray = centered * (longest / np.maximum(lengths, longest))
    return drawn


def _direction(centered: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return about the direction along which the rows differ the most, by a few steps of the power method."""
    direction = np.asarray(rng.standard_normal(centered.shape[1]))
    for _ in range(_ITERATIONS):
        turned = centered.T @ (centered @ direction)
        length = float(np.linalg.norm(turned))
        if length > 0:
            direction = turned / length
    return direction
