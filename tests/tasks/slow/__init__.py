"""Slow, obvious versions of what the label engine computes, row by row.

Sums and comparisons are done in the type that the probabilities are read in, so that answers are equal and not
only close; the posterior is done in double precision.
"""

from tests.tasks.slow.confident import counted, joint, label_counts, looks_like, off_diagonal, thresholds
from tests.tasks.slow.cuts import (
    auto,
    both,
    confident_learning,
    disagreeing,
    low_normalized_margin,
    low_self_confidence,
    lowest,
    prune_by_class,
    prune_by_noise_rate,
)
from tests.tasks.slow.label_noise import beliefs, expected, posterior, to_flag, transition
from tests.tasks.slow.row_scores import (
    adjusted,
    confidence_weighted_entropy,
    log_margin,
    normalized_margin,
    rivals,
    scores,
)

__all__ = [
    "adjusted",
    "auto",
    "beliefs",
    "both",
    "confidence_weighted_entropy",
    "confident_learning",
    "counted",
    "disagreeing",
    "expected",
    "joint",
    "label_counts",
    "log_margin",
    "looks_like",
    "low_normalized_margin",
    "low_self_confidence",
    "lowest",
    "normalized_margin",
    "off_diagonal",
    "posterior",
    "prune_by_class",
    "prune_by_noise_rate",
    "rivals",
    "scores",
    "thresholds",
    "to_flag",
    "transition",
]
