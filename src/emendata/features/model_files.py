"""Models that lie on this machine, and what their content is."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from emendata.errors import InputError

__all__ = ["absolute", "content_of_files", "local_folder", "model_file"]

_PIECE = 1 << 20


def local_folder(model: str) -> Path | None:
    """Return the folder that a model is kept in if its name is one that is here, else None: then a hub has it."""
    path = Path(model).expanduser()
    return path.resolve() if path.is_dir() else None


def model_file(model: str) -> Path:
    """Return the file that a model is in.

    Raises
    ------
    InputError
        If there is none.
    """
    path = Path(model).expanduser()
    if not path.is_file():
        raise InputError(f"There is no file {model}. Give the path of the model's file.")
    return path.resolve()


def absolute(model: str) -> str:
    """Return the name of a model with the whole path if it lies here, after ``@`` too, so that it is found again.

    Examples
    --------
    >>> absolute("all-mpnet-base-v2")
    'all-mpnet-base-v2'
    """
    name, at, file = model.rpartition("@")
    path = Path(file).expanduser()
    return f"{name}{at}{path.resolve()}" if path.exists() else model


def content_of_files(place: Path) -> str:
    """Return a hash of what is in a folder, or in a file and those beside it that begin with its name.

    The place itself does not count, nor what is hidden: a model that was moved is the same.
    """
    digest = hashlib.blake2b(digest_size=16)
    for path in _files(place):
        name = str(path.relative_to(place)) if place.is_dir() else path.name.removeprefix(place.name)
        digest.update(f"{name}\n{path.stat().st_size}\n".encode(errors="replace"))
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()


def _files(place: Path) -> Iterable[Path]:
    if place.is_dir():
        found = [path for path in place.rglob("*") if path.is_file()]
        return sorted(path for path in found if not _is_hidden(path.relative_to(place)))
    return sorted(
        path for path in place.parent.iterdir() if path.is_file() and path.name.startswith(place.name)
    )


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "__pycache__")) for part in path.parts)
