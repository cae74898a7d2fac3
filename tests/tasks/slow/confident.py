"""Confident learning, row by row."""

import numpy as np
from tests.tasks.problems import Array, Problem


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
