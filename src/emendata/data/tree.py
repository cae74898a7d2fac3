"""The files below a folder: which of them count, in which order, and copies of all of them."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from emendata.errors import InputError
from emendata.files import explained

__all__ = [
    "Tree",
    "copy_files",
    "files_below",
    "is_hidden",
    "is_inside",
    "is_plain",
    "is_text",
    "natural",
    "tree_of",
]

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
    found = [(name, is_file and is_text(name)) for name, is_file in _walked(folder, is_hidden)]
    names = tuple(name for name, counts in found if counts)
    return Tree(names, len(found) - len(names))


def files_below(folder: Path) -> list[str]:
    """Return the files below a folder, hidden ones and those whose names are no text too, as `os.fsdecode` has them.

    Project folders, and what is no file of the folder, are left out.

    Raises
    ------
    InputError
        If a folder cannot be read.
    """
    return [name for name, is_file in _walked(folder, _is_project) if is_file]


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
    return name.startswith(".") or name in _HIDDEN or _is_project(name)


def is_inside(name: str, path_of: type[PurePath] = PureWindowsPath) -> bool:
    """Tell whether a relative name stays in its folder: on any system, or where paths are of the given kind.

    Examples
    --------
    >>> [is_inside(name) for name in ("a/b.png", "../b.png", "/b.png", "C:b.png", "a/../b.png", "")]
    [True, False, False, False, False, False]
    """
    path = path_of(name)
    return bool(path.parts) and not path.anchor and ".." not in path.parts and "\0" not in name


def is_plain(name: str) -> bool:
    """Tell whether a name is that of one thing in a folder, on any system.

    Examples
    --------
    >>> [is_plain(name) for name in ("b.png", "a/b.png", "..", "C:", "")]
    [True, False, False, False, False]
    """
    return is_inside(name) and not set(name) & set("/\\")


def is_text(name: str) -> bool:
    r"""Tell whether a name can be written down; on Linux it may be any bytes.

    Examples
    --------
    >>> is_text("a.png"), is_text(os.fsdecode(b"\xff.png"))
    (True, False)
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


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


def _is_project(name: str) -> bool:
    return name.endswith(_PROJECT)


def _walked(folder: Path, skips: Callable[[str], bool]) -> Iterator[tuple[str, bool]]:
    """Yield the name of all that lies below a folder but folders, and whether it is a file of this folder."""
    root = folder.resolve()
    waiting = _entries(folder, "", skips)
    while waiting:
        name, entry = waiting.pop()
        if entry.is_dir(follow_symlinks=False):
            waiting += _entries(Path(entry.path), f"{name}/", skips)
        else:
            yield name, _is_file_below(entry, root)


def _entries(folder: Path, prefix: str, skips: Callable[[str], bool]) -> list[tuple[str, os.DirEntry[str]]]:
    """Return what is in a folder and not skipped with its name, the last first."""
    try:
        with os.scandir(folder) as entries:
            seen = [entry for entry in entries if not skips(entry.name)]
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be read ({(error.strerror or str(error)).lower()}). "
            "Change its permissions, or take it out."
        ) from error
    seen.sort(key=lambda entry: natural(entry.name), reverse=True)
    return [(prefix + entry.name, entry) for entry in seen]


def _is_file_below(entry: os.DirEntry[str], root: Path) -> bool:
    if not entry.is_symlink():
        return entry.is_file(follow_symlinks=False)
    try:
        goal = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or round in a circle
        return False
    return goal.is_file() and goal.is_relative_to(root)
