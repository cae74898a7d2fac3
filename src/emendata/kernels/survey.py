"""One look at each row of a block: the given label, the best class, its rivals, and what the row looks like.

Few classes are laid on their side first, a tile of rows at a time, so that each step is one operation over many
rows; with many classes each row is long enough by itself. Both ways give the same answer.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "MOST",
    "NARROW",
    "Look",
    "Survey",
    "empty_survey",
    "own_probability",
    "row_sums",
    "survey_block",
    "tiles",
]

MOST = 1.05
"""What the probabilities of a row may sum to at the very most."""

NARROW = 48
"""Number of classes up to which blocks are laid on their side."""

_TILE_BYTES = 1 << 21
_NARROW_TILE_BYTES = 1 << 21
_MARGIN = 1e-6  # a threshold counts as reached this far below it

Block = npt.NDArray[np.floating[Any]]
Codes = npt.NDArray[np.int32]
Classes = npt.NDArray[np.int16 | np.int32]
Small = npt.NDArray[np.uint8]


class Survey(NamedTuple):
    """What is kept of each of n rows. A row without a label has code -1.

    ``own`` is the probability of the given label (0 without one); ``best`` the most probable class, the first of
    equals, and ``best_prob`` its probability; ``rivals`` the m most probable classes other than the given label,
    best first, shape (n, m), and ``rival_probs`` their probabilities; ``looks_like`` the class that the row
    confidently looks like, or -1.
    """

    own: Block
    best: Classes
    best_prob: Block
    looks_like: Classes
    rivals: Classes
    rival_probs: Block

    @property
    def strongest_rival(self) -> Block:
        """Probability of the first rival, shape (n,); 0 where there is no other class."""
        return self.rival_probs[:, 0] if self.rival_probs.shape[1] else np.zeros_like(self.own)

    def part(self, rows: slice | npt.NDArray[np.integer[Any]]) -> "Survey":
        """Return some rows: views of a slice."""
        return Survey(
            self.own[rows], self.best[rows], self.best_prob[rows], self.looks_like[rows], self.rivals[rows],
            self.rival_probs[rows],
        )  # fmt: skip


class Look(NamedTuple):
    """What was seen of the values themselves: whether surely none is below zero, and the sum of each row, (n,)."""

    unsigned: bool
    sums: Block


def empty_survey(n_rows: int, n_classes: int, n_rivals: int, dtype: npt.DTypeLike) -> Survey:
    """Return the arrays that `survey_block` fills; ``n_rivals`` may be 0."""
    codes = np.int16 if n_classes <= np.iinfo(np.int16).max else np.int32
    m = min(n_rivals, n_classes - 1)
    return Survey(
        own=np.empty(n_rows, dtype),
        best=np.empty(n_rows, codes),
        best_prob=np.empty(n_rows, dtype),
        looks_like=np.empty(n_rows, codes),
        rivals=np.empty((n_rows, m), codes),
        rival_probs=np.empty((n_rows, m), dtype),
    )


def tiles(block: Block, *, n_rows: int | None = None, side_by_side: int = 1) -> list[slice]:
    """Cut a block, or ``n_rows`` such rows, into runs of which ``side_by_side`` copies fit the cache together."""
    budget = _NARROW_TILE_BYTES if block.shape[1] <= NARROW else _TILE_BYTES
    step = max(budget // (block.itemsize * block.shape[1] * side_by_side), 16)
    return [slice(start, start + step) for start in range(0, len(block) if n_rows is None else n_rows, step)]


def own_probability(labels: Codes, block: Block) -> Block:
    """Probability of each row's given label, shape (n,); 0 where there is none (-1)."""
    n, k = block.shape
    own: Block = block.ravel()[np.arange(0, n * k, k) + np.maximum(labels, 0)]
    return own if labels.min(initial=0) >= 0 else np.where(labels >= 0, own, block.dtype.type(0))


def row_sums(block: Block) -> Block:
    """Sum of each row, shape (n,)."""
    if block.shape[1] <= NARROW:
        return np.asarray(block @ np.ones(block.shape[1], block.dtype))
    return np.asarray(np.einsum("ij->i", block))


def survey_block(labels: Codes, block: Block, thresholds: npt.NDArray[np.float64], out: Survey) -> Look:
    """Fill ``out``, views of the block's rows, all but ``own``, which must be there.

    A row looks like its most probable class if that one reaches its threshold; else like the one class that
    does, or like the most probable class if several do; else like none.

    Parameters
    ----------
    labels : int32 array of shape (n,)
    block : float array of shape (n, k)
        Not written to.
    thresholds : float array of shape (k,)
    """
    bars = (thresholds - _MARGIN).astype(block.dtype)
    if block.shape[1] > NARROW:
        return _survey_wide(labels, block, bars, out)
    looks = [_survey_narrow(labels[rows], block[rows], bars, out.part(rows)) for rows in tiles(block)]
    sums = [look.sums for look in looks]
    return Look(all(look.unsigned for look in looks), sums[0] if len(sums) == 1 else np.concatenate(sums))


def _survey_narrow(labels: Codes, block: Block, bars: Block, out: Survey) -> Look:
    on_side = block.T.copy()  # a single row is contiguous either way, and this one is written to
    sums, bits = on_side.sum(axis=0), _bits(on_side).max(axis=0)
    unsigned = not _has_sign(bits)
    out.best_prob[:] = bits.view(block.dtype) if unsigned else on_side.max(axis=0)
    best = _first_equal(on_side, out.best_prob)
    out.best[:] = best
    out.looks_like[:] = _look_narrow(on_side, best, out.best_prob, bars)
    if out.rivals.shape[1]:
        labeled = np.flatnonzero(labels >= 0)
        on_side[labels[labeled], labeled] = -1
    for place in range(out.rivals.shape[1]):
        probs = on_side.max(axis=0)
        rival = _first_equal(on_side, probs)
        out.rivals[:, place], out.rival_probs[:, place] = rival, probs
        if place + 1 < out.rivals.shape[1]:
            on_side[rival, np.arange(len(labels))] = -1
    return Look(unsigned, sums)


