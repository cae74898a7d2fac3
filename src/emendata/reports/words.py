"""The sentences that every report shares; a percentage never stands without its count."""

import math
from collections.abc import Mapping

from emendata.records import CheckSummary, Json, Summary, Task
from emendata.reports.excerpts import one_line

__all__ = [
    "about",
    "counted",
    "decimal",
    "estimator_meaning",
    "fact",
    "how_to_read",
    "outcome",
    "percent",
    "share",
]

_ESTIMATORS = {
    "models disagree": "labels for which the models, not having seen the row, prefer another class",
    "confident joint": "labels that confident learning counts as belonging to another class",
    "expected": "labels more probably wrong than right where classes are mixed up in a pattern, else those that the "
    "models contradict, each as far as its odds say",
    "reviewed sample": "as many as people found in a fair sample, with strata taken into account",
    "noise-matrix posterior": "the sum, over all labels, of the probability that each is wrong",
}

how_to_read = (
    "Every score runs from 0 to 1 and low means bad; rows are numbered from 0, in the order of the file.",
    "Every probability comes from models that had not seen the row they speak about, so a suggestion is "
    "evidence to look at, not a verdict.",
    "The number of wrong labels stays a range until rows are reviewed: different estimators count "
    "differently, and only looking settles it.",
)


def counted(n: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "row"), counted(7528, "row"), counted(20, "class", "classes")
    ('1 row', '7,528 rows', '20 classes')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def decimal(value: float | None) -> str:
    """Return two decimals, or a dash where there is no number.

    Examples
    --------
    >>> decimal(0.946), decimal(float("nan"))
    ('0.95', '–')
    """
    return "–" if value is None or not math.isfinite(value) else f"{value:.2f}"


def percent(part: int, whole: int) -> str:
    """Return the digits of a percentage, never a rounded 0 or 100 that is not one.

    Examples
    --------
    >>> percent(312, 7528), percent(1, 50000), percent(0, 9), percent(9999, 10000)
    ('4.1', '<0.1', '0', '>99.9')
    """
    if part in (0, whole):
        return "100" if part else "0"
    digits = f"{100 * part / whole:.1f}"
    return {"0.0": "<0.1", "100.0": ">99.9"}.get(digits, digits)


def share(part: int, whole: int, noun: str = "") -> str:
    """Return a count, what it is out of, and the percentage.

    Examples
    --------
    >>> share(405, 7528, "rows")
    '405 of 7,528 rows (5.4 %)'
    """
    count = f"{part:,} of {whole:,}{' ' if noun else ''}{noun}"
    return f"{count} ({percent(part, whole)} %)" if whole else count


_TASKS = {Task.REGRESSION: " of amounts", Task.MULTILABEL: " of several classes a row"}


def about(summary: Summary) -> str:
    """Return what was looked at: size, what it was taken for, and label."""
    kind = summary.recognized or summary.format
    parts = [counted(summary.n_rows, "row"), counted(len(summary.columns), "column"), kind]
    if summary.label is None:
        return " · ".join([*parts, "no label column"])
    classes = f" with {counted(len(summary.classes), 'class', 'classes')}" if summary.classes else ""
    classes += _TASKS.get(summary.task, "")
    unlabeled = summary.n_rows - summary.n_labeled
    missing = f", {counted(unlabeled, 'row')} without one" if unlabeled else ""
    return " · ".join([*parts, f"label ‘{summary.label}’{classes}{missing}"])


def outcome(check: CheckSummary, n_rows: int) -> str:
    """Return what became of a check, with its count or its reason."""
    if check.status == "found":
        rows = (
            f"{share(check.n_flagged, n_rows, 'rows')} flagged"
            if check.n_flagged or not check.remarks
            else ""
        )
        return "; ".join(filter(None, [rows, " ".join(remark.reason for remark in check.remarks)]))
    if check.status == "passed":
        return "passed, nothing found"
    verdict = "FAILED" if check.status == "failed" else "not applicable"
    return f"{verdict}: {check.message}" if check.message else verdict


def estimator_meaning(name: str) -> str | None:
    """Return in plain words what an estimator counts, or None for one that we do not know."""
    return _ESTIMATORS.get(name)


def fact(value: Json, *, most: int = 12) -> str:
    """Return a fact of a check in words, however it is nested.

    Examples
    --------
    >>> fact({"age": 1204, "city": 3}), fact(0.33121), fact([])
    ('age 1,204 · city 3', '0.3312', 'none')
    """
    if isinstance(value, Mapping):
        value = [f"{one_line(str(key), 60)} {fact(inner)}" for key, inner in value.items()]
    if isinstance(value, list | tuple):
        more = [f"{len(value) - most:,} more"] if len(value) > most else []
        return " · ".join([*(fact(inner) for inner in value[:most]), *more]) or "none"
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if math.isfinite(value) else "–"
    return f"{value:,}" if isinstance(value, int) else one_line(str(value), 400)
