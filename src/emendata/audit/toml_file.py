"""Settings that people write in TOML, and the sentences where they cannot be read."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from emendata.errors import InputError, UnknownName

__all__ = ["check_keys", "read_toml"]


def read_toml(file: Path) -> dict[str, Any]:
    """Return what stands in a file.

    Raises
    ------
    InputError
        If there is none, it cannot be read, or is no TOML.
    """
    if not file.is_file():
        raise InputError(f"There is no file {file}. Write it or name another.")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{file} cannot be read as TOML: {error}. Mend it or remove it.") from error


def check_keys(file: Path, said: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise `UnknownName` where a file sets something that nobody reads."""
    for key in said:
        if key not in known:
            raise UnknownName(f"{UnknownName.among('setting', key, known)} It stands in {file}.")