def _first_equal(on_side: Block, values: Block) -> Small:
    """First class of each row whose probability is the given value, shape (n,)."""
    first = np.zeros(on_side.shape[1], np.uint8)
    is_later = np.ones(on_side.shape[1], np.bool_)
    for probs in on_side[:-1]:
        is_later &= probs != values
        first += is_later
    return first


def _look_narrow(
    on_side: Block, best: Small, best_prob: Block, bars: Block
) -> npt.NDArray[np.signedinteger[Any]]:
    """Say what rows look like. Small numbers are added and multiplied, many at a time; to pick them takes longer."""
    n_reached, reached = (np.zeros(on_side.shape[1], np.uint8) for _ in range(2))
    for j, bar in enumerate(bars):
        there = (on_side[j] >= bar).view(np.uint8)
        n_reached += there
        there *= np.uint8(j)
        reached += there  # which one it is, where there is one; else this may run over
    sure = ((best_prob >= bars.take(best)) | (n_reached > 1)).view(np.uint8)
    one = (n_reached == 1).view(np.uint8) > sure
    looks_like: Small = (best + np.uint8(1)) * sure + (reached + np.uint8(1)) * one  # from 1; 0 is none
    return looks_like.view(np.int8) - np.int8(1)


def _survey_wide(labels: Codes, block: Block, bars: Block, out: Survey) -> Look:
    n, k = block.shape
    sums, best = np.empty(n, block.dtype), np.empty(n, np.intp)
    unsigned = True
    for rows in tiles(block):
        # The sums first: nothing reads memory faster, and then the tile is in the cache.
        sums[rows] = row_sums(block[rows])
        if out.rivals.shape[1]:
            unsigned &= _find_rivals(labels[rows], block[rows], best[rows], out.part(rows))
        else:
            _bits(block[rows]).argmax(axis=1, out=best[rows])
    starts = np.arange(0, n * k, k)
    unsigned = unsigned and not _has_sign(_bits(block).ravel()[starts + best])
    if not unsigned:
        best = block.argmax(axis=1)
    out.best[:], out.best_prob[:] = best, block.ravel()[starts + best]
    out.looks_like[:] = np.where(out.best_prob >= bars[best], best, -1)
    unsure = np.flatnonzero((out.looks_like < 0) & (_second_at_most(labels, out) >= bars.min()))
    if len(unsure):
        out.looks_like[unsure] = _looks_like(block, best, bars, unsure)
    return Look(unsigned, sums)


def _second_at_most(labels: Codes, out: Survey) -> Block:
    """Say how probable a class other than the best can be at most, from the rivals where there are some."""
    second = np.minimum(out.best_prob, MOST - out.best_prob)
    if out.rivals.shape[1] > 1:
        second = np.maximum(out.own, out.rival_probs[:, 1])
    return second if not out.rivals.shape[1] else np.where(out.best == labels, out.rival_probs[:, 0], second)


def _find_rivals(labels: Codes, block: Block, best: npt.NDArray[np.intp], out: Survey) -> bool:
    """Fill in the rivals, and the best class, which is the first of them or the label; say if no sign bit is set.

    Without sign bits floats are in the order of whole numbers, which are compared faster.
    """
    starts, labeled = np.arange(0, block.size, block.shape[1]), np.flatnonzero(labels >= 0)
    values: npt.NDArray[Any] = block.view(f"i{block.itemsize}")
    unsigned = bool(values.min(initial=0) >= 0)
    rest = values.copy() if unsigned else block.copy()
    probs, flat = block.ravel(), rest.ravel()
    flat[starts[labeled] + labels[labeled]] = -1
    for place in range(out.rivals.shape[1]):
        rival = rest.argmax(axis=1)
        at = starts + rival
        out.rivals[:, place], out.rival_probs[:, place] = rival, probs[at]
        flat[at] = -1
    first, prob = out.rivals[:, 0], out.rival_probs[:, 0]
    is_label = (out.own > prob) | ((out.own == prob) & (labels < first))
    best[:] = np.where(is_label & (labels >= 0), labels, first)
    return unsigned


def _bits(block: Block) -> npt.NDArray[np.unsignedinteger[Any]]:
    """Return floats as whole numbers, which are in the same order but that a sign bit makes them the largest."""
    bits: npt.NDArray[np.unsignedinteger[Any]] = block.view(f"u{block.itemsize}")
    return bits


def _has_sign(bits: npt.NDArray[np.unsignedinteger[Any]]) -> bool:
    return bool((bits >> (8 * bits.itemsize - 1)).any())


def _looks_like(
    block: Block, best: npt.NDArray[np.intp], bars: Block, unsure: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """Say what rows look like whose most probable class stays below its threshold."""
    there = block.take(unsure, axis=0) >= bars
    found = there.argmax(axis=1)
    some = np.flatnonzero(there[np.arange(len(unsure)), found])
    looks_like = np.full(len(unsure), -1, np.intp)
    looks_like[some] = found[some]
    there[some, found[some]] = False
    several = some[there[some].any(axis=1)]
    looks_like[several] = best[unsure[several]]
    return looks_like
