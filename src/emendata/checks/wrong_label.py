"""Labels that the rest of the data speaks against."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Labels, Neighbors, Predictions
from emendata.errors import NotApplicable
from emendata.kernels.confident import confident_joint
from emendata.kernels.label_scores import doubtful, judge, knowledge
from emendata.records import BoolArray, Findings, FloatArray, IntArray

__all__ = ["WrongLabel"]

_SURE = 2.0  # standard errors


@dataclass(frozen=True)
class WrongLabel(Check):
    """Probably wrong label.

    Rows are ordered by the rank-sum of two views of the out-of-sample predictions: the log-margin between
    the given label and the best other class, and the probability that the label is right under the noise
    matrix of confident learning. The scores are p / (p + q), with the probabilities of the given label and of
    the best other class, handed out in that order.

    A label is flagged when its score is below 1 / (1 + ``min_odds``) and the models prefer another class. As
    many labels have such a score as have another class ``min_odds`` times as probable.
    """

    code: ClassVar[str] = "EM101"
    name: ClassVar[str] = "wrong_label"
    needs: ClassVar[tuple[str, ...]] = ("labels", "predictions", "neighbors")

    min_odds: float = option(
        3.0, help="How many times as probable another class must be for a label to count as doubtful.", ge=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Score every labelled row; rows without a label get no score."""
        assert inputs.labels is not None
        assert inputs.predictions is not None
        assert inputs.neighbors is not None
        labels, predictions = inputs.labels, inputs.predictions
        labeled = np.flatnonzero(labels.codes >= 0)
        given, probs = labels.codes[labeled], predictions.pred_probs[labeled]
        if knowledge(given, probs) < _SURE:
            raise NotApplicable(
                "On rows they had not seen, the models predict the labels no better than class frequencies do, "
                "so they cannot tell which are wrong. Add columns that say more about the label, or more rows."
            )
        judged = judge(given, probs)
        joint = confident_joint(given, probs)

        scores = np.full(inputs.n_rows, np.nan)
        scores[labeled] = judged.scores
        flagged = doubtful(judged, self.min_odds)
        rows = labeled[flagged]
        suggested = _best_other(given, probs)[flagged]
        facts = {
            "estimates": {
                "models disagree": int((judged.margin < 0).sum()),
                "confident joint": round(float(joint.sum() - np.trace(joint))),
                "noise-matrix posterior": round(float((1 - judged.posterior).sum())),
            },
            "labeled_rows": len(labeled),
        }
        return Findings.of(
            scores,
            rows,
            _reasons(rows, suggested, labels, predictions, inputs.neighbors),
            column=labels.column,
            suggestions=[labels.classes[code] for code in suggested],
            probabilities=predictions.pred_probs[rows, suggested],
            facts=facts,
        )


def _best_other(given: IntArray, probs: FloatArray) -> IntArray:
    others = probs.copy()
    others[np.arange(len(given)), given] = -1.0
    best: IntArray = others.argmax(axis=1)
    return best


def _reasons(
    rows: IntArray, suggested: IntArray, labels: Labels, predictions: Predictions, neighbors: Neighbors
) -> list[str]:
    n_models, k = len(predictions.model_names), neighbors.rows.shape[1]
    near: BoolArray = labels.codes[neighbors.rows[rows]] == suggested[:, None]
    votes = predictions.votes[:, rows] == suggested
    sentences = []
    for i, row in enumerate(rows):
        name, given = labels.classes[suggested[i]], labels.classes[labels.codes[row]]
        sentences.append(
            f"{votes[:, i].sum()} of {n_models} models say '{name}', "
            f"together at {predictions.pred_probs[row, suggested[i]]:.2f}; "
            f"{near[i].sum()} of its {k} nearest rows are '{name}'; the label says '{given}'."
        )
    return sentences
