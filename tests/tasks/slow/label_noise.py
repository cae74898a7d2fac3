"""How labels go wrong, the probability that one is right, and how many are wrong; in double precision."""

from typing import Any, NamedTuple

import numpy as np
from tests.tasks.problems import Array, Problem
from tests.tasks.slow.confident import counted, label_counts
from tests.tasks.slow.row_scores import rivals


class Beliefs(NamedTuple):
    """How far noise reaches the surest rows, and how far it follows the joint's pattern."""

    reaches: float
    pattern: float


def beliefs(problem: Problem) -> Beliefs:
    k = problem.probs.shape[1]
    rows = [
        (int(p.argmax()), int(y), p.max())
        for y, p in zip(problem.labels, problem.read, strict=True)
        if y >= 0
    ]
    weights = _in_surest_quarter(rows)
    wrong = [best != y for best, y, _ in rows]
    if not any(wrong):
        return Beliefs(0.0, 0.0)
    weight_wrong = sum(w for w, bad in zip(weights, wrong, strict=True) if bad)
    reaches = _between(weight_wrong / 0.25 / sum(wrong), 0.20, 0.72)
    sure: dict[tuple[int, int], list[float]] = {}
    for (best, y, _), weight in zip(rows, weights, strict=True):
        if best != y and weight:
            sure.setdefault((y, best), []).append(weight)
    confident, errors, gain = counted(problem) * (np.eye(k) == 0), np.zeros((k, k)), 0.0
    for pair, parts in sure.items():
        errors[pair] = sum(parts)
    total = confident.sum() - np.minimum(confident, errors).sum()
    for pair, parts in sure.items():
        others = max(confident[pair] - sum(parts) - (1 - np.mean(parts)), 0)
        gain += sum(parts) * np.log(0.5 * others / max(total, 1e-9) * k * (k - 1) + 0.5)
    gain = max(gain, 0.0)
    predicts = _between(gain / max(weight_wrong, 1e-9), 0.05, 0.12) * gain / (gain + 1)
    n_sure = np.array([0.25 * sum(best == j for best, _, _ in rows) for j in range(k)])
    found, different = noise(problem)[0], np.eye(k) == 0
    rates = found / np.maximum(found.sum(axis=0), 1)
    sure_rates = errors / np.where(n_sure > 0, n_sure, 1)
    off, sure_off = (matrix - matrix[different].mean() for matrix in (rates, sure_rates))
    both, square = (float((n_sure * off * other)[different].sum()) for other in (sure_off, off))
    return Beliefs(reaches, reaches * predicts * _between(both / max(square, 1e-12), 0.80, 0.95))


def _in_surest_quarter(rows: list[tuple[int, int, Any]]) -> list[float]:
    """How much of each row is in the surest quarter of its predicted class, where it is sure by levels."""
    weights = [0.0] * len(rows)
    for best in {best for best, _, _ in rows}:
        levels: dict[tuple[int, int], list[int]] = {}
        for i, (predicted, _, prob) in enumerate(rows):
            if predicted == best:
                levels.setdefault(_level(prob), []).append(i)
        left = 0.25 * sum(map(len, levels.values()))
        for level in sorted(levels, reverse=True):  # the surest first
            part = min(left, len(levels[level]))
            for i in levels[level]:
                weights[i] = part / len(levels[level])
            left -= part
    return weights


def _level(prob: Any) -> tuple[int, int]:
    """Power of two and which of the 32 steps above it."""
    fraction, power = np.frexp(max(np.float32(prob), np.float32(2.0**-12)))
    return int(power), int((2 * float(fraction) - 1) * 32)


