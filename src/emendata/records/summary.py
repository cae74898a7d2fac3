"""What a person is told about an audited dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emendata.records.findings import Remark
from emendata.records.words import Json, Role, Severity, Status, Task

__all__ = [
    "HARD_TO_PREDICT",
    "SCHEMA_VERSION",
    "CalibrationSummary",
    "Card",
    "CheckSummary",
    "ClassSummary",
    "Column",
    "Estimate",
    "Flow",
    "Histogram",
    "ModelSummary",
    "NearRow",
    "Preview",
    "Summary",
]

SCHEMA_VERSION = 1
"""Raised when a key of `Summary` or of what it holds is renamed, removed or means something else."""

HARD_TO_PREDICT = 0.85
"""Part of the labels below which models that are right so rarely may overcount wrong labels by far."""


@dataclass(frozen=True)
class Column:
    """A column of a dataset and what it was taken for."""

    name: str
    role: Role
    reason: str
    n_missing: int
    n_distinct: int


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
