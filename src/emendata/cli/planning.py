"""What an audit would do, said before it is done."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from emendata.cli.durations import duration_in_words

if TYPE_CHECKING:
    from emendata.audit import Audit

__all__ = ["plan_in_words"]

_SHOWN = 40  # columns


def plan_in_words(audit: "Audit", project: Path | bool) -> str:
    """Return what a dataset was taken for, which checks would run, and how long it would take, stage by stage.

    What lies in the project folder of an earlier audit is said to be done.
    """
    return "\n".join(_lines(audit, project))


def _lines(audit: "Audit", project: Path | bool) -> Iterator[str]:
    data, forecast = audit.dataset, audit.forecast(project)
    yield f"{data.name}: {data.recognized or data.format}, {data.n_rows:,} rows"
    yield ""
    for column in data.columns[:_SHOWN]:
        yield f"  {column.name} as {column.role.value}: {column.reason}"
    if len(data.columns) > _SHOWN:
        yield f"  and {len(data.columns) - _SHOWN:,} more"
    yield ""
    yield f"Checks  {', '.join(check.name for check in audit.plan.checks)}"
    reasons: dict[str, list[str]] = {}
    for check, why in audit.plan.not_applicable:
        reasons.setdefault(why, []).append(check.name)
    for why, names in reasons.items():
        yield f"        not {', '.join(names)}: {why}"
    yield ""
    yield f"Time    {duration_in_words(forecast.seconds)} in {audit.mode.value} mode"
    for stage, seconds in forecast.stages.items():
        yield f"        {stage}: {duration_in_words(seconds)}"
    for stage in forecast.done:
        yield f"        {stage}: done by an earlier audit"