def _between(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def noise(problem: Problem) -> tuple[Array, float]:
    """The confident joint with lines as long as there are labels, and the share of it off the diagonal."""
    found, n_given = counted(problem).astype(float), label_counts(problem)
    k = len(found)
    for j in range(k):
        found[j] *= n_given[j] / max(found[j].sum(), 1)
    total = max(found.sum(), 1.0)
    return found, min(max(1 - np.trace(found) / total, 1 / (total + 2)), 1 - 1 / k)


def transition(problem: Problem, believed: float) -> Array:
    """P(given | true), true classes as lines."""
    found, rate = noise(problem)
    k = len(found)
    even = np.where(np.eye(k) > 0, 1 - rate, rate / (k - 1))
    learnt = (found.T + 20 * even) / (found.sum(axis=0)[:, None] + 20)
    matrix: Array = believed * learnt + (1 - believed) * even
    return matrix


def deconvolved(p: Array, matrix: Array) -> Array:
    clean = p.copy()
    for _ in range(6):
        forward = np.maximum(clean @ matrix, 1e-12)
        clean = clean * (matrix @ (p / forward)) ** 2
        clean = clean / max(clean.sum(), 1e-12)
    return clean


def posterior(problem: Problem, believed: float) -> tuple[list[float], list[int], list[float]]:
    """Probability of each given label to be right, the best other class, and its probability."""
    matrix, rate = transition(problem, believed), noise(problem)[1]
    k = len(matrix)
    found = [
        _of_all(y, p, matrix) if k <= 16 else _of_rivals(y, p, matrix, rate / (k - 1))
        for y, p in zip(problem.labels.tolist(), problem.read.astype(float), strict=True)
    ]
    rights, others, probs = zip(*found, strict=True)
    return list(rights), list(others), list(probs)


def _of_all(label: int, p: Array, matrix: Array) -> tuple[float, int, float]:
    clean = deconvolved(np.maximum(p, 1e-6), matrix)
    if label < 0:
        return np.nan, int(clean.argmax()), float(clean.max())
    clean = clean * matrix[:, label]
    clean = clean / max(clean.sum(), 1e-12)
    right, clean[label] = float(clean[label]), -1
    return right, int(clean.argmax()), float(clean.max())


def _of_rivals(label: int, p: Array, matrix: Array, even: float) -> tuple[float, int, float]:
    """The given label, its five strongest rivals, and all others as one class."""
    if label < 0:
        return np.nan, int(p.argmax()), float(p.max())
    part = [label, *rivals(p, label)[:5]]
    m = len(part)
    small = np.empty((m + 1, m + 1))
    small[:m, :m] = matrix[np.ix_(part, part)]
    small[:m, m] = np.maximum(1 - small[:m, :m].sum(axis=1), 1e-12)
    small[m, :m], small[m, m] = max(even, 1e-12), max(1 - m * even, 1e-6)
    clean = deconvolved(np.maximum([*p[part], 1 - p[part].sum()], 1e-6), small) * small[:, 0]
    clean = clean / max(clean.sum(), 1e-12)
    best = int(clean[1:m].argmax())
    return float(clean[0]), part[1 + best], float(clean[1 + best])


def expected(problem: Problem, right: Array) -> float:
    """How many labels are estimated to be wrong, before it is rounded."""
    odds = 0.0
    for y, p in zip(problem.labels, problem.read.astype(float), strict=True):
        if y >= 0 and p.argmax() != y:
            odds += p.max() / (p.max() + max(p[y], 1e-6))
    believed = beliefs(problem).pattern
    return float(believed * sum(value < 0.5 for value in right) + (1 - believed) * odds)


def to_flag(problem: Problem, right: Array) -> float:
    """How many rows to flag, before it is rounded."""
    reaches, believed = beliefs(problem)
    estimate, rows = expected(problem, right), noise(problem)[0]
    against = np.zeros_like(rows)
    for y, p in zip(problem.labels, problem.read, strict=True):
        if y >= 0 and p.argmax() != y:
            against[y, p.argmax()] += 1
    further = max(against.sum() - estimate, 0)
    without = reaches * max(np.minimum(against, rows).sum(), estimate)
    without += (1 - reaches) * (estimate + 0.3 * further)
    return float(believed * estimate + (1 - believed) * without)
