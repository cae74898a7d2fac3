"""That a patch was applied or taken back, as events of the project's log."""

from pathlib import Path
from typing import Literal

from emendata.corrections.log import DecisionLog
from emendata.corrections.patch import Patch
from emendata.store import Project

__all__ = ["record_decisions"]


def record_decisions(patch: Patch, action: Literal["applied", "reverted"], folder: Path) -> bool:
    """Append one event a correction to the log of the project in ``folder``; False if there is no project."""
    if not Project.exists(folder):
        return False
    project = Project(folder, create=False)
    try:
        DecisionLog(project, "command line").record(action, patch.corrections)
    finally:
        project.close()
    return True
