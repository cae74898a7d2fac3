"""The plain values that travel between rooms: frozen dataclasses, no behaviour beyond construction.

A *row* is a 0-based position in the dataset as it was opened. A *score* is a float in [0, 1] where
low means bad, for every check.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = [
    "HARD_TO_PREDICT",
    "PER_ISSUE",
    "SCHEMA_VERSION",
    "BoolArray",
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

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
Json = Any  # a value that ``json.dumps`` accepts

PER_ISSUE = (
    "reasons",
    "columns",
    "suggestions",
    "probabilities",
    "related",
    "issue_scores",
    "alternatives",
)
"""The fields of `Findings` that are parallel to its rows."""

SCHEMA_VERSION = 1
"""Raised when a key of `Summary` or of what it holds is renamed, removed or means something else."""

HARD_TO_PREDICT = 0.85
"""Part of the labels below which models that are right so rarely may overcount wrong labels by far."""

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
Stream = Literal["worst", "audit", "disagreement", "repeat", "group", "bulk"]
"""Why a row was asked about: its place in the queue, a sample, models at odds, to ask again, a twin, one of many."""


@dataclass(frozen=True)
class Column:
    """A column of a dataset and what it was taken for."""

    name: str
    role: Role
    reason: str
    n_missing: int
    n_distinct: int


@dataclass(frozen=True)
class Remark:
    """Something to be said of a whole column, or of the dataset where ``column`` is None; a low score is bad."""

    column: str | None
    score: float
    reason: str


@dataclass(frozen=True)
class Findings:
    """What one check found: a score for every row and the details of the flagged ones.

    ``rows`` is ascending; what `PER_ISSUE` names is parallel to it. A row may stand there more than once, with another
    column each time; its score is then that of its worst issue. ``columns`` names the column that an issue is about,
    None for the whole row. ``alternatives`` are further values beside the suggestion, the best first. ``related`` lists
    other rows that belong to the finding, such as the twins of a duplicate. ``remarks`` are about no single row.
    """

    scores: Float32Array
    rows: IntArray
    reasons: tuple[str, ...]
    columns: tuple[str | None, ...]
    suggestions: tuple[str | None, ...]
    probabilities: Float32Array
    related: tuple[tuple[int, ...], ...]
    issue_scores: Float32Array
    alternatives: tuple[tuple[str, ...], ...]
    facts: Mapping[str, Json] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def of(
        cls,
        scores: npt.ArrayLike,
        rows: npt.ArrayLike,
        reasons: list[str],
        *,
        column: str | None = None,
        columns: Sequence[str | None] | None = None,
        suggestions: Sequence[str | None] | None = None,
        probabilities: npt.ArrayLike | None = None,
        related: Sequence[tuple[int, ...]] | None = None,
        issue_scores: npt.ArrayLike | None = None,
        alternatives: Sequence[tuple[str, ...]] | None = None,
        facts: Mapping[str, Json] | None = None,
        remarks: Sequence[Remark] | None = None,
    ) -> "Findings":
        """Fill in what a check left out: ``column`` stands for all issues, an issue's score is that of its row."""
        flagged = np.asarray(rows, dtype=np.int64)
        of_rows = np.asarray(scores, dtype=np.float32)
        n = len(flagged)
        return cls(
            scores=of_rows,
            rows=flagged,
            reasons=tuple(reasons),
            columns=tuple(columns) if columns is not None else (column,) * n,
            suggestions=tuple(suggestions) if suggestions is not None else (None,) * n,
            probabilities=np.full(n, np.nan, np.float32)
            if probabilities is None
            else np.asarray(probabilities, dtype=np.float32),
            related=tuple(related) if related is not None else ((),) * n,
            issue_scores=of_rows[flagged]
            if issue_scores is None
            else np.asarray(issue_scores, dtype=np.float32),
            alternatives=tuple(alternatives) if alternatives is not None else ((),) * n,
            facts=facts or {},
            remarks=tuple(remarks or ()),
        )


@dataclass(frozen=True)
class Estimate:
    """How many labels are wrong: the range that the estimators span, or an interval once ``n_reviewed`` were seen."""

    low: int
    high: int
    n_labeled: int
    by_estimator: Mapping[str, int]
    n_reviewed: int = 0


@dataclass(frozen=True)
class ClassSummary:
    """One class of the label column; ``mean_score`` is None where labels were not judged."""

    name: str
    n_rows: int
    n_flagged: int
    mean_score: float | None
    most_suggested: str | None


