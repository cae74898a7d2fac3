"""How long the stages of an audit take on this machine, from trials on more and more rows."""

import math
import time
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from emendata.errors import NotApplicable
from emendata.features import items_of, reading_stages
from emendata.models import Predictor, Problem
from emendata.pipeline.prepare import NEAREST, Preparation
from emendata.pipeline.problem import Folding
from emendata.pipeline.stack import folds_left, predicting_stage
from emendata.pipeline.trial import Costs, nearest_seconds, resampled, time_features, time_model, widened
from emendata.pipeline.vectors import count_unknown
from emendata.records import Role
from emendata.store import MemoryShelf

__all__ = ["Calibration"]

_LIMIT = 2.0  # seconds that a forecast may take, if no single step takes longer
_READING = 0.6  # of them for features
_WARM_ROWS, _FIRST_ROWS, _GROWTH = 16, 60, 4
_MODEL_ROWS = 240  # fewer make smaller trees
_SHORT = 0.1  # seconds of a trial that is made twice
_LONG = 0.4  # seconds of a trial after which a larger one would take too long
_SHARE = 0.4  # of the time that is left that a model may use: most use hardly any
_NEGLIGIBLE = 0.3  # seconds that are not worth a closer look
_MOST_WORDS = 100_000
_WORDS_GROW = 0.6  # new words in new texts: their number grows with this power of the texts' (Heaps' law)
_ANY = 1 << 60  # word pieces: whether they are read was decided for the whole dataset


