"""The health of labels class by class: which classes hold the most errors, and which two are mixed up."""

from typing import Any

import numpy as np
import numpy.typing as npt

from emendata.kernels.label_health import class_noise, overlaps
from emendata.tasks.columns import Columns
from emendata.tasks.examples import Opening
from emendata.tasks.health_evidence import Evidence, read_evidence

__all__ = [
    "ClassOverlaps",
    "ClassQualities",
    "find_overlapping_classes",
    "overlaps_of",
    "qualities_of",
    "rank_classes_by_label_quality",
]


class ClassQualities(Columns):
    """One row a class, the worst first; see `rank_classes_by_label_quality`."""


class ClassOverlaps(Columns):
    """One row a pair of classes, the most mixed up first; see `find_overlapping_classes`."""


def rank_classes_by_label_quality(
    labels: Any = None,
    pred_probs: Any = None,
    *,
    joint: npt.ArrayLike | None = None,
    confident_joint: npt.ArrayLike | None = None,
    n_examples: int | None = None,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
) -> ClassQualities:
    """Rank the classes by how many of their labels are right, the worst first.

    Give one of: ``labels`` and ``pred_probs``; ``joint`` with ``n_examples`` or ``labels``;
    ``confident_joint``, which is rescaled to ``labels`` if they are there.

    Parameters
    ----------
    labels : sequence of n values, path, or Stream, optional
        Given labels, as in `find_label_issues`. Rows without one do not count. A stream brings its pred_probs.
    pred_probs : matrix of shape (n, k), path, or several of these, optional
        Out-of-sample class probabilities, as in `find_label_issues`; those of several models are stacked.
    joint : array of shape (k, k), optional
        P(given label, true class), given labels as lines; sums to one.
    confident_joint : array of shape (k, k), optional
        Counts of rows, given labels as lines.
    n_examples : int, optional
        Number of labelled rows. By default that of ``labels``, else the sum of ``confident_joint``.
    class_names : sequence of k values, optional
        Names of the classes in the order of their columns.
    normalize, from_logits, n_threads
        As in `find_label_issues`, for pred_probs.

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
        If what is given is not enough, is more than one of the three, or does not fit together.

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
    how = Opening(class_names, normalize, from_logits, n_threads)
    return qualities_of(read_evidence(labels, pred_probs, joint, confident_joint, n_examples, how))


def find_overlapping_classes(
    labels: Any = None,
    pred_probs: Any = None,
    *,
    joint: npt.ArrayLike | None = None,
    confident_joint: npt.ArrayLike | None = None,
    n_examples: int | None = None,
    class_names: Any = None,
    normalize: bool = False,
    from_logits: bool = False,
    n_threads: int | None = None,
    asymmetric: bool = False,
) -> ClassOverlaps:
    """List the pairs of classes by how many rows of the one have the label of the other.

    Parameters
    ----------
    labels, pred_probs, joint, confident_joint, n_examples, class_names, normalize, from_logits, n_threads
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
        If what is given is not enough, is more than one of the three, or does not fit together.

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
    how = Opening(class_names, normalize, from_logits, n_threads)
    evidence = read_evidence(labels, pred_probs, joint, confident_joint, n_examples, how)
    return overlaps_of(evidence, asymmetric=asymmetric)


def qualities_of(evidence: Evidence) -> ClassQualities:
    """Rank the classes; see `rank_classes_by_label_quality`."""
    made = class_noise(evidence.joint, evidence.n_examples)
    order = np.argsort(-made.label_noise, kind="stable")
    columns = {"class_index": np.arange(len(evidence.names)), "class_name": evidence.names, **made._asdict()}
    columns["label_quality"] = 1.0 - made.label_noise
    return ClassQualities({name: values[order] for name, values in columns.items()})


def overlaps_of(evidence: Evidence, *, asymmetric: bool) -> ClassOverlaps:
    """List the pairs of classes; see `find_overlapping_classes`."""
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
