"""How many labels are wrong."""

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from emendata.engine import map_ranges
from emendata.errors import InputError, UnknownName
from emendata.kernels.confident import agrees
from emendata.records import BoolArray, Float32Array, IntArray
from emendata.tasks.confident import calibrate_confident_joint
from emendata.tasks.ensembles import open_stacked
from emendata.tasks.examples import Opening
from emendata.tasks.surveys import Surveyed, judge, n_rivals_of, survey_examples

__all__ = ["CountMethod", "count_label_issues", "expected_issues", "issues_to_flag", "off_diagonal"]

_PART_OF_HARD_ROWS = 0.3

CountMethod = Literal["auto", "off_diagonal", "off_diagonal_calibrated", "off_diagonal_custom"]


def count_label_issues(
    labels: Any,
    pred_probs: Any = None,
    *,
    method: CountMethod = "auto",
    confident_joint: npt.ArrayLike | None = None,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> int:
    """Estimate how many labels are wrong.

    Parameters
    ----------
    labels, pred_probs, class_names, normalize, from_logits, n_threads
        As in `find_label_issues`.
    method : {"auto", "off_diagonal", "off_diagonal_calibrated", "off_diagonal_custom"}
        "auto" goes by the transition matrix as far as its pattern is believed, else by the odds of the rows that the
        model disagrees with; by default `find_label_issues` flags these or some more. "off_diagonal" counts rows
        that look like another class than their label and whose label is not the most probable class;
        "off_diagonal_calibrated" takes the share from the calibrated joint; "off_diagonal_custom" from
        ``confident_joint``.

    Raises
    ------
    InputError
        If labels and pred_probs do not fit each other, or the method has no such name.

    Examples
    --------
    >>> count_label_issues([0, 0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.3, 0.7]])
    1
    """
    if method not in get_args(CountMethod):
        raise UnknownName.among("method", str(method), get_args(CountMethod))
    if (method == "off_diagonal_custom") != (confident_joint is not None):
        raise InputError(
            'confident_joint and method="off_diagonal_custom" go together. Give both or neither.'
        )
    if confident_joint is not None:
        return _off_the_diagonal(calibrate_confident_joint(confident_joint, labels, class_names=class_names))
    examples = open_stacked(labels, pred_probs, Opening(class_names, normalize, from_logits, n_threads))
    n_rivals = n_rivals_of(examples.n_classes) if method == "auto" else 0
    surveyed = survey_examples(examples, n_rivals=n_rivals, n_threads=n_threads)
    if method == "auto":
        return expected_issues(surveyed, judge(surveyed))
    if method == "off_diagonal":
        return int(np.count_nonzero(off_diagonal(surveyed)))
    return _off_the_diagonal(surveyed.calibrated().matrix())


def off_diagonal(surveyed: Surveyed) -> BoolArray:
    """Mark rows that look like another class and whose label is not the most probable class, shape (n,)."""
    codes, survey = surveyed.examples.codes, surveyed.survey
    other: BoolArray = (codes >= 0) & (survey.looks_like >= 0) & (survey.looks_like != codes)
    return other & ~agrees(survey.own, survey.best_prob)


def expected_issues(surveyed: Surveyed, right: Float32Array) -> int:
    """Estimate the number of wrong labels.

    Where labels go wrong by a pattern of the classes, those that are more probably wrong than right under the
    transition matrix; where they do not, the labels that the model disagrees with, each as far as its odds say. In
    between, the mean by the belief in the pattern.
    """
    return round(_expected(surveyed, right))


def issues_to_flag(surveyed: Surveyed, right: Float32Array) -> int:
    """Say how many rows to flag: as many as are estimated to be wrong, or more where that costs less than too few.

    Where noise reaches rows that the model is sure of, at least as many as the confident joint has, pair of classes
    by pair of classes, but not more than the model disagrees with. Where it does not, three tenths of the further
    labels that the model disagrees with. The more the pattern of the classes is believed, the closer to the estimate.
    """
    reaches, in_pattern = surveyed.belief
    expected = _expected(surveyed, right)
    against, scaled = surveyed.count_by(surveyed.survey.best), surveyed.transition(1.0).joint
    other = against.given != against.true
    by_joint = float(np.minimum(against.counts, scaled.at(against.given, against.true))[other].sum())
    of_hard_rows = _PART_OF_HARD_ROWS * max(float(against.counts[other].sum()) - expected, 0.0)
    without_pattern = reaches * max(by_joint, expected) + (1 - reaches) * (expected + of_hard_rows)
    return round(in_pattern * expected + (1 - in_pattern) * without_pattern)


def _expected(surveyed: Surveyed, right: Float32Array) -> float:
    codes, survey, in_pattern = surveyed.examples.codes, surveyed.survey, surveyed.belief.in_pattern

    def odds(rows: slice) -> float:
        against = np.flatnonzero((codes[rows] >= 0) & (survey.best[rows] != codes[rows]))
        best = survey.best_prob[rows][against].astype(np.float64)
        own = survey.own[rows][against].astype(np.float64)
        return float((best / (best + np.maximum(own, 1e-6))).sum())

    by_odds = sum(map_ranges(len(codes), odds, n_threads=surveyed.n_threads))
    by_pattern = int(np.count_nonzero(right < 0.5))
    return in_pattern * by_pattern + (1 - in_pattern) * by_odds


def _off_the_diagonal(joint: IntArray) -> int:
    return int(joint.sum() - np.trace(joint))
