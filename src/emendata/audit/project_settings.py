"""What a person wrote into a project folder about the dataset, to be said once and not with each command."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emendata.data.address import is_url
from emendata.errors import InputError, UnknownName

__all__ = ["SETTINGS_FILE", "read_project_settings"]

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
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{file} cannot be read as TOML: {error}. Mend it or remove it.") from error
    for key, value in said.items():
        if key not in _KEYS:
            raise UnknownName.among(f"setting in {file}", key, _KEYS)
        if not isinstance(value, dict if key == "roles" else str):
            what = "a table of COLUMN = ROLE" if key == "roles" else "a text"
            raise InputError(f"{file} has {key} = {value!r:.40}. Write {what}.")
    return said


def _folder(source: Any, project: str | os.PathLike[str] | bool | None) -> Path | None:
    if isinstance(project, str | os.PathLike):
        return Path(project)
    if not isinstance(source, str | os.PathLike) or is_url(source) or not Path(source).name:
        return None
    return Path(source).with_name(f"{Path(source).name}.emendata")
