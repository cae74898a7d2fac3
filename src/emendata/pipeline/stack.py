"""Out-of-sample predictions of several models, tempered and mixed into one."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.kernels.stacking import convex_weights, hedged, mix
from emendata.kernels.temperature import best_power, sharpened
from emendata.models import PREDICTORS, Predictor, Problem
from emendata.records import FloatArray, IntArray, OnProgress
from emendata.store import Artifact, Shelf, fingerprint

__all__ = ["stack_models"]


def stack_models(problem: Problem, shelf: Shelf, key: str, on_progress: OnProgress) -> Artifact:
    """Predict with every model that suits the problem and keep the mixture under ``key``.

    Each model is tempered by the power under which the given labels are likeliest, the tempered models are
    mixed by convex weights found in the same way, and the mixture is tempered once more. A model's own
    predictions are kept as well, so that an interrupted audit goes on with the next model.
    """
    labeled = np.flatnonzero(problem.labels >= 0)
    given = problem.labels[labeled]
    chosen = [model for model in PREDICTORS if model.suits(problem) is None]
    members = [
        _tempered(_predict(model, problem, shelf, key, on_progress), labeled, given) for model in chosen
    ]
    weights = hedged(convex_weights([member[labeled, given] for member in members]))
    stacked = _tempered(mix(members, weights), labeled, given)
    facts = {
        "accuracy": float((stacked[labeled].argmax(axis=1) == given).mean()),
        "models": [
            {
                "name": model.name,
                "title": model.title,
                "accuracy": float((member[labeled].argmax(axis=1) == given).mean()),
                "log_loss": float(-np.log(np.maximum(member[labeled, given], 1e-6)).mean()),
                "weight": float(weight),
            }
            for model, member, weight in zip(chosen, members, weights, strict=True)
        ],
    }
    votes = np.stack([member.argmax(axis=1) for member in members])
    arrays: dict[str, npt.NDArray[Any]] = {
        "pred_probs": stacked.astype(np.float32),
        "votes": votes.astype(np.int64),
    }
    return shelf.keep(key, "predictions", arrays, facts)


def _tempered(pred_probs: FloatArray, labeled: IntArray, given: IntArray) -> FloatArray:
    return sharpened(pred_probs, best_power(given, pred_probs[labeled]))


def _predict(
    model: Predictor, problem: Problem, shelf: Shelf, key: str, on_progress: OnProgress
) -> FloatArray:
    own_key = fingerprint("prediction", model.name, key)
    kept = shelf.recall(own_key)
    if kept is None:
        stage = f"Predicting with {model.title.lower()}"
        memory = _FoldShelf(shelf, own_key)
        made = model.predict(
            replace(problem, memory=memory), lambda done, total: on_progress(stage, done, total)
        )
        kept = shelf.keep(own_key, "prediction", {"pred_probs": made.astype(np.float32)}, {})
        memory.forget(problem.n_folds)
    return kept.arrays["pred_probs"].astype(np.float64)


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
