"""The best few candidates of every line, each kept as one number: how near it is, and its name."""

from threading import Lock

import numpy as np

from emendata.records import Float32Array, IntArray

__all__ = ["Best", "lowered"]

_PART = 16  # of a first tile, only the nearest of so many is looked at for a first bound
_ROOM = 96  # candidates beyond those wanted that a line may hold before the worst are dropped
_WAITING = 16  # candidates a line, on average, that are gathered before the bounds are raised
_LAST = 0xFFFF_FFFF  # no name is larger


class Best:
    """The candidates of each line of a block so far, and a ``bound`` below which nothing is one.

    Several threads may bring candidates, and their order changes nothing: the bound ends at the same place, and those
    beyond it that are kept are the same, of more than there is room for the nearest, of equally near ones the first by
    name.

    Parameters
    ----------
    n_lines : int
    wanted : int
        How many of the nearest must be among the candidates of a line, if there are so many.
    room : int
        The most candidates that a line can have.
    slack : float32 array of shape (n_lines,)
        How far rounding can carry the nearness of a candidate of each line.

    Notes
    -----
    O(n_lines wanted) memory: a candidate takes 8 bytes, and those that wait for a merge 10.
    """

    def __init__(self, n_lines: int, wanted: int, room: int, slack: Float32Array) -> None:
        self.bound = np.full(n_lines, -np.inf, dtype=np.float32)
        self._wanted, self._most, self._slack = wanted, min(wanted + _ROOM, room), slack
        self._keys = np.zeros((n_lines, 0), dtype=np.int64)
        self._waiting: list[tuple[IntArray, IntArray]] = []
        self._n_waiting, self._lock = 0, Lock()
        self._short = np.min_scalar_type(n_lines)  # numbers of 16 bits are sorted faster

    def raise_bound(self, near: Float32Array) -> None:
        """Take a first bound from the first tile: what the wanted-th largest of every line is not below."""
        parts = near.shape[1] // _PART
        if parts >= 2 * self._wanted:
            largest = near[:, : parts * _PART].reshape(len(near), _PART, parts).max(axis=1)
            place = parts - self._wanted
            self.bound = lowered(np.partition(largest, place, axis=1)[:, place], self._slack)

    def take(self, lines: IntArray, names: IntArray, near: Float32Array) -> None:
        """Take candidates that lie beyond the bounds of their lines."""
        keys, lines = _packed(near, names), lines.astype(self._short)
        with self._lock:
            self._waiting.append((lines, keys))
            self._n_waiting += len(keys)
            if self._n_waiting > _WAITING * len(self.bound):
                self._merge()

    def settled(self) -> IntArray:
        """Return the names of the candidates of each line, -1 where there is none."""
        with self._lock:
            self._merge()
            names = _LAST - (self._keys & _LAST)
            names[names == _LAST] = -1
            return names

    def _merge(self) -> None:
        if not self._n_waiting:
            return
        lines, keys = (np.concatenate(parts) for parts in zip(*self._waiting, strict=True))
        self._waiting, self._n_waiting = [], 0
        order = np.argsort(lines, kind="stable")
        lines, keys = lines[order], keys[order]
        n, before = self._keys.shape
        counts = np.bincount(lines, minlength=n)
        at = before + np.arange(len(lines)) - np.repeat(np.cumsum(counts) - counts, counts)
        wide = np.full((n, max(before + int(counts.max()), self._wanted)), _NOBODY)
        wide[:, :before] = self._keys
        wide[lines, at] = keys
        wide.sort(axis=1)
        self.bound = np.maximum(self.bound, lowered(_near_of(wide[:, -self._wanted]), self._slack))
        within = (wide >= _packed(self.bound, np.array(_LAST))[:, None]).sum(axis=1).max()
        self._keys = wide[:, -min(max(int(within), self._wanted), self._most) :].copy()


def lowered(bound: Float32Array, slack: Float32Array) -> Float32Array:
    """Return a bound that rounding of the matrix product cannot carry a near row below."""
    below: Float32Array = (bound - slack - np.float32(1e-6) * np.abs(bound)).astype(np.float32, copy=False)
    return below


def _packed(near: Float32Array, names: IntArray) -> IntArray:
    """Return whole numbers that are ordered as the candidates are: the larger the nearer, then the first by name."""
    bits = near.view(np.int32).astype(np.int64)
    bits ^= (bits >> 63) & 0x7FFF_FFFF
    keys: IntArray = (bits << 32) | (_LAST - names)
    return keys


def _near_of(keys: IntArray) -> Float32Array:
    bits = keys >> 32
    bits ^= (bits >> 63) & 0x7FFF_FFFF
    near: Float32Array = bits.astype(np.int32).view(np.float32)
    return near


_NOBODY = _packed(np.array([-np.inf], dtype=np.float32), np.array([_LAST]))[0]
