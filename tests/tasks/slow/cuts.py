"""Which rows each cut flags."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from tests.tasks.problems import Array, Problem
from tests.tasks.slow.confident import agrees, joint, label_counts, off_diagonal
from tests.tasks.slow.row_scores import rivals, scores

from emendata.kernels.calibration import calibrated, prune_counts, with_line_totals
from emendata.kernels.cells import cells_of

Mask = npt.NDArray[np.bool_]


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
