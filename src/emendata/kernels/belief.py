"""How much of the joint's pattern is noise that the labels have, and how much is the model's confusion.

What confident learning counts is both together. Noise that is a property of the classes also hits rows that the
model is sure of, and by the same pattern; confusion, and mistakes that people make on hard rows, do not. So the
pattern is believed as far as the surest rows bear it out.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emendata.kernels.cells import Cells
from emendata.kernels.transition import transition_of
from emendata.records import FloatArray, IntArray

__all__ = ["Belief", "belief_in"]

_SUREST = 0.25  # part of the rows of each predicted class
_REACHES = (0.20, 0.72)
"""How often the surest rows are wrong, over how often all are: from none to all of the noise reaches them."""
_PREDICTS = (0.05, 0.12)
"""Nats by which the pattern predicts an error of the surest rows better than even noise: from no belief to all."""
_EVEN_PART = 0.5  # of what the pattern predicts, since it was counted from few rows
_NATS = 1.0  # of all errors of the surest rows at which half a pattern is believed
_ALIKE = (0.80, 0.95)
"""Slope of the rates at which surest rows are wrong on those of the joint: from mere confusion to the same noise."""

_LEAST, _MOST = 2.0**-12, 1.5  # probabilities told apart by level
_LEVEL_BITS = 18  # bits of a float32 that are dropped: 32 levels between a power of two and the next
_N_LEVELS = 32 * 12 + 32 // 2 + 1
_RUN_ROWS = 1 << 16

Codes = npt.NDArray[np.integer[Any]]
Values = npt.NDArray[np.floating[Any]]


class Belief(NamedTuple):
    """How far noise reaches rows that the model is sure of, and how far it follows the joint's pattern, in [0, 1]."""

    reaches_sure_rows: float
    in_pattern: float


def belief_in(
    labels: Codes,
    best: Codes,
    best_prob: Values,
    joint: Cells,
    label_counts: IntArray,
) -> Belief:
    """Say what the surest quarter of the rows of each predicted class tell about the noise.

    Parameters
    ----------
    labels : int array of shape (n,)
        -1 for rows without a label, which do not count.
    best, best_prob : arrays of shape (n,)
        Most probable class and its probability.
    joint : Cells
        Confident counts.
    label_counts : int array of shape (n_classes,)

    Notes
    -----
    A model is sure by levels, 32 between a power of two and the next; a level that is needed in part counts in part.
    Cost: one sort of n numbers.
    """
    rows, bar, part = _surest(labels, best, best_prob, joint.n_classes)
    errors = _errors(labels, best, best_prob, bar, part)
    if not errors.n_all:
        return Belief(0.0, 0.0)
    surest = float(errors.weight.sum()) / _SUREST
    reaches = _between(surest / errors.n_all, _REACHES)
    nats = _gain(joint, errors)
    predicts = _between(float(nats / max(errors.weight.sum(), 1e-9)), _PREDICTS) * nats / (nats + _NATS)
    sure_rows = np.multiply(rows, _SUREST, dtype=np.float64)
    alike = _between(_slope(joint, label_counts, errors, sure_rows), _ALIKE)
    return Belief(reaches, reaches * predicts * alike)


def _surest(
    labels: Codes, best: Codes, best_prob: Values, n_classes: int
) -> tuple[IntArray, npt.NDArray[np.int32], FloatArray]:
    """Say where the surest quarter of each predicted class ends.

    Returns, by class, the labelled rows, the key up to which they are among the surest, and the part that counts
    of those with that very key. Keys order rows by class, then the surest first.
    """
    keys = np.empty(int(np.count_nonzero(labels >= 0)), np.int32)
    end = 0
    for run in _runs(len(labels)):
        some = _keys(best[run], best_prob[run])[labels[run] >= 0]
        keys[end : end + len(some)] = some
        end += len(some)
    keys.sort()
    bounds = np.searchsorted(keys, np.arange(n_classes + 1) * _N_LEVELS)
    starts, rows = bounds[:-1], np.diff(bounds)
    bar = np.full(n_classes, -1, np.int32)
    there = np.flatnonzero(rows)
    bar[there] = keys[starts[there] + (_SUREST * rows[there]).astype(np.int64)]
    first, last = np.searchsorted(keys, bar, "left"), np.searchsorted(keys, bar, "right")
    part = np.asarray((_SUREST * rows - (first - starts)) / np.maximum(last - first, 1), np.float64)
    return rows, bar, part


