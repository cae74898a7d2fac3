"""Decisions: what was done to the data, by whom, when; appended to the project's log, never changed."""

import getpass
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from emendata.corrections.patch import Patch
from emendata.records import Decision
from emendata.store import Project

__all__ = ["record_decisions"]


def record_decisions(patch: Patch, action: Literal["applied", "reverted"], folder: Path) -> bool:
    """Append one event a correction to the log of the project in ``folder``; False if there is no project."""
    if not Project.exists(folder):
        return False
    at, by = datetime.now(UTC).isoformat(timespec="seconds"), _who()
    project = Project(folder, create=False)
    try:
        project.log(
            Decision(
                event_id=uuid.uuid4().hex,
                at=at,
                by=by,
                action=action,
                kind=correction.kind,
                row=correction.row,
                row_id=correction.id,
                column=correction.column,
                old=correction.old,
                new=correction.new,
                reason=correction.reason,
            )
            for correction in patch.corrections
        )
    finally:
        project.close()
    return True


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a system without user names
        return "unknown"
