"""What a person wrote into a project folder about the dataset, to be said once and not with each command."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emendata.audit.place import place_beside
from emendata.audit.toml_file import check_keys, read_toml
from emendata.data.address import is_url
from emendata.errors import InputError
from emendata.records import Role

__all__ = ["SETTINGS_FILE", "merged", "read_project_settings"]

SETTINGS_FILE = "settings.toml"
_KEYS = ("label", "task", "roles")


def read_project_settings(source: Any, project: str | os.PathLike[str] | bool | None) -> Mapping[str, Any]:
    """Return label, task and roles from ``settings.toml`` in the project folder, as far as they stand there.

    Parameters
    ----------
    source : path, or anything else
        The project of a local file or folder lies beside it, if no other is named.
    project : path or bool, optional
        As `Audit` takes it.

    Raises
    ------
    InputError
        If the file is no TOML, or says something else.
    """
    folder = _folder(source, project)
    file = folder / SETTINGS_FILE if folder is not None else None
    if file is None or not file.is_file():
        return {}
    said = read_toml(file)
    check_keys(file, said, _KEYS)
    for key, value in said.items():
        if not isinstance(value, dict if key == "roles" else str):
            what = "a table of COLUMN = ROLE" if key == "roles" else "a text"
            raise InputError(f"{file} has {key} = {value!r:.40}. Write {what}.")
    return said


def merged(
    said: Mapping[str, Any], label: str | None, roles: Mapping[str, str] | None, task: str | None
) -> dict[str, Any]:
    """Return label, roles and task of an audit, of which those that are given now come before those of the settings.

    A label that is given now, by its name or as a role, is the only one, and what the settings say of the task is about
    theirs; a role that is given now to the label of the settings makes it something else.

    Parameters
    ----------
    said : mapping of str to Any
        From `read_project_settings`.
    label, roles, task
        As `Audit` takes them.

    Examples
    --------
    >>> said = {"label": "mood", "task": "binary", "roles": {"room": "category"}}
    >>> merged(said, None, {"room": "text"}, None)
    {'label': 'mood', 'roles': {'room': 'text'}, 'task': 'binary'}
    >>> merged(said, None, {"room": "label"}, None)
    {'label': None, 'roles': {'room': 'label'}, 'task': None}
    """
    now = {str(name): role for name, role in (roles or {}).items()}
    kept = {name: role for name, role in said.get("roles", {}).items() if name not in now}
    before = _labels(said.get("label"), said.get("roles", {}))
    chosen = _labels(label, now)
    if chosen:
        kept = {name: role for name, role in kept.items() if role != Role.LABEL and name not in chosen}
    elif said.get("label") not in now:
        label = said.get("label")
    after = _labels(label, {**kept, **now})
    if task is None and (not before or before & after):
        task = said.get("task")
    return {"label": label, "roles": {**kept, **now}, "task": task}


def _labels(label: str | None, roles: Mapping[str, str]) -> set[str]:
    """Return the columns that are named as the label, in either way."""
    named = {name for name, role in roles.items() if role == Role.LABEL}
    return named if label is None else {*named, str(label)}


def _folder(source: Any, project: str | os.PathLike[str] | bool | None) -> Path | None:
    if isinstance(project, str | os.PathLike):
        return Path(project)
    if not isinstance(source, str | os.PathLike) or is_url(source) or not Path(source).name:
        return None
    return place_beside(Path(source))