class _Errors(NamedTuple):
    """Rows whose label is another than predicted: how many, and given label, class and weight of the surest."""

    n_all: int
    given: IntArray
    predicted: IntArray
    weight: FloatArray


def _errors(
    labels: Codes, best: Codes, best_prob: Values, bar: npt.NDArray[np.int32], part: FloatArray
) -> _Errors:
    parts = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    n_all = 0
    for run in _runs(len(labels)):
        wrong = np.flatnonzero((labels[run] >= 0) & (labels[run] != best[run]))
        n_all += len(wrong)
        given, predicted = labels[run][wrong].astype(np.int64), best[run][wrong].astype(np.int64)
        keys = _keys(predicted, best_prob[run][wrong])
        weight = np.where(keys < bar[predicted], 1.0, np.where(keys == bar[predicted], part[predicted], 0.0))
        sure = weight > 0
        parts.append((given[sure], predicted[sure], weight[sure]))
    return _Errors(n_all, *(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _runs(n_rows: int) -> Iterator[slice]:
    """Cut rows into runs of which temporary arrays stay small."""
    return (slice(first, first + _RUN_ROWS) for first in range(0, n_rows, _RUN_ROWS))


def _keys(predicted: Codes, prob: Values) -> npt.NDArray[np.int32]:
    """Return class and level as one number; levels count from the highest, 32 for each halving."""
    level = np.clip(prob, _LEAST, _MOST).astype(np.float32, copy=False).view(np.int32) >> _LEVEL_BITS
    highest = np.float32(_MOST).view(np.int32) >> _LEVEL_BITS
    keys: npt.NDArray[np.int32] = predicted * np.int32(_N_LEVELS) + (highest - level)
    return keys


def _gain(joint: Cells, errors: _Errors) -> float:
    """Nats by which the pattern of the joint predicts the errors of the surest rows better than even noise does.

    The pattern is that of the other rows, mixed with even noise. At least 0.
    """
    n_pairs = joint.n_classes * (joint.n_classes - 1)
    pairs, place = np.unique(errors.given * joint.n_classes + errors.predicted, return_inverse=True)
    weight, n_rows = np.bincount(place, weights=errors.weight), np.bincount(place)
    counts = joint.at(pairs // joint.n_classes, pairs % joint.n_classes)
    of_itself = 1.0 - weight / n_rows  # what else there is of a row that is in part among the surest
    of_others = np.maximum(counts - weight - of_itself, 0.0)
    total = float(joint.counts[joint.given != joint.true].sum() - np.minimum(counts, weight).sum())
    predicted = (1 - _EVEN_PART) * of_others / max(total, 1e-9) + _EVEN_PART / n_pairs
    return max(float((weight * np.log(predicted * n_pairs)).sum()), 0.0)


def _slope(joint: Cells, label_counts: IntArray, errors: _Errors, sure_rows: FloatArray) -> float:
    """Slope of the rates at which the surest rows are wrong on those of the joint, over pairs of different classes.

    Both as deviations from their means, that is, from even noise; each pair counts by the surest rows of its class.
    """
    k, noisy = joint.n_classes, transition_of(joint, label_counts, 1.0).joint
    per_row = 1.0 / np.maximum(np.bincount(noisy.true, weights=noisy.counts, minlength=k), 1.0)
    other = noisy.given != noisy.true
    rates = noisy.counts[other] * per_row[noisy.true[other]]
    expected = rates * sure_rows[noisy.true[other]]
    n_pairs, weight = k * (k - 1), (k - 1) * float(sure_rows.sum())
    there, wrong = sure_rows > 0, np.bincount(errors.predicted, errors.weight, k)
    mean, sure_mean = rates.sum() / n_pairs, (wrong[there] / sure_rows[there]).sum() / n_pairs
    found = noisy.at(errors.given, errors.predicted) * per_row[errors.predicted]
    both = (found * errors.weight).sum() - mean * errors.weight.sum()
    both += sure_mean * (mean * weight - expected.sum())
    square = (rates * expected).sum() + mean * (mean * weight - 2 * expected.sum())
    return float(both / max(square, 1e-12))


def _between(value: float, low_and_high: tuple[float, float]) -> float:
    low, high = low_and_high
    return min(max((value - low) / (high - low), 0.0), 1.0)
