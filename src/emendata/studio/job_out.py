"""What the browser is told of a job."""

from __future__ import annotations

from pydantic import BaseModel

from emendata.checks import CHECKS
from emendata.jobs import JobState
from emendata.jobs.state import Status
from emendata.records import Mode, Role, Task

__all__ = ["JobOut", "job_out"]


class StageOut(BaseModel):
    """A stage of a job."""

    name: str
    done: int
    total: int
    seconds: float


class FoundOut(BaseModel):
    """How many rows a check flags that is over while others still run."""

    name: str
    title: str
    n: int


class JobOut(BaseModel):
    """A job: what was asked, and how far it is; times in seconds.

    ``seconds_left_low`` to ``high`` narrows as it goes on.
    """

    number: int
    kind: str
    status: Status
    source: str | None
    label: str | None
    roles: dict[str, Role]
    task: Task | None
    table: str | None
    mode: Mode | None
    stages: list[StageOut]
    seconds: float
    part_done: float
    seconds_left_low: float | None
    seconds_left_high: float | None
    memory: int
    message: str
    traceback: str
    found: list[FoundOut]


def job_out(job: JobState) -> JobOut:
    """Return a job as the browser is told of it."""
    asked, left, doubt = job.arguments, job.seconds_left, 1 - job.part_done
    seconds = (job.ended or job.beat) - job.started
    return JobOut(
        number=job.number,
        kind=job.kind,
        status=job.status,
        source=asked.get("source"),
        label=asked.get("label"),
        roles=asked.get("roles") or {},
        task=asked.get("task"),
        table=asked.get("table"),
        mode=asked.get("mode"),
        stages=[StageOut(name=s.name, done=s.done, total=s.total, seconds=s.seconds) for s in job.stages],
        seconds=round(max(seconds, 0.0), 1),
        part_done=job.part_done,
        seconds_left_low=None if left is None else round(left * (1 - 0.4 * doubt), 1),
        seconds_left_high=None if left is None else round(left * (1 + 0.8 * doubt), 1),
        memory=job.memory,
        message=job.message,
        traceback=job.traceback,
        found=[
            FoundOut(name=name, title=CHECKS[name].title.rstrip("."), n=n) for name, n in job.found.items()
        ],
    )
