"""Which checks can run on a dataset, and why the others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass

from emendata.checks import Check
from emendata.data import Dataset
from emendata.features import feature_columns
from emendata.pipeline.cells import cell_columns
from emendata.pipeline.own import Own
from emendata.pipeline.prepare_columns import NEEDED_ROLES
from emendata.records import Task

__all__ = ["Plan", "plan_audit"]

_NO_CLASSES = {
    Task.REGRESSION: "'{}' holds amounts, in which errors are not looked for yet. "
    "With the task multiclass each amount is a class.",
    Task.MULTILABEL: "'{}' holds several labels a row, in which errors are not looked for yet. "
    "With the task multiclass each combination is a class.",
}
_FEWEST_ROWS = 3
_TOO_FEW = "{} rows are too few to compare."
_NEED_CELLS = {"cells", "cell_predictions"}
_NEED_LABEL = {"labels", "predictions"}
_OF_FEATURES = {"features", "neighbors", "predictions"}
_NEED_COLUMNS = {*_OF_FEATURES, "content", "missing"}


@dataclass(frozen=True)
class Plan:
    """The checks to run, and those that do not apply, each with the reason."""

    checks: tuple[Check, ...]
    not_applicable: tuple[tuple[Check, str], ...]


def plan_audit(dataset: Dataset, checks: Iterable[Check], own: Own | None = None) -> Plan:
    """Divide ``checks`` into those that have what they need and those that have not.

    Own features and predictions do without columns that say anything about a row.
    """
    runnable, excluded = [], []
    for check in checks:
        why = _obstacle(dataset, set(check.needs), own or Own())
        if why is None:
            runnable.append(check)
        else:
            excluded.append((check, why))
    return Plan(tuple(runnable), tuple(excluded))


def _obstacle(dataset: Dataset, needs: set[str], own: Own) -> str | None:
    """Return in a sentence why inputs cannot be had, or None."""
    return (
        _without_label(dataset, needs)
        or _without_role(dataset, needs)
        or _without_cells(dataset, needs)
        or _without_rows(dataset, needs, own)
    )


def _without_label(dataset: Dataset, needs: set[str]) -> str | None:
    if not needs & _NEED_LABEL:
        return None
    if dataset.label is None:
        return "No label column was named."
    return None if dataset.task.has_classes else _NO_CLASSES[dataset.task].format(dataset.label)


def _without_role(dataset: Dataset, needs: set[str]) -> str | None:
    missing = (why for need, (role, why) in NEEDED_ROLES.items() if need in needs and not dataset.names(role))
    return next(missing, None)


def _without_cells(dataset: Dataset, needs: set[str]) -> str | None:
    if not needs & _NEED_CELLS:
        return None
    if not cell_columns(dataset):
        return "There is no column of numbers, words, dates or short texts beside the label."
    return _TOO_FEW.format(dataset.n_rows) if dataset.n_rows < _FEWEST_ROWS else None


def _without_rows(dataset: Dataset, needs: set[str], own: Own) -> str | None:
    if own.pred_probs:
        needs = needs - {"predictions"}
    if needs & {"neighbors", "predictions"} and dataset.n_rows < _FEWEST_ROWS:
        return _TOO_FEW.format(dataset.n_rows)
    if own.features is not None:
        needs = needs - _OF_FEATURES
    if needs & _NEED_COLUMNS and not feature_columns(dataset):
        return "No column says anything about a row: all are labels, ids, splits or ignored."
    if "unreadable" in needs and not dataset.media:
        return "There is no column of images or sounds."
    if "unreadable" in needs and own.features is not None:
        return "Features of your own were given, so no image or sound was read."
    return None