@dataclass(frozen=True)
class Flow:
    """How many flagged rows go from one given label to one suggested label."""

    given: str
    suggested: str
    n_rows: int


@dataclass(frozen=True)
class Histogram:
    """Counts of scores in equal bins over [0, 1]: all rows, and the flagged ones among them."""

    counts: tuple[int, ...]
    flagged: tuple[int, ...]


@dataclass(frozen=True)
class NearRow:
    """A row that lies close to a flagged one."""

    row: int
    label: str | None
    distance: float
    excerpt: str


@dataclass(frozen=True)
class Card:
    """One flagged row, ready to be shown."""

    row: int
    id: str
    column: str | None
    score: float
    given: str | None
    suggested: str | None
    probability: float | None
    reason: str
    cells: tuple[tuple[str, str], ...]
    nearest: tuple[NearRow, ...]
    related: tuple[int, ...]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """An image or a sound of one row, small enough to be looked at or listened to beside others.

    ``uri`` holds it whole, as a ``data:`` address.
    """

    column: str
    role: Role
    uri: str


@dataclass(frozen=True)
class CheckSummary:
    """What became of one check. ``message`` says why when it did not run or failed.

    ``n_flagged`` rows have ``n_issues``: more than one where several of a row's columns are wrong.
    """

    code: str
    name: str
    title: str
    severity: Severity
    status: Status
    n_flagged: int
    message: str
    facts: Mapping[str, Json]
    histogram: Histogram | None
    cards: tuple[Card, ...]
    traceback: str | None = None
    remarks: tuple[Remark, ...] = ()
    n_issues: int = 0


@dataclass(frozen=True)
class ModelSummary:
    """One model family: its out-of-sample agreement with the given labels and its share of the stack."""

    name: str
    title: str
    accuracy: float
    log_loss: float
    weight: float


@dataclass(frozen=True)
class CalibrationSummary:
    """How probabilities were made those of the true class: a temperature, and how many labels it takes for wrong."""

    temperature: float
    n_wrong: int
    n_labeled: int


@dataclass(frozen=True)
class Summary:
    """Everything a person is told about an audited dataset; serialised as it stands by ``--json``, but for previews.

    ``n_flagged`` rows have at least one error, tips aside. ``recognized`` says what the dataset was taken for, where
    its name does not say it, and ``task`` what its label asks for; ``left_out`` says by title why a model family was
    not used; ``previews`` shows, by row, what a card is about or mentions.
    """

    schema_version: int
    emendata_version: str
    name: str
    format: str
    n_rows: int
    label: str | None
    n_labeled: int
    columns: tuple[Column, ...]
    estimate: Estimate | None
    classes: tuple[ClassSummary, ...]
    flows: tuple[Flow, ...]
    models: tuple[ModelSummary, ...]
    stack_accuracy: float | None
    checks: tuple[CheckSummary, ...]
    notes: tuple[str, ...]
    recognized: str = ""
    task: Task = Task.NONE
    left_out: Mapping[str, str] = field(default_factory=dict)
    previews: Mapping[int, tuple[Preview, ...]] = field(default_factory=dict)
    calibration: CalibrationSummary | None = None
    n_flagged: int = 0


@dataclass(frozen=True)
class Correction:
    """One proposed change to a dataset: a line of a patch file.

    ``column`` is None when the whole row goes; ``old`` and ``new`` are the cell's values, None for a
    missing cell. ``raw`` is the exact source text of what is replaced, where the file format has one and
    the value alone would not give it back.
    """

    kind: CorrectionKind
    row: int
    id: str
    column: str | None
    old: Json
    new: Json
    reason: str
    evidence: Mapping[str, Json]
    score: float
    raw: str | None = None


@dataclass(frozen=True)
class Decision:
    """One event of the append-only decision log: somebody decided, took an event back, or wrote a corrected copy.

    ``row_id`` names the row, wherever it stands today; ``row`` is where it stood then. ``column`` is None where the
    whole row is meant. ``origin`` says from where it came, such as ``"terminal"``; ``stream`` why the row was asked
    about; ``undoes`` names the event that is taken back.
    """

    event_id: str
    at: str
    by: str
    action: Literal["decided", "undone", "applied", "reverted"]
    kind: DecisionKind
    row: int
    row_id: str
    column: str | None
    old: Json
    new: Json
    reason: str
    origin: str = "command line"
    stream: Stream | None = None
    undoes: str | None = None
