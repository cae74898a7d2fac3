"""What a project knows of its last audit."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from emendata.audit.settings import Settings
from emendata.data.address import is_url
from emendata.errors import ProjectError
from emendata.models.own import KEPT
from emendata.records import Json
from emendata.store import Project

__all__ = ["LastRun", "read_last_run"]


@dataclass(frozen=True)
class LastRun:
    """Where the data are, the arguments of the `Audit`, and a hash of the content that it saw."""

    source: str
    options: dict[str, Json]
    content: str


def read_last_run(project: str | os.PathLike[str], *, needs_source: bool = True) -> LastRun:
    """Return the last audit that was finished; what is only told needs no source that is still there.

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
            f"The last audit of {project} used predictions or features from memory, or a model of which nobody can "
            "tell when it changes: no project keeps these. Give predictions and features as files, or go on in Python "
            "with that Audit."
        )
    source = run["source"]
    if needs_source and not is_url(source) and not Path(source).exists():
        raise ProjectError(
            f"The audited file or folder {source} is gone. Put it back, or audit the new place. "
            "What was decided is kept."
        )
    _refuse_code(project, run["options"])
    return LastRun(source, run["options"], run["content"])


def _refuse_code(project: str | os.PathLike[str], options: Mapping[str, Json]) -> None:
    """Refuse what no audit writes down: a project may come from somebody else, and opening it must run nothing."""
    models, embedders = options.get("model") or [], options.get("embedders") or {}
    if not set(options) <= {field.name for field in fields(Settings)} - {"budget"}:
        raise ProjectError(f"{project} was written by another version of emendata. Audit the data again.")
    if not all(str(model).startswith(KEPT) for model in models) or any(
        str(embedder).startswith("python:") for embedder in embedders.values()
    ):
        raise ProjectError(
            f"{project} names code to run, which emendata never writes into a project. Do not trust it: audit the "
            "data again in a new one."
        )
