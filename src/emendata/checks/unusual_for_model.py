"""Rows in which the models see none of the classes."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Labels
from emendata.errors import NotApplicable
from emendata.kernels.unusual import deviations
from emendata.records import Findings, FloatArray, Severity

__all__ = ["UnusualForModel"]

_FEWEST_CLASSES = 3
_RARE = 2.0  # robust standard deviations from which on doubt is unusual here
_LEAST = 0.5  # deviation of the log-odds of doubt that is believed
_USUALLY = 0.5  # score below which models are unsure anyway
_TINY = 1e-6
_STEP = 65_536  # rows at a time


@dataclass(frozen=True)
class UnusualForModel(Check):
    """Row of no class that the models know.

    The doubt of the models is the entropy of the predicted probabilities, each first divided by its mean among the rows
    of its class, over the entropy of not knowing at all. The score is 1 - doubt. A row is flagged when the score is
    below ``cut`` and the log-odds of its doubt are more than 2 robust standard deviations above what is usual in this
    dataset; none is where the usual score is below 0.5, since models that are unsure anyway tell no row from others.
    A row between two classes is not meant: of three classes or more, others must be possible as well.

    O(n) time for each class, O(n) memory.
    """

    code: ClassVar[str] = "EM202"
    name: ClassVar[str] = "unusual_for_model"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels", "predictions")

    cut: float = option(0.3, help="Part of certainty below which an unusual row is flagged.", ge=0.0, le=1.0)

    def find(self, inputs: Inputs) -> Findings:
        """Score every row, with a label or without, by how sure the models are of any class."""
        assert inputs.labels is not None
        assert inputs.predictions is not None
        labels, probs = inputs.labels, inputs.predictions.pred_probs
        if len(labels.classes) < _FEWEST_CLASSES:
            raise NotApplicable(
                f"The label has {len(labels.classes)} classes; doubt between two says nothing but that a row lies "
                "between them."
            )
        usual = _usual_probability(labels, probs)
        doubt = np.concatenate(
            [_doubt(probs[start : start + _STEP] / usual) for start in range(0, inputs.n_rows, _STEP)]
        )
        log_odds = np.log((doubt + _TINY) / (1 - doubt + _TINY))
        scores = 1 - doubt
        usual_score = float(np.median(scores))
        is_rare = (usual_score >= _USUALLY) & (deviations(log_odds, _LEAST) > _RARE)
        rows = np.flatnonzero((scores < self.cut) & is_rare)
        best = probs[rows].argmax(axis=1)
        reasons = [
            f"The models know no class for it: of {len(labels.classes)} classes '{labels.classes[code]}' is the most "
            f"probable, at {probs[row, code]:.2f}. Their certainty is {scores[row]:.2f}, where "
            f"{usual_score:.2f} is usual."
            for row, code in zip(rows.tolist(), best.tolist(), strict=True)
        ]
        return Findings.of(scores, rows, reasons, facts={"usual_score": usual_score})


def _usual_probability(labels: Labels, probs: FloatArray) -> FloatArray:
    """Return the mean probability of each class among the rows that have it as their label, shape (n_classes,)."""
    labeled = np.flatnonzero(labels.codes >= 0)
    codes = labels.codes[labeled]
    n_classes = len(labels.classes)
    sums = np.bincount(codes, weights=probs[labeled, codes], minlength=n_classes)
    usual: FloatArray = np.maximum(
        sums / np.maximum(np.bincount(codes, minlength=n_classes), 1), 1 / n_classes
    )
    return usual


def _doubt(weights: FloatArray) -> FloatArray:
    """Return the entropy of each row over the greatest there is, in [0, 1]."""
    probs = np.maximum(weights, _TINY)
    probs /= probs.sum(axis=1, keepdims=True)
    doubt: FloatArray = -(probs * np.log(probs)).sum(axis=1) / np.log(probs.shape[1])
    return np.clip(doubt, 0.0, 1.0)
