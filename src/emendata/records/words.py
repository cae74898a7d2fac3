"""The words and types that all records share: roles, tasks, modes, kinds of decision, arrays."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = [
    "KIND_WORDS",
    "BoolArray",
    "CorrectionKind",
    "DecisionKind",
    "Float32Array",
    "FloatArray",
    "Int32Array",
    "IntArray",
    "Json",
    "Metric",
    "Mode",
    "OnProgress",
    "Role",
    "Severity",
    "Status",
    "Stream",
    "Task",
    "no_progress",
]

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
Json = Any  # a value that ``json.dumps`` accepts

OnProgress = Callable[[str, int, int], None]
"""Called as ``on_progress(stage, done, total)``; stages follow one another, ``done`` only grows."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Ignore progress: the default wherever an ``on_progress`` is taken."""


class Role(StrEnum):
    """What a column is for."""

    LABEL = "label"
    TEXT = "text"
    NUMBER = "number"
    CATEGORY = "category"
    DATE = "date"
    IMAGE = "image"
    AUDIO = "audio"
    ID = "id"
    SPLIT = "split"
    GROUP = "group"
    TIME = "time"
    WEIGHT = "weight"
    ANNOTATOR = "annotator"
    PROBABILITY = "probability"
    EMBEDDING = "embedding"
    IGNORE = "ignore"


class Task(StrEnum):
    """What a label asks for."""

    NONE = "none"
    BINARY = "binary"
    MULTICLASS = "multiclass"
    MULTILABEL = "multilabel"
    REGRESSION = "regression"

    @property
    def has_classes(self) -> bool:
        """Whether each row has one class."""
        return self in (Task.BINARY, Task.MULTICLASS)


class Mode(StrEnum):
    """How much time an audit may take."""

    QUICK = "quick"
    BALANCED = "balanced"
    THOROUGH = "thorough"


class Metric(StrEnum):
    """What near means: the straight way between two rows, or the angle between them, whatever their lengths."""

    EUCLIDEAN = "euclidean"
    COSINE = "cosine"


Severity = Literal["issue", "tip"]
Status = Literal["found", "passed", "not_applicable", "failed"]
CorrectionKind = Literal["relabel", "drop_duplicate", "exclude_outlier", "set_cell", "exclude"]
KIND_WORDS: Mapping[CorrectionKind, tuple[str, str]] = {
    "relabel": ("label change", "label changes"),
    "drop_duplicate": ("duplicate removal", "duplicate removals"),
    "exclude_outlier": ("outlier exclusion", "outlier exclusions"),
    "exclude": ("row excluded by hand", "rows excluded by hand"),
    "set_cell": ("cell change", "cell changes"),
}
"""What people call one correction of a kind, and several."""

DecisionKind = Literal[
    "keep",
    "relabel",
    "set_cell",
    "exclude",
    "drop_duplicate",
    "exclude_outlier",
    "both_right",
    "neither_right",
    "needs_review",
    "comment",
]
Stream = Literal["worst", "audit", "disagreement", "repeat", "group", "bulk", "check"]
"""Why a row was asked about: its place in the queue, a sample, models at odds, to ask again, a twin, one of many that
are changed at once, one of the few of these that were looked at."""
