"""The plain values that travel between rooms: frozen dataclasses, no behaviour beyond construction.

A *row* is a 0-based position in the dataset as it was opened. A *score* is a float in [0, 1] where
low means bad, for every check.
"""

from emendata.records.decisions import (
    Correction,
    Decision,
)
from emendata.records.findings import (
    PER_ISSUE,
    Findings,
    Remark,
)
from emendata.records.summary import (
    HARD_TO_PREDICT,
    SCHEMA_VERSION,
    CalibrationSummary,
    Card,
    CheckSummary,
    ClassSummary,
    Column,
    Estimate,
    Flow,
    Histogram,
    ModelSummary,
    NearRow,
    Preview,
    Summary,
)
from emendata.records.words import (
    BoolArray,
    CorrectionKind,
    DecisionKind,
    Float32Array,
    FloatArray,
    Int32Array,
    IntArray,
    Json,
    Metric,
    Mode,
    OnProgress,
    Role,
    Severity,
    Status,
    Stream,
    Task,
    no_progress,
)

__all__ = [
    "HARD_TO_PREDICT",
    "PER_ISSUE",
    "SCHEMA_VERSION",
    "BoolArray",
    "CalibrationSummary",
    "Card",
    "CheckSummary",
    "ClassSummary",
    "Column",
    "Correction",
    "CorrectionKind",
    "Decision",
    "DecisionKind",
    "Estimate",
    "Findings",
    "Float32Array",
    "FloatArray",
    "Flow",
    "Histogram",
    "Int32Array",
    "IntArray",
    "Json",
    "Metric",
    "Mode",
    "ModelSummary",
    "NearRow",
    "OnProgress",
    "Preview",
    "Remark",
    "Role",
    "Severity",
    "Status",
    "Stream",
    "Summary",
    "Task",
    "no_progress",
]
