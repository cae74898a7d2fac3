"""Random noise matrices that keep to limits and can be learned from."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import FloatArray, IntArray
from emendata.tasks.noise_inputs import check_classes, check_part

__all__ = ["Limits", "draw", "learning_margins"]


@dataclass(frozen=True)
class Limits:
    """What a noise matrix must keep to."""

    n_classes: int
    trace: float
    min_trace_prob: float
    max_trace_prob: float
    min_noise_rate: float
    max_noise_rate: float
    frac_zero_noise_rates: float

    @property
    def low(self) -> float:
        """Least value on the diagonal."""
        return max(self.min_trace_prob, 1 - (self.n_classes - 1) * self.max_noise_rate)

    @property
    def high(self) -> float:
        """Largest value on the diagonal."""
        n_rates = 1 if self.frac_zero_noise_rates else self.n_classes - 1
        return min(self.max_trace_prob, 1 - n_rates * self.min_noise_rate)

    def check(self) -> None:
        """Make sure that some matrix keeps to the limits."""
        check_classes(self.n_classes)
        for field in fields(self)[2:]:
            check_part(field.name, getattr(self, field.name))
        least, most = self.n_classes * self.low, self.n_classes * self.high
        if not least - 1e-9 <= self.trace <= most + 1e-9:
            between = f"between {least:g} and {most:g}" if least <= most else "impossible"
            raise InputError(
                f"With {self.n_classes} classes and these limits trace must be {between}; got {self.trace:g}."
            )

    def fewest_rates(self, right: FloatArray) -> IntArray:
        """How many rates above zero each column needs."""
        if self.max_noise_rate == 0:
            return np.zeros(len(right), np.int64)
        return np.ceil((1 - right) / self.max_noise_rate - 1e-9).astype(np.int64)

    def most_rates(self, right: FloatArray) -> IntArray:
        """How many rates above zero each column has room for, at least one."""
        room = np.full(len(right), self.n_classes - 1.0)
        if self.min_noise_rate > 0:
            room = np.minimum(room, (1 - right) / self.min_noise_rate + 1e-9)
        return np.asarray(np.maximum(np.floor(room), 1), np.int64)


def draw(limits: Limits, shares: FloatArray | None, rng: np.random.Generator) -> FloatArray | None:
    """Draw a matrix; None if that failed. With ``shares`` of the classes it must be one to learn from."""
    k, even = limits.n_classes, limits.trace / limits.n_classes
    right = _parts(k, limits.trace, limits.low, limits.high, rng)
    fewest = limits.fewest_rates(right if shares is None else np.minimum(right, even))
    most = limits.most_rates(right if shares is None else np.maximum(right, even))
    if (fewest > most).any():
        return None
    some = _some_rates(np.maximum(fewest, 1), most, limits.frac_zero_noise_rates, rng)
    drawn = np.zeros((k, k))
    for c in range(k):
        n, wrong = int(some[:, c].sum()), 1 - right[c]
        low = min(limits.min_noise_rate, wrong / n)  # the limits, but for a hair
        high = max(limits.max_noise_rate, wrong / n)
        drawn[some[:, c], c] = _parts(n, wrong, low, high, rng)
    np.fill_diagonal(drawn, right)
    if shares is None:
        return drawn
    evenly = some * ((1 - even) / some.sum(axis=0))
    np.fill_diagonal(evenly, even)
    return _learnable_between(drawn, evenly, shares)


def learning_margins(matrix: FloatArray, shares: FloatArray) -> FloatArray:
    """P(given = c | true = c) - P(given = c), and 1 for classes that no row has."""
    margins: FloatArray = np.where(shares > 0, matrix.diagonal() - matrix @ shares, 1.0)
    return margins


def _learnable_between(drawn: FloatArray, evenly: FloatArray, shares: FloatArray) -> FloatArray | None:
    """Move the drawn matrix towards the even one until it can be learned from; None if both cannot."""
    margin, goal = learning_margins(drawn, shares), learning_margins(evenly, shares)
    bad = margin <= 0
    if not bad.any():
        return drawn
    if (goal <= 0).any():
        return None
    part = float((-margin[bad] / (goal[bad] - margin[bad])).max())  # margins are linear in the matrix
    part += 0.1 * (1 - part)
    return (1 - part) * drawn + part * evenly


def _some_rates(
    fewest: IntArray, most: IntArray, frac_zero: float, rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Choose the cells off the diagonal that are not zero, between ``fewest`` and ``most`` of each column."""
    k = len(fewest)
    lots = rng.random((k, k))
    np.fill_diagonal(lots, np.inf)
    place = lots.argsort(axis=0).argsort(axis=0)  # of each cell in its column, the diagonal last
    needed, room = place < fewest, place < most
    free = np.flatnonzero(room & ~needed)
    n_some = k * (k - 1) - int(frac_zero * k * (k - 1) + 1e-9)
    more = min(max(n_some - int(needed.sum()), 0), len(free))
    needed.flat[rng.permutation(free)[:more]] = True
    return needed


def _parts(n: int, total: float, low: float, high: float, rng: np.random.Generator) -> FloatArray:
    """Draw n numbers between ``low`` and ``high`` with the given sum; what is too much goes to the others."""
    if total > n * (low + high) / 2:  # few would reach the limit from its own side
        return -_parts(n, -total, -high, -low, rng)
    parts = rng.dirichlet(np.ones(n)) * (total - n * low)
    cut = np.minimum(parts, high - low)
    left = high - low - cut
    if left.sum() > 0:
        cut += left * ((parts - cut).sum() / left.sum())
    return low + cut
