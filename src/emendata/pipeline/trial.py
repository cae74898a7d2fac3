"""The slow parts of an audit, run on some rows and timed: what a forecast is made from."""

import time
from bisect import insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from emendata.engine import map_ranges
from emendata.features import FeatureTable, reading_stages
from emendata.kernels.neighbors import ExactSearch
from emendata.models import Predictor, Problem
from emendata.pipeline.nearest import LARGEST_EXACT, do_job, in_cells
from emendata.pipeline.prepare import Preparation
from emendata.records import Float32Array, FloatArray

__all__ = ["Costs", "nearest_seconds", "resampled", "time_features", "time_model", "widened"]

_COMPARED = (2_000, 10_000)  # rows
_AT_A_TIME = 2  # blocks of them
_PART_OF_TREES = 5  # of the trees of a forest, one in so many is grown


@dataclass
class Costs:
    """Seconds that something took, by the size of the samples, smallest first."""

    points: list[tuple[int, float]] = field(default_factory=list)

    def add(self, size: int, seconds: float) -> None:
        """Note what a sample took."""
        insort(self.points, (size, seconds))

    def at(self, size: int) -> float:
        """Return the cost at a size on the line through the last two points: never falling, and never below zero.

        A single point is taken for proportional to its size.

        Examples
        --------
        >>> Costs([(100, 2.0), (200, 3.0)]).at(1000), Costs([(100, 2.0)]).at(1000), Costs().at(1000)
        (11.0, 20.0, 0.0)
        """
        if not self.points or not size:
            return 0.0
        last, seconds = self.points[-1]
        slope = seconds / max(last, 1)
        if len(self.points) > 1 and self.points[-2][0] < last:
            before, less = self.points[-2]
            slope = min(max((seconds - less) / (last - before), 0.0), slope)
        return seconds + slope * (size - last)


def time_features(sample: Preparation) -> tuple[FeatureTable, dict[str, tuple[int, float, float]]]:
    """Make the features of a sample.

    Returns
    -------
    made : FeatureTable
    took : dict
        By stage: how many rows or new items it read, the seconds for that, and the seconds for what followed when all
        had been read.
    """
    events: list[tuple[float, str, int]] = []
    watched = sample.watched(lambda stage, done, total: events.append((time.perf_counter(), stage, total)))
    with threadpool_limits(1, user_api="blas"):  # on few rows, threads only wait for each other
        made = watched.feature_table
    stages = reading_stages(sample.dataset, named=sample.named)
    of_items = {stage for stage, _, embedder in stages if embedder is not None}
    return made, _spans([*events, (time.perf_counter(), "", 0)], sample.dataset.n_rows, of_items)


def _spans(
    events: Sequence[tuple[float, str, int]], n_rows: int, of_items: Collection[str]
) -> dict[str, tuple[int, float, float]]:
    took = {}
    for stage in dict.fromkeys(stage for _, stage, _ in events if stage):
        own = [i for i, (_, name, _) in enumerate(events) if name == stage]
        start, (end, _, total) = events[own[0]][0], events[own[-1]]
        took[stage] = (total if stage in of_items else n_rows), end - start, events[own[-1] + 1][0] - end
    return took


def nearest_seconds(n_rows: int, n_dimensions: int) -> float:
    """Return how long finding the nearest rows is expected to take, from comparing some made-up ones."""
    n_compared = min(n_rows, LARGEST_EXACT)
    a_row = Costs()  # compared with all others
    for n in _COMPARED:
        a_row.add(min(n, n_compared), _seconds_a_row(min(n, n_compared), n_dimensions))
    seconds = n_compared * a_row.at(n_compared)
    return seconds if n_rows <= LARGEST_EXACT else in_cells(n_rows, seconds)


def _seconds_a_row(n_rows: int, n_dimensions: int) -> float:
    """Return the seconds that a row takes, with as many at a time as in the search itself."""
    points = np.random.default_rng(0).normal(size=(n_rows, n_dimensions)).astype(np.float32)
    seconds = 0.0
    for jobs in ExactSearch(points, min(20, n_rows - 1)).passes():
        times = []
        for start in range(0, len(jobs), _AT_A_TIME):
            some = jobs[start : start + _AT_A_TIME]
            started = time.perf_counter()
            for _ in map_ranges(len(some), partial(do_job, some), step=1):
                pass
            times.append((time.perf_counter() - started) / len(some))
        seconds += len(jobs) * float(np.median(times))  # a busy machine now and then lets a block wait
    return seconds / n_rows


def time_model(model: Predictor, problem: Problem) -> tuple[float, float]:
    """Return the seconds that a model takes before its first fold, and for a fold; as a whole and 0 if it has none."""
    watch = _FoldWatch(time.perf_counter())
    fewer = replace(problem, memory=watch, n_trees=max(problem.n_trees // _PART_OF_TREES, _PART_OF_TREES))
    try:
        with threadpool_limits(1, user_api="blas"):  # as in the stack
            model.predict(fewer, lambda done, total: None)
    except _Enough as fold:
        return watch.before, fold.seconds
    return (time.perf_counter() - watch.started) * problem.n_trees / fewer.n_trees, 0.0


def resampled(problem: Problem, size: int, seed: int) -> Problem:
    """Return a problem of another size that is as hard: some of the rows, or all several times with a little noise."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(problem.n_rows)[:size]
    rows = np.sort(np.concatenate([rows, rng.integers(0, problem.n_rows, size - len(rows))]))

    def taken(values: Float32Array) -> Float32Array:
        found = np.asarray(values)[rows]
        if size > problem.n_rows:
            found = found + (0.3 * found.std(axis=0) * rng.normal(size=found.shape)).astype(np.float32)
        return found

    wide = problem.wide[rows] if isinstance(problem.wide, csr_matrix) else taken(problem.wide)
    return replace(
        problem,
        dense=taken(problem.dense),
        narrow=taken(problem.narrow),
        wide=wide,
        labels=problem.labels[rows],
        folds=np.arange(size) % problem.n_folds,
        neighbors=problem.neighbors[rows] % size,
        distances=problem.distances[rows],
        weights=None if problem.weights is None else problem.weights[rows],
        patience=problem.patience * size / problem.n_rows,
    )


def widened(problem: Problem, width: int) -> Problem:
    """Return the problem with empty dimensions behind the wide ones: words that more rows would have brought."""
    wide = problem.wide
    if not isinstance(wide, csr_matrix) or wide.shape[1] >= width:
        return problem
    return replace(
        problem, wide=csr_matrix((wide.data, wide.indices, wide.indptr), shape=(wide.shape[0], width))
    )


class _Enough(Exception):  # noqa: N818
    """Not an error: what was to be timed is over."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass
class _FoldWatch:
    """A memory of folds that knows none, and lets go of the model as soon as it has one."""

    started: float
    before: float = 0.0
    fold_started: float = 0.0

    def recall(self, fold: int) -> FloatArray | None:
        self.fold_started = time.perf_counter()
        if not fold:
            self.before = self.fold_started - self.started
        return None

    def keep(self, fold: int, probabilities: FloatArray) -> None:
        raise _Enough(time.perf_counter() - self.fold_started)
