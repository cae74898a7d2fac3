"""Slow, obvious versions of what the label engine computes, row by row, and problems to try them on.

Sums and comparisons are done in the type that the probabilities are read in, so that answers are equal and not
only close; the posterior is done in double precision. Labels are column numbers, -1 where there is none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import strategies as st

from emendata.kernels.calibration import calibrated, prune_counts, with_line_totals
from emendata.kernels.cells import cells_of
from emendata.tasks.stream import Stream, stream

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]


class Problem(NamedTuple):
    """Given labels as column numbers, -1 for none, shape (n,), and probabilities, shape (n, k)."""

    labels: npt.NDArray[np.int64]
    probs: Array

    @property
    def read(self) -> Array:
        """The probabilities in the type that they are computed in."""
        return self.probs.astype(np.promote_types(self.probs.dtype, np.float32))

    @property
    def given(self) -> list[int | None]:
        """The labels as a person would write them."""
        return [None if label < 0 else int(label) for label in self.labels]


def made(
    seed: int,
    n: int,
    k: int,
    *,
    dtype: str = "float64",
    tied: bool = False,
    absent: int = 0,
    unlabelled: float = 0.0,
    sharpness: float = 0.3,
) -> Problem:
    """Make up a problem: most labels are the most probable class, ``absent`` classes are no row's label."""
    rng = np.random.default_rng(seed)
    probs = rng.dirichlet(np.full(k, sharpness), n)
    if tied:
        probs = rng.multinomial(10, probs) / 10  # one digit, so that many are equal
    present = np.sort(rng.permutation(k)[: k - min(absent, k - 1)])
    labels = np.where(rng.random(n) < 0.6, probs.argmax(axis=1), rng.choice(present, n))
    labels = np.where(np.isin(labels, present), labels, rng.choice(present, n))
    without = rng.random(n) < unlabelled
    without[rng.integers(n)] = False
    return Problem(np.where(without, -1, labels).astype(np.int64), probs.astype(dtype))


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    most_classes: int = 60,
    most_rows: int = 40,
    unlabelled: bool = True,
    tied: bool | None = None,
) -> Problem:
    """Draw problems of every kind: ties, absent classes, rows without a label, three types."""
    k = draw(st.one_of(st.integers(2, min(6, most_classes)), st.integers(2, most_classes)))
    return made(
        draw(st.integers(0, 2**32 - 1)),
        draw(st.integers(1, most_rows)),
        k,
        dtype=draw(st.sampled_from(["float64", "float32", "float16"])),
        tied=draw(st.booleans()) if tied is None else tied,
        absent=draw(st.integers(0, k - 1)) if draw(st.booleans()) else 0,
        unlabelled=draw(st.sampled_from([0.0, 0.3])) if unlabelled else 0.0,
        sharpness=draw(st.sampled_from([0.05, 0.3, 2.0])),
    )  # fmt: skip


def streamed(problem: Problem, sizes: list[int]) -> Stream:
    """Bring a problem in blocks of some sizes, the last of them as large as it must be."""
    n = len(problem.labels)
    ends = [*np.minimum(np.cumsum([0, *sizes]), n).tolist(), n]
    pairs = [
        (problem.given[first:end], problem.probs[first:end]) for first, end in pairwise(ends) if end > first
    ]
    return stream(pairs)


