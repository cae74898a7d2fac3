"""Label errors in multi-class and binary classification, from labels and predicted probabilities.

All that there is, by what it answers: which labels are wrong (`find_label_issues`), how bad each is
(`score_labels`), how many are wrong (`count_label_issues`), how they go wrong (`compute_confident_joint`,
`estimate_noise`), which classes suffer (`rank_classes_by_label_quality`, `find_overlapping_classes`,
`health_summary`). `stream` brings data of any size. For benchmarks, `flip_labels` and its like make noise.
"""

from emendata.tasks.class_tables import find_overlapping_classes, rank_classes_by_label_quality
from emendata.tasks.confident import (
    NoiseEstimate,
    calibrate_confident_joint,
    compute_confident_joint,
    confident_thresholds,
    estimate_joint,
    estimate_noise,
)
from emendata.tasks.ensembles import stack_weights
from emendata.tasks.health import HealthSummary, LabelHealth, health_summary, label_health
from emendata.tasks.issue_counts import count_label_issues
from emendata.tasks.label_flips import flip_labels, flip_labels_by_instance
from emendata.tasks.label_issues import LabelIssues, find_label_issues
from emendata.tasks.label_scores import score_labels
from emendata.tasks.noise_matrices import is_learnable, noise_matrix_from_trace, uniform_noise_matrix
from emendata.tasks.stream import Stream, stream

__all__ = [
    "HealthSummary",
    "LabelHealth",
    "LabelIssues",
    "NoiseEstimate",
    "Stream",
    "calibrate_confident_joint",
    "compute_confident_joint",
    "confident_thresholds",
    "count_label_issues",
    "estimate_joint",
    "estimate_noise",
    "find_label_issues",
    "find_overlapping_classes",
    "flip_labels",
    "flip_labels_by_instance",
    "health_summary",
    "is_learnable",
    "label_health",
    "noise_matrix_from_trace",
    "rank_classes_by_label_quality",
    "score_labels",
    "stack_weights",
    "stream",
    "uniform_noise_matrix",
]
