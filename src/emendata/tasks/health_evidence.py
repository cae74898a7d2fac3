"""From labels, pred_probs or matrices of counts to what the health of labels is read off."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.kernels.calibration import calibrated
from emendata.kernels.cells import cells_of
from emendata.kernels.noise_model import joint_probabilities
from emendata.records import FloatArray
from emendata.tasks.ensembles import open_stacked
from emendata.tasks.examples import Opening
from emendata.tasks.given_joints import as_square, count_labels
from emendata.tasks.issue_counts import expected_issues
from emendata.tasks.labels import GivenLabels, read_labels
from emendata.tasks.stream import Stream
from emendata.tasks.surveys import Surveyed, judge, n_rivals_of, survey_examples

__all__ = ["Evidence", "read_evidence"]


@dataclass(frozen=True)
class Evidence:
    """Rows that were surveyed or a joint that was given, the number of labelled rows, the names of the classes."""

    source: Surveyed | FloatArray
    n_examples: int
    names: npt.NDArray[Any]

    @cached_property
    def joint(self) -> FloatArray:
        """P(given label, true class), shape (k, k)."""
        if isinstance(self.source, Surveyed):
            return joint_probabilities(self.source.calibrated().matrix())
        return self.source

    @cached_property
    def n_issues(self) -> int:
        """Number of labels that look wrong: row by row if there are rows, which must have been surveyed for it."""
        if isinstance(self.source, Surveyed):
            return expected_issues(self.source, judge(self.source))
        return round(self.n_examples * (1.0 - self.share_right))

    @cached_property
    def share_right(self) -> float:
        """Part of the labels that are right, in [0, 1]."""
        if isinstance(self.source, Surveyed):
            return 1.0 - self.n_issues / self.n_examples
        return float(self.source.trace())


def read_evidence(
    labels: Any,
    pred_probs: Any,
    joint: Any,
    confident_joint: Any,
    n_examples: int | None,
    how: Opening,
    *,
    judges: bool = False,
) -> Evidence:
    """Make one evidence of whatever was given, see `rank_classes_by_label_quality`; ``judges``: for ``n_issues``."""
    has_probs = isinstance(labels, Stream) or pred_probs is not None
    _refuse_several(has_probs, joint, confident_joint)
    if has_probs and labels is not None:
        examples = open_stacked(labels, pred_probs, how)
        n_rivals = n_rivals_of(examples.n_classes) if judges else 0
        surveyed = survey_examples(examples, n_rivals=n_rivals, n_threads=how.n_threads)
        n_labelled = _n_rows(len(examples.codes) - examples.n_unlabelled, None, n_examples)
        return Evidence(surveyed, n_labelled, _strings(examples.class_names))
    if joint is None and confident_joint is None:
        raise InputError(
            "Give labels and pred_probs, or joint and n_examples, or confident_joint; "
            f"{'pred_probs' if labels is not None else 'labels'} is missing."
        )
    if how.normalize or how.from_logits:
        raise InputError(
            "normalize and from_logits say how to read pred_probs. Leave them out, or give pred_probs."
        )
    given = None if labels is None else read_labels(labels, how.class_names)
    made = _given_joint(given, joint, confident_joint)
    labelled = None if given is None else int(np.count_nonzero(given.codes >= 0))
    rows = _n_rows(labelled, confident_joint, n_examples)
    return Evidence(made, rows, _names(given, getattr(how.class_names, "names", how.class_names), len(made)))


def _refuse_several(has_probs: bool, joint: Any, confident_joint: Any) -> None:
    kinds = {
        "pred_probs": has_probs,
        "joint": joint is not None,
        "confident_joint": confident_joint is not None,
    }
    given = [name for name, is_given in kinds.items() if is_given]
    if len(given) > 1:
        raise InputError(
            f"{' and '.join(given)} each say how the labels go wrong. Give one of them, and leave the others out."
        )


def _given_joint(given: GivenLabels | None, joint: Any, confident_joint: Any) -> FloatArray:
    if joint is not None:
        shares = _counted("joint", joint)
        if abs(shares.sum() - 1.0) > 1e-3:
            raise InputError(
                f"joint must sum to one; got {shares.sum():.6g}. Counts of rows are a confident_joint."
            )
        return joint_probabilities(shares)
    counts = _counted("confident_joint", confident_joint)
    return joint_probabilities(
        counts if given is None else calibrated(cells_of(counts), count_labels(given, counts)).matrix()
    )


def _counted(name: str, values: Any) -> FloatArray:
    matrix = as_square(name, values)
    if not matrix.any():
        raise InputError(f"{name} is all 0. Give the counts or shares of at least some rows.")
    return matrix


def _n_rows(labelled: int | None, confident_joint: Any, n_examples: int | None) -> int:
    if n_examples is not None:
        if n_examples < 1:
            raise InputError(f"n_examples must be at least 1; got {n_examples}.")
        if labelled is not None and labelled != n_examples:
            raise InputError(
                f"n_examples is {n_examples:,} but labels has {labelled:,}. Leave n_examples out."
            )
        return int(n_examples)
    if labelled is not None:
        return labelled
    if confident_joint is not None:
        return round(float(np.sum(confident_joint)))
    raise InputError("A joint alone does not say how many rows there are. Give n_examples, or labels.")


def _names(given: GivenLabels | None, class_names: Any, k: int) -> npt.NDArray[Any]:
    """Return the names of the k classes: those given, else those of the labels, else numbers."""
    if class_names is not None and len(class_names) != k:
        raise InputError(f"class_names has {len(class_names)} names but there are {k} classes.")
    of_labels = () if given is None else (given.all_names, given.class_names)
    known = (class_names, *of_labels)
    return _strings(next((names for names in known if names is not None and len(names) == k), range(k)))


def _strings(names: Iterable[Any]) -> npt.NDArray[Any]:
    return np.array([str(name) for name in names], object)
