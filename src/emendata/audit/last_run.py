"""What a project knows of its last audit."""

import os
from dataclasses import dataclass
from pathlib import Path

from emendata.data.address import is_url
from emendata.errors import ProjectError
from emendata.records import Json
from emendata.store import Project

__all__ = ["LastRun", "read_last_run"]


@dataclass(frozen=True)
class LastRun:
    """Where the data are, the arguments of the `Audit`, and a hash of the content that it saw."""

    source: str
    options: dict[str, Json]
    content: str


def read_last_run(project: str | os.PathLike[str]) -> LastRun:
    """Return the last audit that was finished.

    Raises
    ------
    ProjectError
        If there is no project, no finished audit in it, or something of it is nowhere to be had.
    """
    kept = Project(os.fspath(project), create=False)
    run = kept.last_run()
    kept.close()
    if run is None:
        raise ProjectError(
            f"No audit of {project} was finished yet. Run: emendata audit FILE --project {project}"
        )
    if run.get("is_in_memory"):
        raise ProjectError(
            f"The last audit of {project} used predictions, features or a function from memory, which no project "
            "keeps. Give predictions and features as files, or go on in Python with that Audit."
        )
    source = run["source"]
    if not is_url(source) and not Path(source).exists():
        raise ProjectError(
            f"The audited file or folder {source} is gone. Put it back or audit the new place."
        )
    return LastRun(source, run["options"], run["content"])
