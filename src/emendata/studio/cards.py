"""What the list of projects says of each, without opening it."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel

from emendata.audit.last_run import read_last_run
from emendata.corrections import DecisionLog
from emendata.errors import EmendataError
from emendata.jobs import ENDED, Board, JobState
from emendata.store import Project
from emendata.studio.workspace import Recent, project_name

__all__ = ["ProjectCard", "card_of"]

CardStatus = Literal["working", "ready", "stopped", "failed", "gone"]


class ProjectCard(BaseModel):
    """A project in the list. ``status`` says what can be done with it; ``message`` why, where nothing can.

    ``part_done`` runs from 0 to 1 while an audit works on it. Counts of rows are None until an audit is done.
    """

    id: str
    name: str
    folder: str
    source: str | None
    opened: float
    status: CardStatus
    message: str
    part_done: float | None = None
    n_rows: int | None = None
    n_flagged: int | None = None
    n_decided: int | None = None


def card_of(recent: Recent) -> ProjectCard:
    """Return what the list says of a project."""
    card = ProjectCard(
        id=recent.id,
        name=project_name(recent.folder),
        folder=str(recent.folder),
        source=None,
        opened=recent.opened,
        status="ready",
        message="",
    )
    try:
        return card.model_copy(update=_said(recent))
    except (EmendataError, OSError) as error:
        return card.model_copy(update={"status": "failed", "message": str(error)})


def _said(recent: Recent) -> dict[str, Any]:
    job = Board(recent.folder).last()
    if job is not None and job.status not in ENDED:
        return {"status": "working", "source": job.arguments.get("source"), "part_done": job.part_done}
    if not recent.folder.is_dir():
        return {"status": "gone", "message": "Its folder is gone."}
    try:
        return {"source": read_last_run(recent.folder).source, **_counts(recent)}
    except EmendataError:
        if job is None or job.status == "done":
            raise
        return _unfinished(job)


def _unfinished(job: JobState) -> dict[str, Any]:
    status = "failed" if job.status == "failed" else "stopped"
    return {"status": status, "source": job.arguments.get("source"), "message": job.message}


def _counts(recent: Recent) -> dict[str, int | None]:
    kept = Project(recent.folder, create=False)
    n_decided = DecisionLog(kept).standing.n_rows
    kept.close()
    try:
        said = json.loads((recent.folder / "summary.json").read_text(encoding="utf-8"))
        n_rows, n_flagged = said["n_rows"], said["n_flagged"]
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
    ):  # no report was written, or something else in its place
        n_rows = n_flagged = None
    return {
        "n_rows": n_rows,
        "n_flagged": n_flagged,
        "n_decided": n_decided,
    }
