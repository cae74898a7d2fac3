"""How long an audit will take, from running it on a few of its rows."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from emendata.data import Dataset
from emendata.errors import NotApplicable
from emendata.features import ModelEmbedder, feature_columns
from emendata.pipeline.effort import Effort, effort_for
from emendata.pipeline.prepare import NEAREST, Preparation
from emendata.pipeline.stack import PREDICTING
from emendata.records import Mode
from emendata.store import MemoryShelf

__all__ = ["Forecast", "forecast", "mode_within"]

_WARM_ROWS, _FEW_ROWS, _MORE_ROWS = 20, 80, 200
_FOLDS = 2
_FEWEST_ROWS = 3

Embedders = Mapping[str, ModelEmbedder]


@dataclass(frozen=True)
class Forecast:
    """Seconds that the stages of an audit are expected to take, in their order.

    Stages are named as ``on_progress`` names them; what takes no notable time has none.
    """

    stages: Mapping[str, float]

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(self.stages.values())


def forecast(
    dataset: Dataset, effort: Effort, *, seed: int = 0, embedders: Embedders | None = None
) -> Forecast:
    """Run the slow stages on 80 and on 200 rows and extrapolate: some seconds' work.

    Features and models are taken to cost in proportion to the rows, beyond what they cost for hardly any; finding the
    nearest rows in proportion to their square. The rows of the sample are spread evenly over the dataset.

    Returns
    -------
    Forecast
        Good to a factor of two or so; empty where there is nothing to compute.
    """
    if not feature_columns(dataset):
        return Forecast({})
    n = dataset.n_rows
    _timed(dataset, effort, min(n, _WARM_ROWS), seed, embedders)  # what is imported first does not count
    few, more = (min(n, size) for size in (_FEW_ROWS, _MORE_ROWS))
    small, large = (_timed(dataset, effort, size, seed, embedders) for size in (few, more))
    stages = {}
    for stage, (seconds, in_folds) in large.items():
        before, _ = small.get(stage, (0.0, False))
        slope = max(seconds - before, 0.0) / (more - few) if more > few else 0.0
        fixed = max(seconds - slope * more, 0.0)
        if stage == NEAREST:
            stages[stage] = seconds * (n / more) ** 2
        elif in_folds:  # two folds learn from half of the rows each, so together from as many as there are
            stages[stage] = effort.n_folds / _FOLDS * fixed + (effort.n_folds - 1) * slope * n
        else:
            stages[stage] = fixed + slope * n
        if stage.startswith(PREDICTING):
            stages[stage] *= effort.n_repeats
    return Forecast(stages)


def mode_within(
    dataset: Dataset, seconds: float, *, seed: int = 0, embedders: Embedders | None = None
) -> Mode:
    """Return the most thorough mode whose forecast keeps to a budget, the quick one if none does."""
    for mode in (Mode.THOROUGH, Mode.BALANCED):
        effort = effort_for(mode, dataset.n_rows)
        if forecast(dataset, effort, seed=seed, embedders=embedders).seconds <= seconds:
            return mode
    return Mode.QUICK


def _timed(
    dataset: Dataset, effort: Effort, size: int, seed: int, embedders: Embedders | None
) -> dict[str, tuple[float, bool]]:
    """Return the seconds of each stage on some of the rows, and whether its steps were the two folds."""
    first: dict[str, float] = {}
    last: dict[str, tuple[float, int]] = {}

    def on_progress(stage: str, done: int, total: int) -> None:
        last[stage] = time.perf_counter(), total
        first.setdefault(stage, last[stage][0])

    part = size / dataset.n_rows
    modest = replace(
        effort,
        n_folds=_FOLDS,
        n_repeats=1,
        patience=effort.patience * part * _FOLDS / effort.n_folds,
        word_pieces=round(effort.word_pieces * part),
    )
    rows = np.unique(np.linspace(0, dataset.n_rows - 1, size).astype(np.int64))
    sample = Preparation(
        dataset.take(rows),
        MemoryShelf(),
        seed=seed,
        effort=modest,
        embedders=embedders,
        on_progress=on_progress,
    )
    with suppress(NotApplicable):  # too little could be read
        if len(rows) >= _FEWEST_ROWS:
            _ = sample.all_neighbors
            if sample.labels is not None:
                _ = sample.predictions
    return {
        stage: (end - first[stage], stage.startswith(PREDICTING) and total == _FOLDS)
        for stage, (end, total) in last.items()
    }
