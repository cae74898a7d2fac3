"""From labels, pred_probs or matrices of counts to what the health of labels is read off."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.kernels.calibration import calibrated
from emendata.kernels.cells import cells_of
from emendata.kernels.noise_model import joint_probabilities
from emendata.records import FloatArray
from emendata.tasks.confident import estimate_joint
from emendata.tasks.given_joints import as_square, count_labels
from emendata.tasks.labels import GivenLabels, read_labels
from emendata.tasks.mixture import Mixture
from emendata.tasks.pred_probs import open_pred_probs
from emendata.tasks.stream import Stream

__all__ = ["Evidence", "can_be_counted", "count_rows", "read_evidence"]


@dataclass(frozen=True)
class Evidence:
    """P(given label, true class), shape (k, k), the number of labelled rows, and the names of the classes."""

    joint: FloatArray
    n_examples: int
    names: npt.NDArray[Any]


def read_evidence(
    labels: Any, pred_probs: Any, joint: Any, confident_joint: Any, n_examples: int | None, class_names: Any
) -> Evidence:
    """Make one evidence of whatever was given; see `rank_classes_by_label_quality`."""
    given = _read(labels, pred_probs, class_names)
    made = _joint(given, labels, pred_probs, joint, confident_joint, class_names)
    rows = _n_rows(given, confident_joint if joint is None else None, n_examples)
    names = getattr(class_names, "names", class_names)
    return Evidence(made, rows, _names(given, _column_names(labels, pred_probs), names, len(made)))


def can_be_counted(labels: Any, pred_probs: Any) -> bool:
    """Say whether there are rows to be judged one by one."""
    return isinstance(labels, Stream) or (labels is not None and pred_probs is not None)


def count_rows(labels: Any, pred_probs: Any, n_examples: int | None, class_names: Any) -> int:
    """Count the rows with a label, which must be ``n_examples`` if that is given."""
    return _n_rows(_read(labels, pred_probs, class_names), None, n_examples)


def _read(labels: Any, pred_probs: Any, class_names: Any) -> GivenLabels | None:
    if isinstance(labels, Stream):
        return labels.labels
    names = _column_names(labels, pred_probs) if class_names is None else class_names
    return None if labels is None else read_labels(labels, names)


def _column_names(labels: Any, pred_probs: Any) -> tuple[Any, ...] | None:
    if isinstance(labels, Stream):
        return labels.column_names
    if pred_probs is None:
        return None
    opened = pred_probs if isinstance(pred_probs, Mixture) else open_pred_probs(pred_probs)
    return opened.column_names


def _joint(
    given: GivenLabels | None, labels: Any, pred_probs: Any, joint: Any, confident_joint: Any, names: Any
) -> FloatArray:
    if joint is not None:
        shares = _counted("joint", joint)
        if abs(shares.sum() - 1.0) > 1e-3:
            raise InputError(
                f"joint must sum to one; got {shares.sum():.6g}. Counts of rows are a confident_joint."
            )
        return joint_probabilities(shares)
    if confident_joint is not None:
        counts = _counted("confident_joint", confident_joint)
        return joint_probabilities(
            counts if given is None else calibrated(cells_of(counts), count_labels(given, counts)).matrix()
        )
    if not can_be_counted(labels, pred_probs):
        raise InputError(
            "Give labels and pred_probs, or joint and n_examples, or confident_joint; "
            f"{'pred_probs' if labels is not None else 'labels'} is missing."
        )
    return np.asarray(estimate_joint(labels, pred_probs, class_names=names), np.float64)


def _counted(name: str, values: Any) -> FloatArray:
    matrix = as_square(name, values)
    if not matrix.any():
        raise InputError(f"{name} is all 0. Give the counts or shares of at least some rows.")
    return matrix


def _n_rows(given: GivenLabels | None, confident_joint: Any, n_examples: int | None) -> int:
    labelled = None if given is None else int(np.count_nonzero(given.codes >= 0))
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


def _names(
    given: GivenLabels | None, column_names: tuple[Any, ...] | None, class_names: Any, k: int
) -> npt.NDArray[Any]:
    """Return the names of the k classes as strings: those given, else those of the data, else numbers."""
    if class_names is not None and len(class_names) != k:
        raise InputError(f"class_names has {len(class_names)} names but there are {k} classes.")
    of_labels = () if given is None else (given.all_names, given.class_names)
    known = (class_names, column_names, *of_labels)
    fitting: Any = next((names for names in known if names is not None and len(names) == k), range(k))
    return np.array([str(name) for name in fitting], object)
