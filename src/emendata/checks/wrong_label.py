"""Labels that the rest of the data speaks against."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Labels, Neighbors, Predictions
from emendata.errors import NotApplicable
from emendata.kernels.label_scores import knowledge
from emendata.records import Findings, IntArray
from emendata.tasks.cuts import CutOptions, flag
from emendata.tasks.examples import open_examples
from emendata.tasks.issue_counts import expected_issues, off_diagonal
from emendata.tasks.surveys import judge, n_rivals_of, suggest, survey_examples

__all__ = ["WrongLabel"]

_SURE = 2.0  # standard errors
_STRENGTHS = ((100.0, "Very strong"), (10.0, "Strong"), (3.0, "Fair"), (0.0, "Weak"))
"""From which odds on evidence is called so, after Jeffreys, Theory of Probability (1961), appendix B."""


@dataclass(frozen=True)
class WrongLabel(Check):
    """Probably wrong label.

    The score is the probability that the label is right, by the out-of-sample predictions and by how labels go
    wrong in this dataset: a transition matrix, of which as much is believed as the rows that the models are surest
    of bear out.

    As many labels of lowest score are flagged as are expected to be wrong, or some more, if another class is more
    probable: for the models by themselves at least ``min_odds`` times, or at least ``min_posterior_odds`` times once
    it is taken into account how labels go wrong. Once enough rows were reviewed, as many are flagged as that says.
    """

    code: ClassVar[str] = "EM101"
    name: ClassVar[str] = "wrong_label"
    needs: ClassVar[tuple[str, ...]] = ("labels", "predictions")
    wants: ClassVar[tuple[str, ...]] = ("neighbors", "true_probs")

    min_odds: float = option(
        3.0, help="How many times as probable the models must find another class to flag a label.", ge=1.0
    )
    min_posterior_odds: float = option(
        2.0, help="Or how many times as probable it must be by how labels go wrong in this dataset.", ge=1.0
    )

    n_wrong: int = option(
        0, help="How many labels are wrong, where it is known, as from a review; 0 to estimate it.", ge=0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Score every labelled row; rows without a label get no score."""
        assert inputs.labels is not None
        assert inputs.predictions is not None
        labels, predictions = inputs.labels, inputs.predictions
        labeled = np.flatnonzero(labels.codes >= 0)
        given, probs = labels.codes[labeled], predictions.pred_probs[labeled]
        if knowledge(given, probs) < _SURE:
            raise NotApplicable(
                "On rows they had not seen, the models predict the labels no better than class frequencies do, "
                "so they cannot tell which are wrong. Add columns that say more about the label, or more rows."
            )
        surveyed = survey_examples(open_examples(given, probs), n_rivals=n_rivals_of(len(labels.classes)))
        right = judge(surveyed)
        if self.n_wrong:
            doubted = np.sort(np.argsort(right, kind="stable")[: self.n_wrong])
            suggested, _ = suggest(surveyed, doubted)
            clear = np.ones(len(doubted), dtype=bool)
        else:
            doubted = np.flatnonzero(
                flag(surveyed, right, CutOptions(), right) & (surveyed.survey.best != given)
            )
            suggested, probable = suggest(surveyed, doubted)
            survey = surveyed.survey.part(doubted)
            clear = survey.best_prob >= self.min_odds * survey.own
            clear |= probable >= self.min_posterior_odds * right[doubted]
            suggested = suggested[clear]

        scores = np.full(inputs.n_rows, np.nan)
        scores[labeled] = right
        rows = labeled[doubted[clear]]
        facts = {
            "estimates": {
                "models disagree": int((surveyed.survey.best != given).sum()),
                "confident joint": int(off_diagonal(surveyed).sum()),
                "expected": expected_issues(surveyed, right),
                "noise-matrix posterior": round(float((1 - right).sum())),
            },
            "labeled_rows": len(labeled),
        }
        reasons = _reasons(rows, suggested, labels, predictions, inputs.neighbors)
        probabilities = predictions.pred_probs[rows, suggested]
        if inputs.true_probs is not None:
            probabilities = inputs.true_probs[rows, suggested]
            chances = [f", and with it '{labels.classes[code]}' is right at" for code in suggested]
            reasons = [
                f"{reason[:-1]}{chance} {probable:.2f}."
                for reason, chance, probable in zip(reasons, chances, probabilities, strict=True)
            ]
        return Findings.of(
            scores,
            rows,
            reasons,
            column=labels.column,
            suggestions=[labels.classes[code] for code in suggested],
            probabilities=probabilities,
            facts=facts,
        )


def _reasons(
    rows: IntArray,
    suggested: IntArray,
    labels: Labels,
    predictions: Predictions,
    neighbors: Neighbors | None,
) -> list[str]:
    n_models = len(predictions.model_names)
    near = _near(rows, suggested, labels, neighbors)
    votes = predictions.votes[:, rows] == suggested
    sentences = []
    for i, row in enumerate(rows):
        name, given = labels.classes[suggested[i]], labels.classes[labels.codes[row]]
        probable = float(predictions.pred_probs[row, suggested[i]])
        strength = _strength(probable, float(predictions.pred_probs[row, labels.codes[row]]))
        models = (
            f"{votes[:, i].sum()} of {n_models} models say '{name}', together at {probable:.2f}"
            if n_models > 1
            else f"The model finds '{name}' at {probable:.2f}"
        )
        sentences.append(f"{strength} evidence: {models}; {near[i]}the label says '{given}'.")
    return sentences


def _near(rows: IntArray, suggested: IntArray, labels: Labels, neighbors: Neighbors | None) -> list[str]:
    """Say how many of the nearest rows carry the suggested label, and how many the given one."""
    if neighbors is None:
        return [""] * len(rows)
    k = neighbors.rows.shape[1]
    theirs = labels.codes[neighbors.rows[rows]]
    as_suggested = (theirs == suggested[:, None]).sum(axis=1)
    as_given = (theirs == labels.codes[rows, None]).sum(axis=1)
    return [
        f"{n} of its {k} nearest {neighbors.noun} are '{labels.classes[code]}' and {m} '{labels.classes[given]}'; "
        for n, m, code, given in zip(as_suggested, as_given, suggested, labels.codes[rows], strict=True)
    ]


def _strength(suggested: float, given: float) -> str:
    """Say how strong the evidence of the models is, by the odds of the suggested against the given label."""
    return next(word for odds, word in _STRENGTHS if suggested >= odds * given)
