"""The health of all labels in one number, and in one summary."""

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from emendata.records import FloatArray
from emendata.tasks.class_tables import ClassOverlaps, ClassQualities, overlaps_of, qualities_of
from emendata.tasks.examples import Opening
from emendata.tasks.health_evidence import Evidence, read_evidence

__all__ = ["HealthSummary", "LabelHealth", "health_summary", "label_health"]


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


def label_health(
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
) -> LabelHealth:
    """Say which part of all labels is right, with the number of those that look wrong.

    With ``labels`` and ``pred_probs`` the rows that look wrong are counted one by one, else the number is
    read off the joint.

    Parameters
    ----------
    labels, pred_probs, joint, confident_joint, n_examples, class_names, normalize, from_logits, n_threads
        As for `rank_classes_by_label_quality`.

    Returns
    -------
    LabelHealth
        ``score`` in [0, 1], ``n_issues``, ``n_examples``. ``float()`` gives the score.

    Raises
    ------
    InputError
        If what is given is not enough, is more than one of the three, or does not fit together.

    Examples
    --------
    >>> print(label_health(confident_joint=[[8, 2], [1, 9]]))
    85.0% healthy: 3 of 20 labels look wrong
    """
    how = Opening(class_names, normalize, from_logits, n_threads)
    return _health_of(read_evidence(labels, pred_probs, joint, confident_joint, n_examples, how, judges=True))


def health_summary(
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
) -> HealthSummary:
    """Return the overall health, the ranked classes and the overlapping classes in one; ``print`` shows them.

    Parameters
    ----------
    labels, pred_probs, joint, confident_joint, n_examples, class_names, asymmetric, normalize, from_logits, n_threads
        As for `find_overlapping_classes`.

    Returns
    -------
    HealthSummary

    Raises
    ------
    InputError
        If what is given is not enough, is more than one of the three, or does not fit together.

    Examples
    --------
    >>> made = health_summary(joint=[[0.4, 0.1], [0.05, 0.45]], n_examples=20)
    >>> print(made.health)
    85.0% healthy: 3 of 20 labels look wrong
    >>> made.overlaps.n_overlapping.tolist()
    [3]
    """
    how = Opening(class_names, normalize, from_logits, n_threads)
    evidence = read_evidence(labels, pred_probs, joint, confident_joint, n_examples, how, judges=True)
    return HealthSummary(
        health=_health_of(evidence),
        joint=evidence.joint,
        class_names=tuple(evidence.names.tolist()),
        classes=qualities_of(evidence),
        overlaps=overlaps_of(evidence, asymmetric=asymmetric),
    )


def _health_of(evidence: Evidence) -> LabelHealth:
    return LabelHealth(evidence.share_right, evidence.n_issues, evidence.n_examples)
