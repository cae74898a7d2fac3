"""What is known of a job, and the file that it is kept in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from emendata.errors import ProjectError
from emendata.files import write_atomically
from emendata.records import Json

__all__ = ["ENDED", "JobState", "Stage", "Status", "read_state", "write_state"]

Status = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]

ENDED: tuple[Status, ...] = ("done", "failed", "cancelled", "interrupted")
"""What a job does not leave by itself; one that was cancelled or interrupted can be taken up again."""


@dataclass(frozen=True)
class Stage:
    """One stage of a job: ``done`` of ``total`` steps, and the seconds since it began, or that it took."""

    name: str
    done: int
    total: int
    seconds: float


@dataclass(frozen=True)
class JobState:
    """A job: what is to be done, how far it is, and what came of it.

    ``seconds_left`` is None while nobody knows; ``part_done`` runs from 0 to 1. ``found`` says of each check that is
    over how many rows it flags, by its name: these numbers may be looked at before the rest is there. Times are seconds
    since 1970; ``beat`` is when the job last said that it lives, ``process`` the number of its process, 0 before it has
    one.
    """

    number: int
    kind: str
    arguments: Mapping[str, Json]
    status: Status = "queued"
    started: float = 0.0
    beat: float = 0.0
    ended: float | None = None
    stages: tuple[Stage, ...] = ()
    part_done: float = 0.0
    seconds_left: float | None = None
    memory: int = 0
    message: str = ""
    traceback: str = ""
    found: Mapping[str, int] = field(default_factory=dict)
    process: int = 0


def write_state(path: Path, state: JobState) -> None:
    """Write a job's state in the place of the one before."""
    with write_atomically(path) as temporary:
        temporary.write_text(json.dumps(asdict(state), ensure_ascii=False), encoding="utf-8")


def read_state(path: Path) -> JobState:
    """Read a job's state.

    Raises
    ------
    ProjectError
        If the file is damaged.
    """
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stages = tuple(Stage(**stage) for stage in said.pop("stages"))
        return JobState(**said, stages=stages)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ProjectError(f"{path} is damaged. Remove it and start the work again.") from error
