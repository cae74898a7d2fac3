"""What a picture looks like in few numbers, however it is turned or mirrored, and which pictures look alike."""

from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.fft import dct

from emendata.records import Float32Array, IntArray

__all__ = ["LOOK_SIDE", "alike_pairs", "look_codes", "looks_of", "turned", "weighted_looks"]

LOOK_SIDE = 32
"""Pixels a side of the picture that a look is made of."""

_KEPT = 8
_N_TURNS = 8
_PARTS = 4  # of a code, 16 bits each
_PART_BITS = 16
_CROWDED = 200  # rows that share a part of their code, from which on it says nothing
_ROWS_A_STEP = 1 << 12

Codes = npt.NDArray[np.uint64]


def looks_of(grey: Float32Array) -> Float32Array:
    """Return the 8 x 8 lowest frequencies of pictures: their cosine transform.

    Parameters
    ----------
    grey : float32 array of shape (n, 32, 32)
        Brightness from 0 to 255.

    Returns
    -------
    float32 array of shape (n, 64)
        Line by line; the first is the mean brightness, times 32.
    """
    rows = dct(grey, axis=1, norm="ortho")[:, :_KEPT]
    found: Float32Array = dct(rows, axis=2, norm="ortho")[:, :, :_KEPT].reshape(-1, _KEPT**2)
    return found.astype(np.float32)


def turned(looks: Float32Array, turn: int) -> Float32Array:
    """Return the looks of pictures that are turned or mirrored, exactly: signs change, lines become columns.

    Parameters
    ----------
    looks : float32 array of shape (n, 64)
    turn : int
        0 to 7; 0 leaves them as they are. Bit 0 mirrors left and right, bit 1 top and bottom, bit 2 along the diagonal.

    Examples
    --------
    >>> picture = np.random.default_rng(0).random((1, 32, 32)).astype(np.float32)
    >>> bool(np.allclose(turned(looks_of(picture), 1), looks_of(picture[:, :, ::-1]), atol=1e-5))
    True
    """
    found = looks.reshape(-1, _KEPT, _KEPT)
    sign = np.where(np.arange(_KEPT) % 2, -1, 1).astype(np.float32)
    if turn & 1:
        found = found * sign
    if turn & 2:
        found = found * sign[:, None]
    if turn & 4:
        found = found.transpose(0, 2, 1)
    return np.ascontiguousarray(found).reshape(-1, _KEPT**2)


def look_codes(looks: Float32Array) -> Codes:
    """Return a perceptual hash of 63 bits: the sign of each frequency but the mean brightness."""
    bits = looks > 0
    bits[:, 0] = False
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)[:, 0]


def weighted_looks(looks: Float32Array) -> Float32Array:
    """Return looks without brightness, of length 1, in which fine parts count about as much as coarse ones.

    Frequencies are multiplied with their number, for those of photographs fall off like its inverse. A blank picture
    becomes zeros.
    """
    numbers = np.arange(_KEPT)
    weights = (numbers[:, None] + numbers).ravel().astype(np.float32)
    weighted = looks * weights
    length = np.linalg.norm(weighted, axis=1, keepdims=True)
    found: Float32Array = np.divide(weighted, length, out=np.zeros_like(weighted), where=length > 0)
    return found


def alike_pairs(looks: Float32Array, radius: int) -> tuple[IntArray, IntArray, IntArray]:
    """Find the pairs of pictures whose hashes differ in few bits, as they are, turned or mirrored.

    Every pair within 7 bits agrees in one of four parts of the hash, but for one bit: only such pairs are compared
    (multi-index hashing). A part that more than 200 pictures share is skipped.

    Parameters
    ----------
    looks : float32 array of shape (n, 64)
    radius : int
        The most bits in which hashes of a pair differ, at most 7.

    Returns
    -------
    first, second, turns : int arrays of shape (n_pairs,)
        ``first`` is smaller than ``second``; `turned` makes the first look most like the second. Each pair once.

    Notes
    -----
    Time in proportion to n, and to the pictures that share parts; memory n and the pairs.
    """
    codes = look_codes(looks)
    tables = [_by_part(codes, part) for part in range(_PARTS)]
    found = []
    for turn in range(_N_TURNS):
        asked = codes if turn == 0 else look_codes(turned(looks, turn))
        for start in range(0, len(codes), _ROWS_A_STEP):
            rows = np.arange(start, min(start + _ROWS_A_STEP, len(codes)))
            for part, (order, starts) in enumerate(tables):
                first, second = _met(asked[rows], rows, part, order, starts)
                bits = np.bitwise_count(asked[first] ^ codes[second]).astype(np.int64)
                near = bits <= radius
                if near.any():
                    found.append(
                        np.column_stack(
                            [first[near], second[near], np.full(int(near.sum()), turn), bits[near]]
                        )
                    )
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    return _best(np.concatenate(found), len(codes))


def _by_part(codes: Codes, part: int) -> tuple[IntArray, IntArray]:
    """Return rows in the order of a part of their code, and where each of its values starts."""
    values = _part(codes, part)
    starts = np.zeros((1 << _PART_BITS) + 1, dtype=np.int64)
    np.cumsum(np.bincount(values, minlength=1 << _PART_BITS), out=starts[1:])
    return np.argsort(values, kind="stable"), starts


def _part(codes: Codes, part: int) -> IntArray:
    return ((codes >> np.uint64(_PART_BITS * part)) & np.uint64(0xFFFF)).astype(np.int64)


@cache
def _flips() -> IntArray:
    return np.concatenate([[0], 1 << np.arange(_PART_BITS)]).astype(np.int64)


def _met(
    asked: Codes, rows: IntArray, part: int, order: IntArray, starts: IntArray
) -> tuple[IntArray, IntArray]:
    """Return pairs of a row and a later one whose parts differ in a bit at most."""
    wanted = (_part(asked, part)[:, None] ^ _flips()).ravel()
    begin, end = starts[wanted], starts[wanted + 1]
    counts = np.where(end - begin > _CROWDED, 0, end - begin)
    first = np.repeat(np.repeat(rows, len(_flips())), counts)
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    second = order[np.repeat(begin, counts) + inner]
    later = second > first
    return first[later], second[later]


def _best(found: IntArray, n: int) -> tuple[IntArray, IntArray, IntArray]:
    """Keep each pair once, in the turn in which it differs least."""
    order = np.lexsort((found[:, 2], found[:, 3], found[:, 1], found[:, 0]))
    found = found[order]
    _, first = np.unique(found[:, 0] * np.int64(n) + found[:, 1], return_index=True)
    kept = found[first]
    return kept[:, 0], kept[:, 1], kept[:, 2]
