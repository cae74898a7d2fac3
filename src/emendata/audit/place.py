"""Where the project of an audit lies."""

import os
import re
from pathlib import Path

from emendata.data import Dataset
from emendata.data.locate import refuse_same_file
from emendata.errors import ProjectError
from emendata.store import Project

__all__ = ["default_place", "lasting", "open_project", "place_beside"]


def lasting(dataset: Dataset) -> str | None:
    """Return what the data can be opened from again, None if they came from memory."""
    return dataset.url or (None if dataset.path is None else str(dataset.path.resolve()))


def open_project(project: str | os.PathLike[str] | bool | None, dataset: Dataset) -> Project | None:
    """Open or make the folder that keeps what is computed, None where nothing is kept.

    Raises
    ------
    ProjectError
        If there is no place for it.
    """
    if project in (None, True):
        project = default_place(dataset)
    if project is None or isinstance(project, bool):
        return None
    if dataset.path is not None and dataset.path.is_dir():
        refuse_same_file(dataset.path, Path(project))
    return Project(os.fspath(project))


def default_place(dataset: Dataset) -> Path | None:
    """Return where a project is kept by default: beside the data, here if they came from elsewhere.

    None if they came from memory.
    """
    if lasting(dataset) is None:
        return None
    if dataset.path is None or dataset.url is not None:
        return Path.cwd() / f"{_file_name(dataset.name)}.emendata"
    if not dataset.path.name:
        raise ProjectError(
            f"There is no place beside {dataset.path}. Name a folder for the project with --project."
        )
    return place_beside(dataset.path)


def place_beside(source: Path) -> Path:
    """Return the folder beside a file or folder of data that keeps the project of it.

    Examples
    --------
    >>> place_beside(Path("data/reviews.csv")).name
    'reviews.csv.emendata'
    """
    return source.with_name(f"{source.name}.emendata")


def _file_name(name: str) -> str:
    """Return the last part of a dataset's name as a file may be called."""
    return re.sub(r"[^\w.-]+", "_", name.rpartition("/")[2])
