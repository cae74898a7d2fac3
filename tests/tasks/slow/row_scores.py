"""Scores of one row, in the type of its probabilities."""

from collections.abc import Callable
from typing import Any

import numpy as np
from tests.tasks.problems import Array, Problem
from tests.tasks.slow.confident import thresholds


def rivals(p: Array, label: int) -> list[int]:
    """The other classes, the most probable first, the first of equals before the others."""
    return sorted((j for j in range(len(p)) if j != label), key=lambda j: (-p[j], j))


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
