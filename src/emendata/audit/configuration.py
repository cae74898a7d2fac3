"""Which checks a team wants, and how, written into a file of its repository."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from emendata.audit.toml_file import check_keys, read_toml
from emendata.checks import CHECKS, choose
from emendata.errors import InputError, UnknownOption
from emendata.records import Json

__all__ = ["CONFIGURATION_FILE", "configured", "find_configuration", "said_of"]

CONFIGURATION_FILE = "emendata.toml"
_PROJECT_FILE = "pyproject.toml"
_KEYS = ("checks", "ignore", "options", "gate")

_Options = Mapping[str, Mapping[str, Json]]


def find_configuration(folder: Path) -> Path | None:
    """Return the nearest file that says which checks run: in a folder, or in one of those that it lies in.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Path or None
        An ``emendata.toml``, or a ``pyproject.toml`` with a table ``[tool.emendata]``; the former where both are there.

    Raises
    ------
    InputError
        If a ``pyproject.toml`` on the way is no TOML.
    """
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / CONFIGURATION_FILE).is_file():
            return place / CONFIGURATION_FILE
        file = place / _PROJECT_FILE
        if file.is_file() and _table(file) is not None:
            return file
    return None


def configured(
    file: str | os.PathLike[str] | None,
    checks: Iterable[str] | None,
    ignore: Iterable[str],
    options: _Options,
) -> dict[str, Any]:
    """Return checks, what is left out and settings of an audit: those given now, and those of a file behind them.

    Checks that are named now run even if the file leaves them out; what is left out now adds to what the file leaves
    out; a setting that is given now takes the place of the file's.

    Parameters
    ----------
    file : path, optional
        From `find_configuration`.
    checks, ignore, options
        As `Audit` takes them.

    Raises
    ------
    InputError, UnknownName, UnknownOption
        If the file cannot be read, says something else, or of a check or option that there is not.

    Examples
    --------
    >>> configured(None, ["outlier"], [], {})
    {'checks': ('outlier',), 'ignore': (), 'options': {}}
    """
    said = {} if file is None else said_of(Path(file))
    named, now = None if checks is None else tuple(checks), tuple(ignore)
    merged: dict[str, dict[str, Json]] = {
        name: dict(values) for name, values in said.get("options", {}).items()
    }
    for name, values in options.items():
        merged.setdefault(name, {}).update(values)
    if named is not None:
        return {"checks": named, "ignore": now, "options": merged}
    wanted = said.get("checks")
    return {
        "checks": None if wanted is None else tuple(wanted),
        "ignore": (*said.get("ignore", ()), *now),
        "options": merged,
    }


def said_of(file: Path) -> Mapping[str, Any]:
    """Return what a configuration file says.

    Raises
    ------
    InputError, UnknownName, UnknownOption
        If it cannot be read, says something else, or of a check or option that there is not.
    """
    said = _table(file)
    if said is None:
        raise InputError(f"{file} has no table [tool.emendata]. Write one, or name another file.")
    check_keys(file, said, _KEYS)
    for key, value in said.items():
        if key == "gate":
            if not isinstance(value, dict):
                raise InputError(f"{file} has gate = {value!r:.40}. Write a table of CHECK = LIMIT.")
        elif not (_is_options(value) if key == "options" else _is_names(value)):
            what = (
                "a table of OPTION = VALUE for each check" if key == "options" else "a list of names or codes"
            )
            raise InputError(f"{file} has {key} = {value!r:.40}. Write {what}.")
    try:
        choose(CHECKS, said.get("checks"), said.get("ignore", ()), said.get("options"))
    except (InputError, UnknownOption) as error:
        raise type(error)(f"{error} It stands in {file}.") from error
    return said


def _table(file: Path) -> Mapping[str, Any] | None:
    """Return what a file says to us, None for a pyproject.toml that says nothing."""
    said = read_toml(file)
    if file.name != _PROJECT_FILE:
        return said
    tools = said.get("tool")
    ours = tools.get("emendata") if isinstance(tools, dict) else None
    if ours is not None and not isinstance(ours, dict):
        raise InputError(f"{file} has tool.emendata = {ours!r:.40}. Write a table [tool.emendata].")
    return ours


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_options(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(options, dict) for options in value.values())
