"""How few random cuts set a row apart from the others: isolation forests."""

import numpy as np
import numpy.typing as npt

from emendata.records import BoolArray, Float32Array, FloatArray, IntArray

__all__ = ["cuts_to_isolate", "usual_cuts"]

_N_TREES = 100
_SAMPLE = 256
_STEP = 4096  # rows that are led through the trees at a time
_GROWN = 1 << 22  # numbers of the samples of trees that grow together


def usual_cuts(n: int | IntArray) -> FloatArray:
    """Return the mean number of random cuts that set one of ``n`` rows apart: ``2 H(n - 1) - 2 (n - 1) / n``.

    Examples
    --------
    >>> usual_cuts(np.array([1, 2, 256])).round(2).tolist()
    [0.0, 1.0, 10.25]
    """
    sizes = np.atleast_1d(np.asarray(n, dtype=np.int64))
    harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, max(int(sizes.max(initial=1)), 1)))])
    below = np.maximum(sizes - 1, 0)
    cuts: FloatArray = 2 * harmonic[below] - 2 * below / np.maximum(sizes, 1)
    return cuts


def cuts_to_isolate(points: Float32Array, seed: int = 0) -> FloatArray:
    """Count the random cuts that set each row apart from a sample, the mean over 100 trees, shape (n,).

    A tree cuts a sample of 256 rows at a random value of a random dimension, and each part again, until rows are
    alone or 8 cuts deep, where what is left counts as `usual_cuts`. Rows that differ from the others are soon alone,
    also where some of them are alike (Liu, Ting and Zhou, Isolation Forest, ICDM 2008).

    Parameters
    ----------
    points : float32 array of shape (n, d)
        Finite.

    Notes
    -----
    O(n) time and memory beside the points, whatever d.

    Examples
    --------
    >>> line = np.append(np.linspace(0, 1, 99), 9).astype(np.float32)[:, None]
    >>> int(cuts_to_isolate(line).argmin())
    99
    """
    n, width = points.shape
    size = min(_SAMPLE, n)
    depth = max(int(np.ceil(np.log2(max(size, 2)))), 1)
    rng = np.random.default_rng(seed)
    together = max(1, min(_N_TREES, _GROWN // max(size * width, 1)))
    total = np.zeros(n)
    for start in range(0, _N_TREES, together):
        picks = [
            rng.choice(n, size, replace=False, shuffle=False) for _ in range(min(together, _N_TREES - start))
        ]
        total += _lengths(points, *_grown(np.stack([points[pick] for pick in picks]), depth, rng))
    return total / _N_TREES


def _grown(
    samples: Float32Array, depth: int, rng: np.random.Generator
) -> tuple[IntArray, Float32Array, Float32Array]:
    """Grow a tree on each sample (n_trees, size, d), all level by level.

    Returns the dimension and the value of each cut, (n_trees, 2^depth - 1) in the order of a heap, and the length of
    the way to each leaf (n_trees, 2^depth). Where nothing is left to cut, all rows go left.
    """
    n_trees, size, width = samples.shape
    flat = samples.reshape(-1, width)
    tree = np.repeat(np.arange(n_trees), size)
    node = np.zeros(len(flat), dtype=np.int64)
    n_cuts = np.zeros((n_trees, 1))
    dimensions = np.zeros((n_trees, 2**depth - 1), dtype=np.int64)
    values = np.full((n_trees, 2**depth - 1), np.inf, dtype=np.float32)
    for level in range(depth):
        heap = 2**level - 1
        place = tree * 2**level + node
        order = np.argsort(place, kind="stable")
        there, first = np.unique(place[order], return_index=True)
        low = np.minimum.reduceat(flat[order], first, axis=0)
        high = np.maximum.reduceat(flat[order], first, axis=0)
        dimension, value, is_cut = _random_cuts(low, high, rng)
        of_tree, of_node = np.divmod(there, 2**level)
        dimensions[of_tree, heap + of_node] = dimension
        values[of_tree, heap + of_node] = value
        more = np.zeros((n_trees, 2**level))
        more[of_tree, of_node] = is_cut
        n_cuts = np.repeat(n_cuts + more, 2, axis=1)
        goes = flat[np.arange(len(flat)), dimensions[tree, heap + node]] >= values[tree, heap + node]
        node = 2 * node + goes
    n_left = np.bincount(tree * 2**depth + node, minlength=n_trees * 2**depth)
    lengths = n_cuts + usual_cuts(n_left).reshape(n_trees, -1)
    return dimensions, values, lengths.astype(np.float32)


def _random_cuts(
    low: Float32Array, high: Float32Array, rng: np.random.Generator
) -> tuple[IntArray, Float32Array, BoolArray]:
    """Choose for each node a dimension in which its rows differ, and a value within; none is infinite."""
    differ = high > low
    dimension = np.where(differ, rng.random(differ.shape, dtype=np.float32), -1.0).argmax(axis=1)
    each = np.arange(len(low))
    is_cut: BoolArray = differ[each, dimension]
    top, bottom = high[each, dimension], low[each, dimension]
    value = top - rng.random(len(low), dtype=np.float32) * (top - bottom)
    return dimension, np.where(is_cut, value, np.float32(np.inf)), is_cut


def _lengths(
    points: Float32Array, dimensions: IntArray, values: Float32Array, lengths: Float32Array
) -> FloatArray:
    """Sum over the trees the length of the way to each row's leaf, shape (n,)."""
    n, width = points.shape
    depth = lengths.shape[1].bit_length() - 1
    total = np.zeros(n)
    for start in range(0, n, _STEP):
        block = np.ascontiguousarray(points[start : start + _STEP])
        flat, begins = block.ravel(), np.arange(len(block)) * width
        sums = np.zeros(len(block), dtype=np.float64)
        for of_tree, cut, length in zip(dimensions, values, lengths, strict=True):
            node: npt.NDArray[np.int64] = np.zeros(len(block), dtype=np.int64)
            for level in range(depth):
                place = node + (2**level - 1)
                goes = flat.take(begins + of_tree.take(place)) >= cut.take(place)
                node = 2 * node + goes
            sums += length.take(node)
        total[start : start + _STEP] = sums
    return total
