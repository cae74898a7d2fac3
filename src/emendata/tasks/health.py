"""The health of all labels: which classes hold the most errors, and which two are mixed up."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.errors import InputError
from emendata.kernels.label_health import class_noise, overlaps
from emendata.kernels.noise_model import calibrated, joint_probabilities
from emendata.records import FloatArray
from emendata.tasks.columns import Columns
from emendata.tasks.labels import GivenLabels, read_labels
from emendata.tasks.pred_probs import Mixture, open_pred_probs
from emendata.tasks.stream import Stream

__all__ = [
    "ClassOverlaps",
    "ClassQualities",
    "HealthSummary",
    "LabelHealth",
    "find_overlapping_classes",
    "health_summary",
    "label_health",
    "rank_classes_by_label_quality",
]


class ClassQualities(Columns):
    """One row a class, the worst first; see `rank_classes_by_label_quality`."""


class ClassOverlaps(Columns):
    """One row a pair of classes, the most mixed up first; see `find_overlapping_classes`."""


@dataclass(frozen=True)
class LabelHealth:
    """The part of the labels that are right, in [0, 1], and the counts behind it."""

    score: float
    n_issues: int
    n_examples: int

    def __float__(self) -> float:
        return self.score

    def __str__(self) -> str:
        return f"{self.score:.1%} healthy: {self.n_issues:,} of {self.n_examples:,} labels look wrong"


@dataclass(frozen=True)
class HealthSummary:
    """Everything about the health of the labels; ``joint`` is P(given label, true class), shape (k, k)."""

    health: LabelHealth
    joint: FloatArray
    class_names: tuple[str, ...]
    classes: ClassQualities
    overlaps: ClassOverlaps

    def __str__(self) -> str:
        return f"{self.health}\n\n{self.classes!r}\n\n{self.overlaps!r}"


def rank_classes_by_label_quality(
    labels: Any = None,
    pred_probs: Any = None,
    *,
    joint: npt.ArrayLike | None = None,
    confident_joint: npt.ArrayLike | None = None,
    n_examples: int | None = None,
    class_names: Any = None,
) -> ClassQualities:
    """Rank the classes by how many of their labels are right, the worst first.

    Give one of: ``labels`` and ``pred_probs``; ``joint`` with ``n_examples`` or ``labels``;
    ``confident_joint``, which is rescaled to ``labels`` if they are there.

    Parameters
    ----------
    labels : sequence of n values, optional
        Given labels. Rows without one do not count.
    pred_probs : array of shape (n, k), optional
        Out-of-sample class probabilities.
    joint : array of shape (k, k), optional
        P(given label, true class), given labels as lines; sums to one.
    confident_joint : array of shape (k, k), optional
        Counts of rows, given labels as lines.
    n_examples : int, optional
        Number of labelled rows. By default that of ``labels``, else the sum of ``confident_joint``.
    class_names : sequence of k values, optional
        Names of the classes in the order of their columns.

    Returns
    -------
    ClassQualities
        Columns ``class_index``, ``class_name``; ``label_issues``, how many rows with this label belong to
        another class; ``inverse_label_issues``, how many rows of this class have another label;
        ``label_noise`` and ``inverse_label_noise``, the same as parts of those rows, in [0, 1];
        ``label_quality``, 1 - ``label_noise``. Equal classes stay in their order.

    Raises
    ------
    InputError
        If what is given is not enough, or does not fit together.

    Notes
    -----
    Cost: that of `estimate_joint` if there is no joint yet, else k * k.
    Northcutt, Jiang, Chuang, "Confident learning", JAIR 2021.

    Examples
    --------
    >>> counts = [[8, 2, 0], [0, 9, 1], [0, 0, 5]]
    >>> rank_classes_by_label_quality(confident_joint=counts, class_names=["ant", "bee", "cow"])
    ClassQualities, 3 rows
      class_index class_name label_issues inverse_label_issues label_noise inverse_label_noise label_quality
    0           0 ant                   2                    0      0.2000              0.0000        0.8000
    1           1 bee                   1                    2      0.1000              0.1818        0.9000
    2           2 cow                   0                    1      0.0000              0.1667        1.0000
    """
    return _qualities(_evidence(labels, pred_probs, joint, confident_joint, n_examples, class_names))


def find_overlapping_classes(
    labels: Any = None,
    pred_probs: Any = None,
    *,
    joint: npt.ArrayLike | None = None,
    confident_joint: npt.ArrayLike | None = None,
    n_examples: int | None = None,
    class_names: Any = None,
    asymmetric: bool = False,
) -> ClassOverlaps:
    """List the pairs of classes by how many rows of the one have the label of the other.

    Parameters
    ----------
    labels, pred_probs, joint, confident_joint, n_examples, class_names
        As for `rank_classes_by_label_quality`.
    asymmetric : bool
        Tell the two directions apart: rows with the label ``class_a`` that belong to ``class_b``.

    Returns
    -------
    ClassOverlaps
        Columns ``class_a``, ``class_b`` (numbers of their columns), ``class_name_a``, ``class_name_b``,
        ``n_overlapping`` and ``joint_probability``, that number as a part of all rows. All pairs of
        classes, the largest first; equal ones stay in the order of their classes.

    Raises
    ------
    InputError
        If what is given is not enough, or does not fit together.

    Notes
    -----
    Cost: as for `rank_classes_by_label_quality`, and one sort of the k * (k - 1) / 2 pairs.

    Examples
    --------
    >>> find_overlapping_classes(confident_joint=[[8, 2, 0], [1, 8, 1], [0, 0, 5]])
    ClassOverlaps, 3 rows
      class_a class_b class_name_a class_name_b n_overlapping joint_probability
    0       0       1 0            1                        3            0.1200
    1       1       2 1            2                        1            0.0400
    2       0       2 0            2                        0            0.0000
    """
    evidence = _evidence(labels, pred_probs, joint, confident_joint, n_examples, class_names)
    return _overlaps(evidence, asymmetric=asymmetric)


def label_health(
    labels: Any = None,
    pred_probs: Any = None,
    *,
    joint: npt.ArrayLike | None = None,
    confident_joint: npt.ArrayLike | None = None,
    n_examples: int | None = None,
    class_names: Any = None,
) -> LabelHealth:
    """Say which part of all labels is right, with the number of those that look wrong.

    With ``labels`` and ``pred_probs`` the rows that look wrong are counted one by one, else the number is
    read off the joint.

    Parameters
    ----------
    labels, pred_probs, joint, confident_joint, n_examples, class_names
        As for `rank_classes_by_label_quality`.

    Returns
    -------
    LabelHealth
        ``score`` in [0, 1], ``n_issues``, ``n_examples``. ``float()`` gives the score.

    Raises
    ------
    InputError
        If what is given is not enough, or does not fit together.

    Examples
    --------
    >>> print(label_health(confident_joint=[[8, 2], [1, 9]]))
    85.0% healthy: 3 of 20 labels look wrong
    """
    if _can_be_counted(labels, pred_probs):
        return _counted(labels, pred_probs, n_examples, class_names)
    return _from_joint(_evidence(labels, pred_probs, joint, confident_joint, n_examples, class_names))


def health_summary(
    labels: Any = None,
    pred_probs: Any = None,
    *,
    joint: npt.ArrayLike | None = None,
    confident_joint: npt.ArrayLike | None = None,
    n_examples: int | None = None,
    class_names: Any = None,
    asymmetric: bool = False,
) -> HealthSummary:
    """Return the overall health, the ranked classes and the overlapping classes in one; ``print`` shows them.

    Parameters
    ----------
    labels, pred_probs, joint, confident_joint, n_examples, class_names, asymmetric
        As for `find_overlapping_classes`.

    Returns
    -------
    HealthSummary

    Raises
    ------
    InputError
        If what is given is not enough, or does not fit together.

    Examples
    --------
    >>> made = health_summary(joint=[[0.4, 0.1], [0.05, 0.45]], n_examples=20)
    >>> print(made.health)
    85.0% healthy: 3 of 20 labels look wrong
    >>> made.overlaps.n_overlapping.tolist()
    [3]
    """
    evidence = _evidence(labels, pred_probs, joint, confident_joint, n_examples, class_names)
    counted = _can_be_counted(labels, pred_probs)
    return HealthSummary(
        health=_counted(labels, pred_probs, n_examples, class_names) if counted else _from_joint(evidence),
        joint=evidence.joint,
        class_names=tuple(evidence.names.tolist()),
        classes=_qualities(evidence),
        overlaps=_overlaps(evidence, asymmetric=asymmetric),
    )


@dataclass(frozen=True)
class _Evidence:
    joint: FloatArray
    n_examples: int
    names: npt.NDArray[Any]


def _qualities(evidence: _Evidence) -> ClassQualities:
    made = class_noise(evidence.joint, evidence.n_examples)
    order = np.argsort(-made.label_noise, kind="stable")
    columns = {"class_index": np.arange(len(evidence.names)), "class_name": evidence.names, **made._asdict()}
    columns["label_quality"] = 1.0 - made.label_noise
    return ClassQualities({name: values[order] for name, values in columns.items()})


def _overlaps(evidence: _Evidence, *, asymmetric: bool) -> ClassOverlaps:
    made = overlaps(evidence.joint, evidence.n_examples, asymmetric=asymmetric)
    columns = {
        "class_a": made.class_a,
        "class_b": made.class_b,
        "class_name_a": evidence.names[made.class_a],
        "class_name_b": evidence.names[made.class_b],
        "n_overlapping": made.n_overlapping,
        "joint_probability": made.joint_probability,
    }
    return ClassOverlaps(columns)


def _can_be_counted(labels: Any, pred_probs: Any) -> bool:
    return isinstance(labels, Stream) or (labels is not None and pred_probs is not None)


def _counted(labels: Any, pred_probs: Any, n_examples: int | None, class_names: Any) -> LabelHealth:
    from emendata.tasks.issue_counts import count_label_issues

    rows = _n_examples(_read(labels, pred_probs, class_names), None, n_examples)
    n_issues = int(count_label_issues(labels, pred_probs, class_names=class_names))
    return LabelHealth(1.0 - n_issues / max(rows, 1), n_issues, rows)


def _from_joint(evidence: _Evidence) -> LabelHealth:
    score = float(evidence.joint.trace())
    return LabelHealth(score, round(evidence.n_examples * (1.0 - score)), evidence.n_examples)


# From the arguments to a joint, a number of rows and the names of the classes.


def _evidence(
    labels: Any, pred_probs: Any, joint: Any, confident_joint: Any, n_examples: int | None, class_names: Any
) -> _Evidence:
    given = _read(labels, pred_probs, class_names)
    made = _joint(given, labels, pred_probs, joint, confident_joint, class_names)
    rows = _n_examples(given, confident_joint if joint is None else None, n_examples)
    names = getattr(class_names, "names", class_names)
    return _Evidence(made, rows, _names(given, _column_names(labels, pred_probs), names, len(made)))


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
        shares = _square("joint", joint)
        if abs(shares.sum() - 1.0) > 1e-3:
            raise InputError(
                f"joint must sum to one; got {shares.sum():.6g}. Counts of rows are a confident_joint."
            )
        return joint_probabilities(shares)
    if confident_joint is not None:
        counts = _square("confident_joint", confident_joint)
        return joint_probabilities(
            counts if given is None else calibrated(counts, _label_counts(given, counts))
        )
    if not _can_be_counted(labels, pred_probs):
        raise InputError(
            "Give labels and pred_probs, or joint and n_examples, or confident_joint; "
            f"{'pred_probs' if labels is not None else 'labels'} is missing."
        )
    from emendata.tasks.confident import estimate_joint

    return np.asarray(estimate_joint(labels, pred_probs, class_names=names), np.float64)


def _square(name: str, values: Any) -> FloatArray:
    try:
        matrix = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} cannot be read as an array of numbers: {error}") from error
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise InputError(f"{name} must have one line and one column a class; got shape {matrix.shape}.")
    if not (matrix >= 0).all() or not 0 < matrix.sum() < np.inf:
        raise InputError(f"{name} must hold numbers of at least 0, not all 0, and no NaN or infinity.")
    return matrix


def _label_counts(given: GivenLabels, joint: FloatArray) -> npt.NDArray[np.intp]:
    n_classes = max(len(given.class_names or ()), int(given.codes.max(initial=-1)) + 1)
    if n_classes > len(joint) or (given.class_names is not None and n_classes != len(joint)):
        raise InputError(
            f"labels has {n_classes} classes but confident_joint has {len(joint)} lines. "
            "Say with class_names= which line is which."
        )
    return np.bincount(given.codes[given.codes >= 0], minlength=len(joint))


def _n_examples(given: GivenLabels | None, confident_joint: Any, n_examples: int | None) -> int:
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
