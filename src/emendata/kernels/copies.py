"""Which rows of a matrix are exact copies of each other."""

import numpy as np

from emendata.records import Float32Array, IntArray

__all__ = ["group_copies", "with_copies"]

_ROWS = 1 << 14


def group_copies(points: Float32Array) -> tuple[IntArray, IntArray]:
    """Find the distinct rows, by a hash of 64 bits whose equals are then compared.

    Parameters
    ----------
    points : float16 or float32 array of shape (n, d)

    Returns
    -------
    first : int64 array of shape (m,)
        The first row of every group of identical rows, ascending.
    group : int64 array of shape (n,)
        The place in ``first`` of every row's group.

    Examples
    --------
    >>> first, group = group_copies(np.array([[1], [0], [1]], dtype=np.float32))
    >>> first.tolist(), group.tolist()
    ([0, 1], [0, 1, 0])
    """
    n, d = points.shape
    factors = np.random.default_rng(0).integers(1, 2**63, d, dtype=np.uint64) | np.uint64(1)
    hashes = np.empty(n, dtype=np.uint64)
    for start in range(0, n, _ROWS):
        block = np.asarray(points[start : start + _ROWS], dtype=np.float32) + np.float32(0)  # no minus zeros
        hashes[start : start + _ROWS] = block.view(np.uint32).astype(np.uint64) @ factors
    _, first, group = np.unique(hashes, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[group] != np.arange(n))
    for start in range(0, len(again), _ROWS):
        rows = again[start : start + _ROWS]
        if not np.array_equal(points[rows], points[first[group[rows]]]):
            _, first, group = np.unique(np.asarray(points), axis=0, return_index=True, return_inverse=True)
            break
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return first[order], place[group.reshape(-1)]


def with_copies(
    rows: IntArray, distances: Float32Array, group: IntArray, k: int
) -> tuple[IntArray, Float32Array]:
    """Turn the nearest distinct rows of distinct rows into the ``k`` nearest other rows of all.

    Parameters
    ----------
    rows : int64 array of shape (m, w)
        For every distinct row, the nearest other distinct ones.
    distances : float32 array of shape (m, w)
    group : int64 array of shape (n,)
        Which of the distinct rows each row is a copy of, from `group_copies`.
    k : int
        Between 1 and n - 1.

    Returns
    -------
    rows : int64 array of shape (n, k)
        Copies of a row first, at distance 0, then the others; equal distances by row number.
    distances : float32 array of shape (n, k)

    Notes
    -----
    O(n k log(n k)) time in blocks of distinct rows; of many copies the first k + 1 by row number stand for all.
    """
    n, m = len(group), len(rows)
    by_group = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[by_group], np.arange(m + 1))
    few = np.minimum(np.diff(starts), k + 1)
    found = np.empty((n, k), dtype=np.int64)
    apart = np.empty((n, k), dtype=np.float32)
    step = max(1, _ROWS // (k + 1))
    for start in range(0, m, step):
        own = np.arange(start, min(start + step, m))
        near = np.concatenate([own[:, None], rows[own]], axis=1)
        far = np.concatenate([np.zeros((len(own), 1), np.float32), distances[own]], axis=1)
        counts = few[near].ravel()
        line = np.repeat(np.repeat(np.arange(len(own)), near.shape[1]), counts)
        at = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        candidates = by_group[np.repeat(starts[near].ravel(), counts) + at]
        away = np.repeat(far.ravel(), counts)
        order = np.lexsort((candidates, away, line))
        line, candidates, away = line[order], candidates[order], away[order]
        width = np.bincount(line, minlength=len(own))
        place = np.arange(len(line)) - np.repeat(np.cumsum(width) - width, width)
        best = np.full((len(own), k + 1), -1, dtype=np.int64)
        best_away = np.full((len(own), k + 1), np.inf, dtype=np.float32)
        kept = place <= k
        best[line[kept], place[kept]] = candidates[kept]
        best_away[line[kept], place[kept]] = away[kept]
        ours = by_group[starts[start] : starts[own[-1] + 1]]
        of_ours = group[ours] - start
        others = best[of_ours] != ours[:, None]
        others[:, k] &= ~others[:, :k].all(
            axis=1
        )  # of a row that is not among the first, the last is one too many
        found[ours] = best[of_ours][others].reshape(len(ours), k)
        apart[ours] = best_away[of_ours][others].reshape(len(ours), k)
    return found, apart
