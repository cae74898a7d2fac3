"""Finding the file or folder that a person meant."""

import os
from pathlib import Path

from emendata.errors import InputError, nearest

__all__ = ["existing_file", "existing_source", "refuse_same_file"]


def existing_file(path: str | os.PathLike[str]) -> Path:
    """Return the path of a file that is there and can be read.

    Raises
    ------
    InputError
        If it is missing (the nearest name in its folder is given), a folder, or not readable.
    """
    file = existing_source(path)
    if file.is_dir():
        raise InputError(f"{path} is a folder. Give one of the files in it.")
    return file


def existing_source(path: str | os.PathLike[str]) -> Path:
    """Return the path of a file or folder that is there and can be read, with its own name at the end.

    Raises
    ------
    InputError
        If it is missing (the nearest name in its folder is given), neither of them, or not readable.
    """
    file = Path(path)
    try:
        file = file.expanduser()
        found = file.exists()
    except OSError as error:
        raise InputError(f"{str(file)[:80]!r}… is no file name: {error.strerror}. Check the path.") from error
    except (ValueError, RuntimeError) as error:
        why = str(error).rstrip(".")
        raise InputError(f"{str(file)!r} is no file name: {why}. Check the path.") from error
    if not found:
        raise InputError(_missing(file))
    is_folder = file.is_dir()
    if not is_folder and not file.is_file():
        raise InputError(f"{file} is not an ordinary file. Copy its content to a file first.")
    if not os.access(file, os.R_OK | os.X_OK if is_folder else os.R_OK):
        raise InputError(f"You have no permission to read {file}. Change its permissions or copy it.")
    return file.resolve() if file.name in ("", "..") else file


def refuse_same_file(source: Path, target: Path) -> None:
    """Raise `InputError` if writing ``target`` would change ``source``, a file or folder, by whatever name."""
    same = target.exists() and target.samefile(source)
    if same or target.resolve() == source.resolve():
        raise InputError(
            f"{target} is the {'folder' if source.is_dir() else 'file'} that is read, and originals are never "
            "changed. Give another name."
        )
    if source.is_dir() and target.resolve().is_relative_to(source.resolve()):
        raise InputError(
            f"{target} lies in the folder that is read, and originals are never changed. Give a place outside of it."
        )


def _missing(file: Path) -> str:
    folder = file.parent
    if not folder.is_dir():
        return f"There is no folder {folder}, so no file {file.name}. Check the path."
    names = [entry.name for entry in os.scandir(folder)]
    hint = nearest(file.name, names)
    return f"There is no file {file}. " + (f"Did you mean {hint!r}?" if hint else "Check the path.")
