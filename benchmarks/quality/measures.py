"""Our scores and cuts, and how well one of them finds the errors that are known."""

from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, f1_score

from emendata.tasks.cuts import Cut
from emendata.tasks.label_scores import Score

__all__ = ["CUTS", "SCORES", "average_precision", "f1"]

Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.floating[Any]]

SCORES: tuple[Score, ...] = get_args(Score)
CUTS: tuple[Cut, ...] = get_args(Cut)


def average_precision(errors: Mask, scores: Scores) -> float:
    return float(average_precision_score(errors, -scores))


def f1(errors: Mask, flagged: Mask) -> float:
    return float(f1_score(errors, flagged))
