"""Every input of the checks, made once and kept under a key that says from what it was made."""

from functools import cached_property

import numpy as np

from emendata.checks.inputs import Labels, Predictions
from emendata.errors import NotApplicable
from emendata.models import PREDICTORS, Predictor, Problem
from emendata.pipeline.prepare_features import NEAREST, FeaturePreparation
from emendata.pipeline.problem import Folding, folding_for, make_problem
from emendata.pipeline.stack import keep_own, stack_models
from emendata.pipeline.true_probabilities import true_probabilities
from emendata.records import CalibrationSummary, FloatArray, ModelSummary
from emendata.store import Artifact

__all__ = ["NEAREST", "Preparation"]

_FEWEST_CLASSES = 2


class Preparation(FeaturePreparation):
    """The inputs of one dataset: those of features, which say how it is made, and predictions."""

    @cached_property
    def predictions(self) -> Predictions:
        """Out-of-sample probabilities of the stacked models."""
        kept = self._stack
        names = tuple(model["name"] for model in kept.facts["models"])
        return Predictions(kept.arrays["pred_probs"].astype(np.float64), kept.arrays["votes"], names)

    @cached_property
    def true_probs(self) -> FloatArray:
        """Probabilities of the true class once a row's own label is known, float64 (n, n_classes)."""
        return np.asarray(self._tempered.arrays["with_label"], np.float64)

    @property
    def shown_probs(self) -> FloatArray:
        """The predictions that people see: of the true class where this is wanted, else those of the stack."""
        if not self.calibrate:
            return self.predictions.pred_probs
        return np.asarray(self._tempered.arrays["without_label"], np.float64)

    @property
    def calibration(self) -> CalibrationSummary | None:
        """How probabilities of the true class were made, None where nobody asked for them."""
        return CalibrationSummary(**self._tempered.facts) if self.calibrate else None

    @cached_property
    def _tempered(self) -> Artifact:
        key, shelf = self.key("true_probs"), self.shelf_for(["predictions"])
        kept = shelf.recall(key)
        if kept is not None:
            return kept
        labels = self._learnable.codes
        made = true_probabilities(labels, self.predictions.pred_probs)
        facts = {
            "temperature": made.temperature,
            "n_wrong": round(made.noise_rate * int((labels >= 0).sum())),
            "n_labeled": int((labels >= 0).sum()),
        }
        arrays = {name: getattr(made, name).astype(np.float32) for name in ("without_label", "with_label")}
        return shelf.keep(key, "true_probs", arrays, facts)

    @property
    def models(self) -> tuple[ModelSummary, ...]:
        """The stacked models: how well each predicts the given labels, and its weight."""
        return tuple(ModelSummary(**model) for model in self._stack.facts["models"])

    @property
    def seconds(self) -> dict[str, float]:
        """How long each model family took when it predicted, by its title."""
        return dict(self._stack.facts["seconds"])

    @property
    def left_out(self) -> dict[str, str]:
        """Why features and model families were not used, by their titles."""
        why = None if self.own.features is not None else self.embedders.left_out
        return dict(self._stack.facts["left_out"]) | ({"Sentence vectors": why} if why else {})

    @property
    def stack_accuracy(self) -> float:
        """Part of the given labels that the stack predicts."""
        return float(self._stack.facts["accuracy"])

    @property
    def has_predicted(self) -> bool:
        """Whether the models were asked, or their kept answers."""
        return "_stack" in vars(self)

    @cached_property
    def _stack(self) -> Artifact:
        key, shelf = self.key("predictions"), self.shelf_for(["predictions"])
        kept = shelf.recall(key)
        if kept is not None:
            return kept
        if self.own.pred_probs:
            assert self.seen_labels is not None
            return keep_own(self.own.pred_probs, self.seen_labels.codes, shelf, key)
        return stack_models(
            self.problem,
            shelf,
            key,
            self._on_progress,
            self.folding.rounds[1:],
            predictors=self.predictors,
        )

    @property
    def predictors(self) -> tuple[Predictor, ...]:
        """The models that are asked: somebody's own, or ours; none where predictions are given."""
        if self.own.pred_probs:
            return ()
        return self.own.predictors or tuple(PREDICTORS)

    @property
    def problem(self) -> Problem:
        """What the models predict, in the first of the repeats.

        Raises
        ------
        NotApplicable
            If there are not two classes to tell apart.
        """
        return self.problem_in(self.folding)

    def problem_in(self, folding: Folding) -> Problem:
        """Return what the models predict in folds of somebody's choice; raises as `problem` does."""
        labels = self._learnable
        return make_problem(
            self.dataset, self.feature_table, self.all_neighbors, labels, folding, self.effort, self.seed
        )

    @cached_property
    def folding(self) -> Folding:
        """Which rows are predicted together; raises as `problem` does."""
        return folding_for(self.dataset, self._learnable, self.content, self.effort, self.seed)

    @property
    def _learnable(self) -> Labels:
        if self.seen_labels is None:
            raise NotApplicable("No label column was named.")
        codes, weights = self.seen_labels.codes, self.dataset.arrangement.weights
        if len(np.unique(codes[codes >= 0])) < _FEWEST_CLASSES:
            raise NotApplicable("Fewer than two classes have a row of which anything could be read.")
        if weights is not None and len(np.unique(codes[(codes >= 0) & (weights > 0)])) < _FEWEST_CLASSES:
            raise NotApplicable("Fewer than two classes have a row whose weight is above zero.")
        return self.seen_labels