class Calibration:
    """Trials on more and more rows, and what they say about all of them."""

    def __init__(self, preparation: Preparation) -> None:
        self._prepared = preparation
        self._n = preparation.dataset.n_rows
        self._shelf = MemoryShelf(behind=preparation.shelf)
        self._rows = np.random.default_rng(preparation.seed).permutation(self._n)
        self._widths: list[tuple[int, int]] = []
        self._deadline = 0.0

    def stages(self, missing: Collection[str]) -> Iterator[tuple[str, float]]:
        """Return the stages with their seconds, in their order."""
        found = []
        with warnings.catch_warnings(action="ignore"):  # they are about the samples
            self._warm_up("predictions" in missing)
            self._deadline = time.perf_counter() + _LIMIT
            sample, reading = self._read()
            if "features" in missing:
                found += reading
            if "neighbors" in missing:
                found += [(NEAREST, nearest_seconds(self._n, sample.feature_table.dense.shape[1]))]
            if "predictions" in missing:
                found += list(self._predicting(sample))
        return ((stage, seconds) for stage, seconds in found if seconds > 0)

    def _sample(self, size: int) -> Preparation:
        prepared = self._prepared
        word_pieces = _ANY if prepared.embedders.reads_sentences else 0
        patience = prepared.effort.patience * size / self._n
        effort = replace(prepared.effort, word_pieces=word_pieces, patience=patience)
        return prepared.sampled(np.sort(self._rows[:size]), self._shelf, effort)

    def _warm_up(self, predicts: bool) -> None:
        """Have everything imported: it would be anyway, but it does not count."""
        sample = self._sample(min(_WARM_ROWS, self._n))
        with suppress(NotApplicable):
            nearest_seconds(_FIRST_ROWS, sample.feature_table.dense.shape[1])
            if predicts:
                problem = _problem(sample)
                for model in self._suitable(problem):
                    time_model(model, replace(problem, n_trees=1))

    def _read(self) -> tuple[Preparation, list[tuple[str, float]]]:
        """Return the largest sample that there was time to read, and the stages of reading all rows."""
        items, rows = defaultdict[str, Costs](Costs), defaultdict[str, Costs](Costs)
        size, total = min(_FIRST_ROWS, self._n), 0.0
        while True:
            sample = self._sample(size)
            started = time.perf_counter()
            made, took = time_features(sample)
            seconds = time.perf_counter() - started
            self._widths.append((size, made.wide.shape[1]))
            for stage, (n_read, body, rest) in took.items():
                items[stage].add(n_read, body)
                rows[stage].add(size, rest)
            total += seconds
            if size == self._n or seconds > (_READING - total) / (1 if size == _FIRST_ROWS else _GROWTH):
                break
            size = min(_GROWTH * size, self._n)
        return sample, [(stage, items[stage].at(n) + rows[stage].at(self._n)) for stage, n in self._to_read()]

    def _to_read(self) -> Iterator[tuple[str, int]]:
        """Yield the stages of reading and how many rows, or items that are not known yet, are read in each."""
        prepared = self._prepared
        if prepared.own.features is not None:
            return
        for stage, column, embedder in reading_stages(
            prepared.dataset, slow=prepared.embedders.reads_sentences, named=prepared.named
        ):
            if embedder is None:
                yield stage, self._n
            else:
                yield stage, count_unknown(prepared.shelf, embedder, items_of(prepared.dataset, column.name))

    def _predicting(self, sample: Preparation) -> Iterator[tuple[str, float]]:
        try:
            problem = widened(_problem(sample), self._expected_width())
        except NotApplicable:  # no labels, or too few of them
            return
        prepared, models = self._prepared, self._suitable(problem)
        effort, key = prepared.effort, prepared.key("predictions")
        for i, model in enumerate(models):
            stage = predicting_stage(model)
            left = folds_left(model, prepared.shelf, key, effort.n_folds, effort.n_repeats)
            part = left / (effort.n_folds * effort.n_repeats)
            if left:
                share = (self._deadline - time.perf_counter()) * max(_SHARE, 1 / (len(models) - i))
                yield stage, self._seconds_of(model, problem, share, part * effort.n_repeats, left)

    def _seconds_of(
        self, model: Predictor, problem: Problem, share: float, n_starts: float, n_folds: int
    ) -> float:
        """Return what a model is expected to take on all rows, from trials that keep to a share of the time."""
        start, fold, trial = Costs(), Costs(), Costs()
        began, size = time.perf_counter(), min(_MODEL_ROWS, self._n)
        while size:
            sample, started = resampled(problem, size, self._prepared.seed), time.perf_counter()
            took = time_model(model, sample)
            if (
                not trial.points and time.perf_counter() - started < _SHORT
            ):  # the better is less of an accident
                started = time.perf_counter()
                took = min(took, time_model(model, sample), key=sum)
            now = time.perf_counter()
            for costs, seconds in zip((start, fold, trial), (*took, now - started), strict=True):
                costs.add(size, seconds)
            expected = n_starts * start.at(self._n) + n_folds * fold.at(self._n)
            size = 0 if expected < _NEGLIGIBLE else self._next_size(trial, share - (now - began))
        return expected

    def _next_size(self, trial: Costs, left: float) -> int:
        """Return the size of a model's next trial, 0 if there is none: two are needed, and more if there is time."""
        size, seconds = trial.points[-1]
        if size == self._n:
            return 0
        if len(trial.points) > 1:
            larger = (min(factor * size, self._n) for factor in (_GROWTH, 2))
            return next((more for more in larger if trial.at(more) < left), 0)
        if seconds > _LONG:
            return size // 2
        return min(size * (_GROWTH if seconds > _LONG / 2 else _GROWTH**2), self._n)

    def _suitable(self, problem: Problem) -> list[Predictor]:
        return [model for model in self._prepared.predictors if model.suits(problem) is None]

    def _expected_width(self) -> int:
        """Return how many wide dimensions all rows are expected to have."""
        size, width = self._widths[-1]
        texts = self._prepared.dataset.names(Role.TEXT)
        if not texts:
            return width
        power = _WORDS_GROW
        if len(self._widths) > 1:
            before, fewer = self._widths[-2]
            power = min(max(math.log(width / fewer) / math.log(size / before), 0.0), 1.0)
        return int(min(width * (self._n / size) ** power, _MOST_WORDS * len(texts)))


def _problem(sample: Preparation) -> Problem:
    """Return the problem of a sample in folds of any rows: some of its rows may not be enough to keep groups apart."""
    n, n_folds = sample.dataset.n_rows, sample.effort.n_folds
    return sample.problem_in(Folding((np.arange(n) % n_folds,), sample.dataset.arrangement.is_apart))