@contextmanager
def small_blocks() -> Iterator[None]:
    """Have rows worked on 64 at a time, so that a small problem keeps several threads busy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("emendata.engine.blocks._BLOCK_BYTES", 1)
        patch.setattr("emendata.engine.blocks._RANGE_ROWS", 16)
        yield


SIZES = st.lists(st.integers(1, 90), max_size=12)


# Confident learning.


def thresholds(problem: Problem) -> list[float]:
    labels, probs = problem.labels, problem.read
    found = []
    for j in range(probs.shape[1]):
        own = [float(p[j]) for y, p in zip(labels, probs, strict=True) if y == j]
        found.append(max(sum(own) / len(own), 2e-6) if own else 2.0)
    return found


def looks_like(probs: Array, bars: list[float]) -> list[int]:
    found = []
    for p in probs:
        reached = [j for j in range(len(p)) if p[j] >= probs.dtype.type(bars[j] - 1e-6)]
        found.append(-1 if not reached else reached[0] if len(reached) == 1 else int(p.argmax()))
    return found


def counted(problem: Problem, bars: list[float] | None = None) -> Array:
    """The confident joint without the ones on its diagonal."""
    k = problem.probs.shape[1]
    joint = np.zeros((k, k), np.int64)
    for y, j in zip(problem.labels, looks_like(problem.read, bars or thresholds(problem)), strict=True):
        if y >= 0 and j >= 0:
            joint[y, j] += 1
    return joint


def joint(problem: Problem, bars: list[float] | None = None) -> Array:
    found = counted(problem, bars)
    for j in range(len(found)):
        found[j, j] = max(found[j, j], 1)
    return found


def label_counts(problem: Problem) -> Array:
    return np.array([sum(problem.labels == j) for j in range(problem.probs.shape[1])])


def agrees(p: Array, label: int) -> bool:
    return bool(p[label] + p.dtype.type(1e-6) >= p.max())


def off_diagonal(problem: Problem) -> list[bool]:
    like = looks_like(problem.read, thresholds(problem))
    return [
        bool(y >= 0 and j >= 0 and j != y and not agrees(p, y))
        for y, j, p in zip(problem.labels, like, problem.read, strict=True)
    ]


# How labels go wrong, and the probability that one is right.


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
    surest = weight_wrong / sum(weights)
    reaches = _between(surest / (sum(wrong) / len(wrong)), 0.20, 0.72)
    even = surest / (k - 1)
    seen, totals = np.zeros((k, k)), np.zeros(k)  # of the surest rows, by [best class, given label]
    for (best, y, _), weight in zip(rows, weights, strict=True):
        seen[best, y] += weight
        totals[best] += weight
    other = np.eye(k) == 0
    of_all = (transition(problem, 1.0) - noise(problem)[1] / (k - 1))[other]
    of_surest = ((seen + 20 * even) / (totals[:, None] + 20) - even)[other]
    alike = _between((of_all * of_surest).sum() / max((of_all**2).sum(), 1e-12), 0.80, 1.05)
    return Beliefs(reaches, reaches * alike * weight_wrong / (weight_wrong + 5 * k))


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


def rivals(p: Array, label: int) -> list[int]:
    """The other classes, the most probable first, the first of equals before the others."""
    return sorted((j for j in range(len(p)) if j != label), key=lambda j: (-p[j], j))


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


# Scores of one row, in the type of its probabilities.


def log_margin(p: Array, label: int) -> Any:
    own, rival = (
        np.maximum(p[label], p.dtype.type(1e-6)),
        np.maximum(p[rivals(p, label)[0]], p.dtype.type(1e-6)),
    )
    return own / (own + rival)


def normalized_margin(p: Array, label: int) -> float:
    return float(p[label] - p[rivals(p, label)[0]] + 1) / 2


def confidence_weighted_entropy(p: Array, label: int) -> float:
    entropy = -sum(float(x) * np.log(float(x)) for x in p if x > 0)
    if p[label] < 1e-6:
        entropy = max(entropy, -1e-6 * np.log(1e-6))
    weighted = max(entropy / np.log(len(p)) / max(float(p[label]), 1e-6), 1e-6)
    return float(np.log1p(weighted) / weighted)


def scores(problem: Problem, score: Callable[[Array, int], Any]) -> Array:
    return np.array(
        [
            score(p, y) if y >= 0 else np.nan
            for y, p in zip(problem.labels.tolist(), problem.read, strict=True)
        ]
    )


def adjusted(problem: Problem) -> Problem:
    """Probabilities with the threshold of each class that some row carries taken away and the largest added."""
    bars = thresholds(problem)
    most = max(bar for bar in bars if bar < 2)
    shifted = problem.read.astype(float) + [most - bar if bar < 2 else 0.0 for bar in bars]
    return Problem(problem.labels, shifted / shifted.sum(axis=1, keepdims=True))


# Cuts.


def marked(problem: Problem, rows: Any) -> Mask:
    mask = np.zeros(len(problem.labels), np.bool_)
    mask[list(rows)] = True
    return mask


def lowest(scores: Any, rows: Any, n: int) -> list[int]:
    """Of some rows, the n of lowest score; of equals the earlier one."""
    return sorted(rows, key=lambda i: (scores[i], i))[:n]


def rows_of(problem: Problem, label: int) -> list[int]:
    return [i for i, y in enumerate(problem.labels) if y == label]


def disagreeing(problem: Problem) -> Mask:
    return marked(
        problem, [i for i, y in enumerate(problem.labels) if y >= 0 and not agrees(problem.read[i], y)]
    )


def counts_to_prune(
    problem: Problem,
    *,
    frac_noise: float = 1.0,
    min_examples_per_class: int = 1,
    confident_joint: Any = None,
    num_to_remove_per_class: Any = None,
) -> Array:
    """Rows to flag by [given label, other class], by kernels that have slow versions of their own."""
    start = joint(problem) if confident_joint is None else np.asarray(confident_joint, float)
    scaled = calibrated(cells_of(start), label_counts(problem))
    counts = prune_counts(scaled, min_examples_per_class, frac_noise)
    if num_to_remove_per_class is not None:
        counts = with_line_totals(counts, num_to_remove_per_class, label_counts(problem))
    return counts.matrix()


def prune_by_noise_rate(problem: Problem, min_examples_per_class: int = 1, **options: Any) -> Mask:
    counts = counts_to_prune(problem, min_examples_per_class=min_examples_per_class, **options)
    flagged: set[int] = set()
    for given in range(len(counts)):
        rows = rows_of(problem, given)
        if len(rows) <= min_examples_per_class:
            continue
        for other in range(len(counts)):
            if other != given and counts[given, other]:
                behind = problem.read[:, given] - problem.read[:, other]
                flagged.update(lowest(behind, rows, counts[given, other]))
    return marked(problem, flagged) & disagreeing(problem)


def prune_by_class(problem: Problem, min_examples_per_class: int = 1, **options: Any) -> Mask:
    counts = counts_to_prune(problem, min_examples_per_class=min_examples_per_class, **options)
    flagged: set[int] = set()
    for given in range(len(counts)):
        rows = rows_of(problem, given)
        if len(rows) > min_examples_per_class:
            flagged.update(lowest(problem.read[:, given], rows, max(len(rows) - counts[given, given], 0)))
    return marked(problem, flagged) & disagreeing(problem)


def both(problem: Problem, **options: Any) -> Mask:
    return prune_by_noise_rate(problem, **options) & prune_by_class(problem, **options)


def confident_learning(problem: Problem) -> Mask:
    return np.array(off_diagonal(problem))


def _lowest_of(problem: Problem, score: Callable[[Array, int], Any]) -> Mask:
    labelled = [i for i, y in enumerate(problem.labels) if y >= 0]
    return marked(problem, lowest(scores(problem, score), labelled, sum(off_diagonal(problem))))


def low_self_confidence(problem: Problem) -> Mask:
    return _lowest_of(problem, lambda p, y: p[y])


def low_normalized_margin(problem: Problem) -> Mask:
    return _lowest_of(problem, lambda p, y: p[y] - p[rivals(p, y)[0]])


def auto(problem: Problem, right: Array, n_to_flag: int) -> Mask:
    """Among labels that are not the most probable class or more probably wrong than right, those of lowest score."""
    doubted = [
        i
        for i, y in enumerate(problem.labels)
        if y >= 0 and (problem.read[i].argmax() != y or right[i] < 0.5)
    ]
    return marked(problem, lowest(right, doubted, n_to_flag))
