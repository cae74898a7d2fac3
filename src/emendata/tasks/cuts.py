"""Where to cut: which rows to flag, once scored and surveyed."""

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError, UnknownName
from emendata.kernels.calibration import prune_counts, with_line_totals
from emendata.kernels.cells import Cells, cells_of
from emendata.kernels.confident import agrees
from emendata.kernels.selection import lowest
from emendata.records import BoolArray, FloatArray
from emendata.tasks.given_joints import as_square
from emendata.tasks.issue_counts import issues_to_flag, off_diagonal
from emendata.tasks.pruning import by_class, by_noise_rate
from emendata.tasks.surveys import Surveyed

__all__ = ["Cut", "CutOptions", "flag"]

Cut = Literal[
    "auto",
    "prune_by_noise_rate",
    "prune_by_class",
    "both",
    "confident_learning",
    "predicted_neq_given",
    "low_self_confidence",
    "low_normalized_margin",
]

_PRUNING = ("prune_by_noise_rate", "prune_by_class", "both")

Values = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class CutOptions:
    """Where to cut. All but ``cut`` and ``n_issues`` belong to the cuts that prune; see `find_label_issues`."""

    cut: Cut = "auto"
    n_issues: int | None = None
    frac_noise: float = 1.0
    num_to_remove_per_class: npt.ArrayLike | None = None
    min_examples_per_class: int = 1
    confident_joint: npt.ArrayLike | None = None

    def check(self) -> None:
        """Refuse options that are out of range or do not go together.

        Raises
        ------
        InputError
        """
        if self.cut not in get_args(Cut):
            raise UnknownName.among("cut", str(self.cut), get_args(Cut))
        if not _is_part(self.frac_noise):
            raise InputError(f"frac_noise must be from 0 to 1; got {self.frac_noise!r}.")
        if not _is_whole(self.min_examples_per_class) or self.min_examples_per_class < 0:
            raise InputError(
                f"min_examples_per_class must be a whole number of at least 0; got {self.min_examples_per_class!r}."
            )
        if self.n_issues is not None and not _is_whole(self.n_issues):
            raise InputError(f"n_issues must be a whole number; got {self.n_issues!r}.")
        if self.n_issues is not None and (self.n_issues < 0 or self.cut != "auto"):
            raise InputError(
                f"n_issues={self.n_issues} flags that many rows of lowest score, in the place of a cut. Give a number "
                "from 0 up and leave cut out."
            )
        if self.cut not in _PRUNING:
            self._refuse_pruning()

    def _refuse_pruning(self) -> None:
        given = {
            "frac_noise": self.frac_noise != 1.0,
            "num_to_remove_per_class": self.num_to_remove_per_class is not None,
            "min_examples_per_class": self.min_examples_per_class != 1,
            "confident_joint": self.confident_joint is not None,
        }
        for name in (name for name, is_given in given.items() if is_given):
            raise InputError(
                f"{name} works with cut={', '.join(map(repr, _PRUNING))}, not with {self.cut!r}."
            )


def _is_part(value: object) -> bool:
    return isinstance(value, Real) and 0 <= float(value) <= 1


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral)


def flag(surveyed: Surveyed, scores: Values, options: CutOptions, right: Values | None) -> BoolArray:
    """Mark the rows to flag, shape (n,); rows without a label never are.

    Parameters
    ----------
    surveyed : Surveyed
        With at least one rival for "low_normalized_margin".
    scores : float array of shape (n,)
        Low means bad.
    options : CutOptions
        Checked.
    right : float array of shape (n,) or None
        From `judge`; needed for "auto".
    """
    labelled = surveyed.examples.codes >= 0
    if options.n_issues is not None:
        if options.n_issues > (n_labelled := int(np.count_nonzero(labelled))):
            raise InputError(
                f"n_issues is {options.n_issues:,} but only {n_labelled:,} rows have a label. Give at most as many."
            )
        return lowest(scores, options.n_issues, labelled)
    if options.cut == "auto":
        assert right is not None
        doubted = labelled & ((surveyed.survey.best != surveyed.examples.codes) | (right < 0.5))
        return lowest(scores, issues_to_flag(surveyed, right), doubted)
    if options.cut in _PRUNING:
        return labelled & _pruned(surveyed, options)
    return labelled & _CUTS[options.cut](surveyed)


def _pruned(surveyed: Surveyed, options: CutOptions) -> BoolArray:
    counts = _counts_to_prune(surveyed, options)
    n_wrong = np.maximum(surveyed.label_counts - counts.diagonal(), 0)
    small = surveyed.label_counts <= options.min_examples_per_class
    n_wrong[small] = 0
    wanted = (counts.given != counts.true) & (counts.counts != 0) & ~small[counts.given]
    open_rows = ~agrees(surveyed.survey.own, surveyed.survey.best_prob) & (surveyed.examples.codes >= 0)
    flagged = open_rows
    if options.cut != "prune_by_noise_rate":
        flagged = by_class(surveyed, n_wrong, open_rows)
    if options.cut != "prune_by_class":
        flagged = flagged & by_noise_rate(surveyed, counts.cells[wanted], counts.counts[wanted], open_rows)
    return flagged


def _counts_to_prune(surveyed: Surveyed, options: CutOptions) -> Cells:
    """Rows to flag by [given label, other class], with those to keep on the diagonal."""
    k = surveyed.examples.n_classes
    joint = (
        surveyed.joint
        if options.confident_joint is None
        else cells_of(as_square("confident_joint", options.confident_joint))
    )
    if joint.n_classes != k:
        raise InputError(
            f"confident_joint has {joint.n_classes} classes but pred_probs has {k} columns. "
            "Give one line and one column per class."
        )
    counts = prune_counts(surveyed.calibrated(joint), options.min_examples_per_class, options.frac_noise)
    if options.num_to_remove_per_class is None:
        return counts
    wanted = _numbers(options.num_to_remove_per_class)
    if wanted is None or wanted.shape != (k,) or not (np.isfinite(wanted) & (wanted >= 0)).all():
        raise InputError(
            f"num_to_remove_per_class must be {k} numbers from 0 up, one per class; "
            f"got {options.num_to_remove_per_class!r:.80}."
        )
    return with_line_totals(counts, wanted, surveyed.label_counts)


def _numbers(values: npt.ArrayLike) -> FloatArray | None:
    try:
        return np.asarray(values, np.float64)
    except (TypeError, ValueError):
        return None


def _confident_learning(surveyed: Surveyed) -> BoolArray:
    return off_diagonal(surveyed)


def _predicted_neq_given(surveyed: Surveyed) -> BoolArray:
    return ~agrees(surveyed.survey.own, surveyed.survey.best_prob)


def _low_self_confidence(surveyed: Surveyed) -> BoolArray:
    return _lowest(surveyed, surveyed.survey.own)


def _low_normalized_margin(surveyed: Surveyed) -> BoolArray:
    return _lowest(surveyed, surveyed.survey.own - surveyed.survey.strongest_rival)


def _lowest(surveyed: Surveyed, scores: Values) -> BoolArray:
    labelled = surveyed.examples.codes >= 0 if surveyed.examples.n_unlabelled else None
    return lowest(scores, int(np.count_nonzero(off_diagonal(surveyed))), labelled)


_CUTS: dict[str, Callable[[Surveyed], BoolArray]] = {
    "confident_learning": _confident_learning,
    "predicted_neq_given": _predicted_neq_given,
    "low_self_confidence": _low_self_confidence,
    "low_normalized_margin": _low_normalized_margin,
}
