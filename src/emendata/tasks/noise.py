"""Wrong labels made on purpose, to measure how well they are found.

A noise matrix holds P(given label | true class), shape (k, k): given labels as lines, true classes as columns,
every column sums to one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.records import FloatArray, IntArray
from emendata.tasks.labels import GivenLabels, read_labels

__all__ = [
    "flip_labels",
    "flip_labels_by_instance",
    "is_learnable",
    "noise_matrix_from_trace",
    "uniform_noise_matrix",
]

_TRIES = 200
_BLOCK_CELLS = 1 << 20


def uniform_noise_matrix(n_classes: int, noise_rate: float) -> FloatArray:
    """Make the noise matrix in which every label is wrong equally often and every mistake equally likely.

    Parameters
    ----------
    n_classes : int
        At least 2.
    noise_rate : float in [0, 1]
        Part of the labels that are wrong.

    Returns
    -------
    float64 array of shape (n_classes, n_classes)

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> uniform_noise_matrix(3, 0.5).tolist()
    [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]]
    """
    _check_classes(n_classes)
    _check_part("noise_rate", noise_rate)
    matrix = np.full((n_classes, n_classes), noise_rate / (n_classes - 1))
    np.fill_diagonal(matrix, 1.0 - noise_rate)
    return matrix


def noise_matrix_from_trace(
    n_classes: int,
    trace: float,
    *,
    min_trace_prob: float = 1e-5,
    max_trace_prob: float = 1.0,
    min_noise_rate: float = 0.0,
    max_noise_rate: float = 1.0,
    frac_zero_noise_rates: float = 0.0,
    prior: npt.ArrayLike | None = None,
    valid: bool = True,
    seed: int = 0,
) -> FloatArray:
    """Draw a random noise matrix whose diagonal has the sum ``trace``.

    Parameters
    ----------
    n_classes : int
        At least 2.
    trace : float
        Between 0 and ``n_classes``, which is no noise at all. ``trace / n_classes`` of the labels stay right
        if the classes are equally large.
    min_trace_prob, max_trace_prob : float in [0, 1]
        Limits of each value on the diagonal.
    min_noise_rate, max_noise_rate : float in [0, 1]
        Limits of each other value that is not zero.
    frac_zero_noise_rates : float in [0, 1]
        Part of the values off the diagonal that are zero, as far as ``trace`` and the limits allow.
    prior : array of shape (n_classes,), optional
        Share of each true class, needed for ``valid``; equal by default.
    valid : bool
        Draw a matrix that can be learned from, see `is_learnable`. Needs a trace above 1.
    seed : int

    Returns
    -------
    float64 array of shape (n_classes, n_classes)

    Raises
    ------
    InputError
        If no matrix can have these values, or none was found in 200 tries.

    Notes
    -----
    Cost: a few passes over the matrix. A draw that cannot be learned from is moved towards the matrix with
    even noise, which can, as far as needed; tries are only for limits and zeros that stand in the way.

    Examples
    --------
    >>> made = noise_matrix_from_trace(3, 2.4, seed=7)
    >>> made.trace().round(6), made.sum(axis=0).round(6).tolist(), is_learnable(made, [0.2, 0.3, 0.5])
    (np.float64(2.4), [1.0, 1.0, 1.0], True)
    """
    limits = _Limits(
        n_classes,
        trace,
        min_trace_prob,
        max_trace_prob,
        min_noise_rate,
        max_noise_rate,
        frac_zero_noise_rates,
    )
    limits.check()
    shares = _prior(np.ones(n_classes) if prior is None else prior, n_classes)
    if valid and not (trace > 1 and (shares < 1).all()):
        raise InputError(
            f"Labels can be learned from only if trace is above 1 and no class is alone; got trace {trace:g}. "
            "Raise trace, or pass valid=False."
        )
    rng = np.random.default_rng(seed)
    for _ in range(_TRIES):
        drawn = _draw(limits, shares if valid else None, rng)
        if drawn is not None:
            return drawn
    raise InputError(
        f"No noise matrix with trace {trace:g} was found in {_TRIES:,} tries. Raise trace, lower "
        f"frac_zero_noise_rates, or widen the limits{', or pass valid=False' * valid}."
    )


def is_learnable(noise_matrix: npt.ArrayLike, prior: npt.ArrayLike) -> bool:
    """Say whether, for every class, given and true label agree more often than by chance.

    Parameters
    ----------
    noise_matrix : array of shape (k, k)
    prior : array of shape (k,)
        Share of each true class. Classes with a share of 0 do not count.

    Returns
    -------
    bool
        Whether P(given = c, true = c) > P(given = c) * P(true = c) for every class c.

    Raises
    ------
    InputError
        If the columns of the matrix are no distributions, or the prior is not.

    Notes
    -----
    Northcutt, Wu, Chuang, "Learning with confident examples: rank pruning for robust classification with
    noisy labels", UAI 2017.

    Examples
    --------
    >>> is_learnable([[0.9, 0.3], [0.1, 0.7]], [0.5, 0.5])
    True
    >>> is_learnable([[0.4, 0.6], [0.6, 0.4]], [0.5, 0.5])
    False
    """
    matrix = _distributions(noise_matrix)
    return bool((_margins(matrix, _prior(prior, len(matrix))) > 0).all())


def flip_labels(
    true_labels: Any, noise_matrix: npt.ArrayLike, *, class_names: Any = None, seed: int = 0
) -> npt.NDArray[Any]:
    """Make labels wrong as often as a noise matrix says, to the row.

    Of the n rows of class c, n times ``noise_matrix[j, c]`` get the label j, rounded so that they are n rows
    (largest remainder). Chance only picks which rows.

    Parameters
    ----------
    true_labels : sequence of n values
        Integers from 0 to k - 1, or anything else with ``class_names``, or with k values in sorted order.
        Classes may be absent.
    noise_matrix : array of shape (k, k)
    class_names : sequence of k values, optional
        The classes in the order of the matrix.
    seed : int

    Returns
    -------
    array of shape (n,)
        int64 if the labels are column numbers, else values of the kind that was given.

    Raises
    ------
    InputError
        If labels are missing or do not fit the matrix, or its columns do not sum to one.

    Notes
    -----
    Cost: one sort of the rows, and k * k.

    Examples
    --------
    >>> made = flip_labels([0] * 10 + [1] * 4, [[0.8, 0.25], [0.2, 0.75]])
    >>> made[:10].sum(), made[10:].sum()
    (np.int64(2), np.int64(3))
    """
    matrix = _distributions(noise_matrix)
    given = _labels(true_labels, class_names, len(matrix))
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(given.codes))
    rows = rows[np.argsort(given.codes[rows], kind="stable")]  # by class, in random order within each
    n_rows = np.bincount(given.codes, minlength=len(matrix))
    flipped = np.empty(len(rows), np.int64)
    flipped[rows] = np.repeat(np.tile(np.arange(len(matrix)), len(matrix)), _whole(matrix.T, n_rows).ravel())
    return _as_given(flipped, given)


def flip_labels_by_instance(
    true_labels: Any, pred_probs: npt.ArrayLike, rate: float, *, class_names: Any = None, seed: int = 0
) -> npt.NDArray[Any]:
    """Make labels wrong where a model finds the row ambiguous, to the class that it resembles most.

    Exactly ``round(rate * n)`` labels change. Rows are drawn one after the other, each with the odds
    q / (p + q), where p is the probability of the true class and q that of the best other one.

    Parameters
    ----------
    true_labels : sequence of n values
        Integers from 0 to k - 1, or anything else with ``class_names``, or with k values in sorted order.
    pred_probs : array of shape (n, k)
        Class probabilities of a model of the clean data.
    rate : float in [0, 1]
        Part of the labels to make wrong.
    class_names : sequence of k values, optional
        The classes in the order of the columns.
    seed : int

    Returns
    -------
    array of shape (n,)
        int64 if the labels are column numbers, else values of the kind that was given.

    Raises
    ------
    InputError
        If labels are missing or do not fit ``pred_probs``, or ``rate`` is out of its range.

    Notes
    -----
    Cost: two passes over ``pred_probs`` in blocks, and one sort of the rows.
    In the spirit of Chen et al., "Beyond class-conditional assumption: a primary attempt to combat
    instance-dependent label noise", AAAI 2021.

    Examples
    --------
    >>> probs = [[1.0, 0.0, 0.0], [0.5, 0.1, 0.4], [1.0, 0.0, 0.0]]
    >>> flip_labels_by_instance([0, 0, 0], probs, 1 / 3)
    array([0, 2, 0])
    """
    _check_part("rate", rate)
    probs = np.asarray(pred_probs)
    if probs.ndim != 2 or probs.shape[1] < 2 or probs.dtype.kind not in "iuf":
        raise InputError(f"pred_probs must be numbers with a column per class; got shape {probs.shape}.")
    given = _labels(true_labels, class_names, probs.shape[1])
    if len(given.codes) != len(probs):
        raise InputError(
            f"pred_probs has {len(probs):,} rows but true_labels has {len(given.codes):,}. Give one label per row."
        )
    flipped = given.codes.astype(np.int64)
    similar, odds = _most_similar(flipped, probs)
    wait = np.random.default_rng(seed).exponential(size=len(odds)) / np.maximum(odds, 1e-12)
    chosen = np.argsort(wait, kind="stable")[: round(rate * len(odds))]
    flipped[chosen] = similar[chosen]
    return _as_given(flipped, given)


# Drawing a matrix.


@dataclass(frozen=True)
class _Limits:
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
        return max(self.min_trace_prob, 1 - (self.n_classes - 1) * self.max_noise_rate)

    @property
    def high(self) -> float:
        n_rates = 1 if self.frac_zero_noise_rates else self.n_classes - 1
        return min(self.max_trace_prob, 1 - n_rates * self.min_noise_rate)

    def check(self) -> None:
        _check_classes(self.n_classes)
        for field in fields(self)[2:]:
            _check_part(field.name, getattr(self, field.name))
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


def _draw(limits: _Limits, shares: FloatArray | None, rng: np.random.Generator) -> FloatArray | None:
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
        low, high = (
            min(limits.min_noise_rate, wrong / n),
            max(limits.max_noise_rate, wrong / n),
        )  # but for a hair
        drawn[some[:, c], c] = _parts(n, wrong, low, high, rng)
    np.fill_diagonal(drawn, right)
    if shares is None:
        return drawn
    evenly = some * ((1 - even) / some.sum(axis=0))
    np.fill_diagonal(evenly, even)
    return _learnable_between(drawn, evenly, shares)


def _learnable_between(drawn: FloatArray, evenly: FloatArray, shares: FloatArray) -> FloatArray | None:
    """Move the drawn matrix towards the even one until it can be learned from; None if both cannot."""
    margin, goal = _margins(drawn, shares), _margins(evenly, shares)
    bad = margin <= 0
    if not bad.any():
        return drawn
    if (goal <= 0).any():
        return None
    part = float((-margin[bad] / (goal[bad] - margin[bad])).max())  # margins are linear in the matrix
    part += 0.1 * (1 - part)
    return (1 - part) * drawn + part * evenly


def _margins(matrix: FloatArray, shares: FloatArray) -> FloatArray:
    """P(given = c | true = c) - P(given = c), and 1 for classes that no row has."""
    margins: FloatArray = np.where(shares > 0, matrix.diagonal() - matrix @ shares, 1.0)
    return margins


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


# Flipping.


def _labels(true_labels: Any, class_names: Any, k: int) -> GivenLabels:
    given = read_labels(true_labels, class_names)
    if (given.codes < 0).any():
        n_missing = np.count_nonzero(given.codes < 0)
        raise InputError(f"true_labels has no value in {n_missing:,} rows. Leave these rows out.")
    n_classes = int(given.codes.max(initial=-1)) + 1 if given.class_names is None else len(given.class_names)
    if n_classes > k or (given.class_names is not None and n_classes != k):
        raise InputError(
            f"true_labels has {n_classes} classes but there are {k} columns. Say with class_names= which column "
            "is which."
        )
    return given


def _whole(shares: FloatArray, n_rows: npt.NDArray[np.intp]) -> IntArray:
    """Divide ``n_rows`` of each line by its shares, in whole rows, by the largest remainder."""
    exact = shares * n_rows[:, None]
    whole = np.floor(exact + 1e-9).astype(np.int64)
    short = n_rows - whole.sum(axis=1)
    order = np.argsort(whole - exact, axis=1, kind="stable")  # the largest remainder first
    np.put_along_axis(
        whole,
        order,
        np.take_along_axis(whole, order, 1) + (np.arange(len(shares)) < short[:, None]),
        1,
    )
    return whole


def _most_similar(codes: IntArray, probs: npt.NDArray[Any]) -> tuple[IntArray, FloatArray]:
    """Return the most probable class other than the true one, and its odds against that."""
    similar, odds = np.empty(len(codes), np.int64), np.empty(len(codes))
    for rows in _blocks(len(codes), probs.shape[1]):
        block, at = probs[rows].astype(np.float64), np.arange(rows.stop - rows.start)
        true = block[at, codes[rows]]
        if not (block >= 0).all() or not np.isfinite(block).all():
            raise InputError("pred_probs hold NaN, infinity or negative values. Leave these rows out.")
        block[at, codes[rows]] = -np.inf
        similar[rows] = block.argmax(axis=1)
        best = block[at, similar[rows]]
        odds[rows] = np.divide(best, best + true, out=np.zeros(len(at)), where=best > 0)
    return similar, odds


def _blocks(n_rows: int, n_columns: int) -> Iterator[slice]:
    step = max(1, _BLOCK_CELLS // n_columns)
    for first in range(0, n_rows, step):
        yield slice(first, min(first + step, n_rows))


def _as_given(codes: IntArray, given: GivenLabels) -> npt.NDArray[Any]:
    if given.class_names is None:
        return codes
    flipped: npt.NDArray[Any] = np.asarray(given.class_names)[codes]
    return flipped


# What is accepted.


def _check_classes(n_classes: int) -> None:
    if n_classes < 2:
        raise InputError(f"n_classes must be at least 2; got {n_classes}.")


def _check_part(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise InputError(f"{name} must be between 0 and 1; got {value:g}.")


def _distributions(noise_matrix: npt.ArrayLike) -> FloatArray:
    matrix = np.asarray(noise_matrix, np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise InputError(f"noise_matrix must have one line and one column a class; got shape {matrix.shape}.")
    if not (matrix >= 0).all() or not (np.abs(matrix.sum(axis=0) - 1) <= 1e-6).all():
        raise InputError("noise_matrix must hold P(given label | true class): every column sums to one.")
    return matrix


def _prior(prior: npt.ArrayLike, n_classes: int) -> FloatArray:
    shares = np.asarray(prior, np.float64)
    if shares.shape != (n_classes,) or not (shares >= 0).all() or not 0 < shares.sum() < np.inf:
        raise InputError(f"prior must hold {n_classes} numbers of at least 0, not all 0, one a class.")
    return np.asarray(shares / shares.sum(), np.float64)
