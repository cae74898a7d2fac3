"""Which checks can run on a dataset, and why the others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass

from emendata.checks import Check
from emendata.data import Dataset
from emendata.features import feature_columns
from emendata.records import Task

__all__ = ["Plan", "plan_audit"]

_NO_CLASSES = {
    Task.REGRESSION: "'{}' holds amounts, in which errors are not looked for yet. "
    "With the task multiclass each amount is a class.",
    Task.MULTILABEL: "'{}' holds several labels a row, in which errors are not looked for yet. "
    "With the task multiclass each combination is a class.",
}
_NEED_LABEL = {"labels", "predictions"}
_NEED_FEATURES = {"features", "neighbors", "content", "predictions", "missing"}


@dataclass(frozen=True)
class Plan:
    """The checks to run, and those that do not apply, each with the reason."""

    checks: tuple[Check, ...]
    not_applicable: tuple[tuple[Check, str], ...]


def plan_audit(dataset: Dataset, checks: Iterable[Check]) -> Plan:
    """Divide ``checks`` into those that have what they need and those that have not."""
    runnable, excluded = [], []
    for check in checks:
        why = _obstacle(dataset, set(check.needs))
        if why is None:
            runnable.append(check)
        else:
            excluded.append((check, why))
    return Plan(tuple(runnable), tuple(excluded))


def _obstacle(dataset: Dataset, needs: set[str]) -> str | None:
    if needs & _NEED_LABEL and dataset.label is None:
        return "No label column was named."
    if needs & _NEED_LABEL and not dataset.task.has_classes:
        return _NO_CLASSES[dataset.task].format(dataset.label)
    if needs & _NEED_FEATURES and not feature_columns(dataset):
        return "No column says anything about a row: all are labels, ids, splits or ignored."
    if "unreadable" in needs and not dataset.media:
        return "There is no column of images or sounds."
    if "neighbors" in needs and dataset.n_rows < 3:
        return f"{dataset.n_rows} rows are too few to compare."
    return None
