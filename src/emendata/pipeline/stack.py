"""Out-of-sample predictions of several models, tempered and mixed into one."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from emendata.kernels.stacking import convex_weights, hedged, mix
from emendata.kernels.temperature import best_power, sharpened
from emendata.models import PREDICTORS, Predictor, Problem
from emendata.records import FloatArray, IntArray, Json, OnProgress
from emendata.store import Artifact, Shelf, fingerprint

__all__ = ["folds_left", "keep_own", "predicting_stage", "stack_models"]


def predicting_stage(model: Predictor) -> str:
    """Return what the prediction of a model family is called while it runs."""
    return f"Predicting with {model.title.lower()}"


def folds_left(model: Predictor, shelf: Shelf, key: str, n_folds: int, n_rounds: int) -> int:
    """Return how many folds of a model are not on the shelf, of ``n_rounds`` times ``n_folds``."""
    own_key = fingerprint("prediction", model.name, key)
    if shelf.recall(own_key) is not None:
        return 0
    memories = [_FoldShelf(shelf, fingerprint(own_key, i)) for i in range(n_rounds)]
    return sum(memory.recall(fold) is None for memory in memories for fold in range(n_folds))


def stack_models(
    problem: Problem,
    shelf: Shelf,
    key: str,
    on_progress: OnProgress,
    other_folds: Sequence[IntArray] = (),
    *,
    predictors: Iterable[Predictor] = PREDICTORS,
) -> Artifact:
    """Predict with every model that suits the problem and keep the mixture under ``key``.

    Each model is tempered by the power under which the given labels are likeliest, the tempered models are
    mixed by convex weights found in the same way, and the mixture is tempered once more. A model's own
    predictions are kept as well, and its folds until it is done, so that an interrupted audit goes on with the
    next fold. With ``other_folds``, each model predicts again in each of them, and its predictions are averaged.
    """
    labeled = np.flatnonzero(problem.labels >= 0)
    given = problem.labels[labeled]
    family = list(predictors)
    obstacles = {model.title: model.suits(problem) for model in family}
    chosen = [model for model in family if obstacles[model.title] is None]
    again = (
        replace(problem, folds=folds, seed=problem.seed + i) for i, folds in enumerate(other_folds, start=1)
    )
    rounds = [problem, *again]
    found = [_predict(model, rounds, shelf, key, on_progress) for model in chosen]
    members = [_tempered(kept.arrays["pred_probs"].astype(np.float64), labeled, given) for kept in found]
    weights = hedged(convex_weights([member[labeled, given] for member in members]))
    stacked = _tempered(mix(members, weights), labeled, given)
    facts = {
        **_facts([(model.name, model.title) for model in chosen], members, weights, stacked, problem.labels),
        "seconds": {model.title: kept.facts["seconds"] for model, kept in zip(chosen, found, strict=True)},
        "left_out": {title: why for title, why in obstacles.items() if why is not None},
    }
    return shelf.keep(key, "predictions", _arrays(members, stacked), facts)


def keep_own(members: Sequence[FloatArray], labels: IntArray, shelf: Shelf, key: str) -> Artifact:
    """Keep predictions that somebody brings as those of a stack; a single one stays as it is.

    Several are mixed by the weights under which the given labels are likeliest.
    """
    labeled = np.flatnonzero(labels >= 0)
    weights, mixed = np.ones(1), members[0]
    if len(members) > 1:
        weights = hedged(convex_weights([member[labeled, labels[labeled]] for member in members]))
        mixed = mix(members, weights)
    numbers = [""] if len(members) == 1 else [f" {i}" for i in range(1, len(members) + 1)]
    names = [(f"own{number}", f"Your predictions{number}") for number in numbers]
    facts = {**_facts(names, members, weights, mixed, labels), "seconds": {}, "left_out": {}}
    return shelf.keep(key, "predictions", _arrays(members, mixed), facts)


def _facts(
    names: Sequence[tuple[str, str]],
    members: Sequence[FloatArray],
    weights: FloatArray,
    stacked: FloatArray,
    labels: IntArray,
) -> dict[str, Json]:
    """Return how well each member, and the mixture, predicts the given labels."""
    labeled = np.flatnonzero(labels >= 0)
    given = labels[labeled]
    return {
        "accuracy": float((stacked[labeled].argmax(axis=1) == given).mean()),
        "models": [
            {
                "name": name,
                "title": title,
                "accuracy": float((member[labeled].argmax(axis=1) == given).mean()),
                "log_loss": float(-np.log(np.maximum(member[labeled, given], 1e-6)).mean()),
                "weight": float(weight),
            }
            for (name, title), member, weight in zip(names, members, weights, strict=True)
        ],
    }


def _arrays(members: Sequence[FloatArray], stacked: FloatArray) -> dict[str, npt.NDArray[Any]]:
    votes = np.stack([member.argmax(axis=1) for member in members])
    return {"pred_probs": stacked.astype(np.float32), "votes": votes.astype(np.int64)}


def _tempered(pred_probs: FloatArray, labeled: IntArray, given: IntArray) -> FloatArray:
    return sharpened(pred_probs, best_power(given, pred_probs[labeled]))


def _predict(
    model: Predictor, rounds: Sequence[Problem], shelf: Shelf, key: str, on_progress: OnProgress
) -> Artifact:
    own_key = fingerprint("prediction", model.name, key)
    kept = shelf.recall(own_key)
    if kept is None:
        started = time.perf_counter()
        stage = predicting_stage(model)
        n_rounds = len(rounds)
        memories = [_FoldShelf(shelf, fingerprint(own_key, i)) for i in range(n_rounds)]
        made = np.zeros((rounds[0].n_rows, rounds[0].n_classes))
        for i, (problem, memory) in enumerate(zip(rounds, memories, strict=True)):

            def on_fold(done: int, total: int, before: int = i) -> None:
                on_progress(stage, before * total + done, n_rounds * total)

            with threadpool_limits(1, user_api="blas"):  # more would wait for each other, and give other bits
                made += model.predict(replace(problem, memory=memory), on_fold) / n_rounds
        seconds = round(time.perf_counter() - started, 3)
        kept = shelf.keep(
            own_key, "prediction", {"pred_probs": made.astype(np.float32)}, {"seconds": seconds}
        )
        for problem, memory in zip(rounds, memories, strict=True):
            memory.forget(problem.n_folds)
    return kept


@dataclass(frozen=True)
class _FoldShelf:
    """The finished folds of a model that is not done."""

    shelf: Shelf
    key: str

    def recall(self, fold: int) -> FloatArray | None:
        kept = self.shelf.recall(self._name(fold))
        return None if kept is None else np.array(kept.arrays["pred_probs"])

    def keep(self, fold: int, probabilities: FloatArray) -> None:
        self.shelf.keep(self._name(fold), "fold", {"pred_probs": probabilities}, {})

    def forget(self, n_folds: int) -> None:
        for fold in range(n_folds):
            self.shelf.forget(self._name(fold))

    def _name(self, fold: int) -> str:
        return fingerprint("fold", self.key, fold)
