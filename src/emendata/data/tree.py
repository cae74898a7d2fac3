"""The files below a folder: which of them count, in which order, and copies of them."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from emendata.errors import InputError
from emendata.files import explained

__all__ = ["Tree", "copy_files", "is_hidden", "is_inside", "natural", "tree_of"]

_HIDDEN = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))
_PROJECT = ".emendata"
_DIGITS = re.compile(r"([0-9]+)")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Tree:
    """The files below a folder, by their names relative to it, parts set apart by ``/``, in natural order.

    ``n_left_out`` counts what is there and no file of the folder: links that lead out of it or to a folder,
    devices, and names that are no text.
    """

    files: tuple[str, ...]
    n_left_out: int

    def ending_in(self, endings: tuple[str, ...]) -> list[str]:
        """Return the files whose names end so, whatever their case."""
        return [name for name in self.files if name.lower().endswith(endings)]


def tree_of(folder: Path) -> Tree:
    """Return the files below a folder, without hidden ones and project folders.

    Raises
    ------
    InputError
        If a folder cannot be read.
    """
    root = folder.resolve()
    names: list[str] = []
    n_left_out = 0
    waiting = _entries(folder, "")
    while waiting:
        name, entry = waiting.pop()
        if entry.is_dir(follow_symlinks=False):
            waiting += _entries(Path(entry.path), f"{name}/")
        elif _is_text(name) and _is_file_below(entry, root):
            names.append(name)
        else:
            n_left_out += 1
    return Tree(tuple(names), n_left_out)


def natural(name: str) -> tuple[list[str | int], str]:
    """Return by what to sort names so that numbers in them count as numbers.

    Examples
    --------
    >>> sorted(["b1.png", "a10.png", "a9.png"], key=natural)
    ['a9.png', 'a10.png', 'b1.png']
    """
    return [int(word) if i % 2 else word for i, word in enumerate(_DIGITS.split(name))], name


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder of that name is not meant to be seen: a system's own, or a project folder."""
    return name.startswith(".") or name in _HIDDEN or name.endswith(_PROJECT)


def is_inside(name: str) -> bool:
    """Tell whether a relative name stays in its folder on any system.

    Examples
    --------
    >>> [is_inside(name) for name in ("a/b.png", "../b.png", "/b.png", "C:b.png", "a/../b.png", "")]
    [True, False, False, False, False, False]
    """
    path = PureWindowsPath(name)
    return bool(path.parts) and not path.anchor and ".." not in path.parts and "\0" not in name


def copy_files(source: Path, target: Path, names: Mapping[str, str]) -> None:
    """Copy files from below one folder to below another, each to its new name.

    Raises
    ------
    InputError
        If a file cannot be read.
    OutputError
        If one cannot be written.
    """
    for name, new in names.items():
        goal = target / new
        with explained(goal):
            goal.parent.mkdir(parents=True, exist_ok=True)
            with goal.open("wb") as file:
                for part in _parts(source / name):
                    file.write(part)


def _parts(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while part := file.read(_CHUNK):
                yield part
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({(error.strerror or str(error)).lower()}). "
            "Change its permissions, or take it out of the folder."
        ) from error


def _entries(folder: Path, prefix: str) -> list[tuple[str, os.DirEntry[str]]]:
    """Return what is seen in a folder with its name, the last first."""
    try:
        with os.scandir(folder) as entries:
            seen = [entry for entry in entries if not is_hidden(entry.name)]
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be read ({(error.strerror or str(error)).lower()}). "
            "Change its permissions, or take it out."
        ) from error
    seen.sort(key=lambda entry: natural(entry.name), reverse=True)
    return [(prefix + entry.name, entry) for entry in seen]


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_file_below(entry: os.DirEntry[str], root: Path) -> bool:
    if not entry.is_symlink():
        return entry.is_file(follow_symlinks=False)
    try:
        goal = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or round in a circle
        return False
    return goal.is_file() and goal.is_relative_to(root)
