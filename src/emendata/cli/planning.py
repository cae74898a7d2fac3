"""What an audit would do, said before it is done."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emendata.cli.durations import duration_in_words

if TYPE_CHECKING:
    from emendata.audit import Audit

__all__ = ["plan_in_words"]

_SHOWN = 40  # columns


def plan_in_words(audit: "Audit") -> str:
    """Return what a dataset was taken for, which checks would run, and how long it would take, stage by stage."""
    return "\n".join(_lines(audit))


def _lines(audit: "Audit") -> Iterator[str]:
    data, forecast = audit.dataset, audit.forecast()
    yield f"{data.name}: {data.recognized or data.format}, {data.n_rows:,} rows"
    yield ""
    for column in data.columns[:_SHOWN]:
        yield f"  {column.name} as {column.role.value}: {column.reason}"
    if len(data.columns) > _SHOWN:
        yield f"  and {len(data.columns) - _SHOWN:,} more"
    yield ""
    yield f"Checks  {', '.join(check.name for check in audit.plan.checks)}"
    for check, why in audit.plan.not_applicable:
        yield f"        not {check.name}: {why}"
    yield ""
    yield f"Time    {duration_in_words(forecast.seconds)} in {audit.mode.value} mode, if nothing of it is done yet"
    for stage, seconds in forecast.stages.items():
        yield f"        {stage}: {duration_in_words(seconds)}"
