"""Where the Studio's projects are: a folder for what is dropped, and a list of what was opened elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from emendata.audit.place import place_beside
from emendata.errors import InputError, ProjectError, UnknownName
from emendata.files import make_folder, write_atomically
from emendata.store import Project

__all__ = [
    "Recent",
    "Workspace",
    "file_in",
    "place_of",
    "project_at",
    "project_id",
    "project_name",
    "within",
]

_MOST_RECENT = 50
_ROOM = 64 << 20  # bytes that stay free on the disk
_LONGEST_STEM = 160  # bytes, so that a project's name and that of a temporary file fit into 255
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Recent:
    """A project, by the id that addresses use, and when it was opened last, in seconds since 1970."""

    id: str
    folder: Path
    opened: float


class Workspace:
    """A folder in which dropped data and their projects lie.

    Parameters
    ----------
    folder : path
        Created when something is dropped.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().resolve()

    # -- projects -------------------------------------------------------------------------------------

    def remember(self, project: Path) -> Recent:
        """Take note that a project was opened, and return it."""
        project = project.resolve()
        opened = {str(recent.folder): recent.opened for recent in self.recent()} | {str(project): time.time()}
        newest = sorted(opened.items(), key=lambda item: -item[1])[:_MOST_RECENT]
        with write_atomically(make_folder(self.folder) / "recent.json") as temporary:
            temporary.write_text(json.dumps(dict(newest), ensure_ascii=False), encoding="utf-8")
        return Recent(project_id(project), project, opened[str(project)])

    def forget(self, project: str) -> None:
        """Take a project from the list; its files stay where they are."""
        kept = {str(recent.folder): recent.opened for recent in self.recent() if recent.id != project}
        with write_atomically(make_folder(self.folder) / "recent.json") as temporary:
            temporary.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    def recent(self) -> list[Recent]:
        """Return the projects that were opened, the last in front."""
        try:
            said = json.loads((self.folder / "recent.json").read_text(encoding="utf-8"))
            known = [Recent(project_id(Path(name)), Path(name), float(when)) for name, when in said.items()]
        except (OSError, ValueError, AttributeError, TypeError, RecursionError):  # none, or no list of ours
            return []
        return sorted(known, key=lambda recent: -recent.opened)

    def project(self, project: str) -> Path:
        """Return the folder of a project by its id.

        Raises
        ------
        UnknownName
            If none of that id was opened here.
        """
        for recent in self.recent():
            if recent.id == project:
                return recent.folder
        raise UnknownName("This project is not in the list any more. Open its file or folder again.")

    def place_for(self, source: Path) -> Path:
        """Return where the project of some data goes: beside them, or into the workspace where that cannot be."""
        beside = place_beside(source)
        if Project.exists(beside) or _is_writable(source.parent):
            return beside
        return make_folder(self.folder) / f"{source.name}.emendata"

    # -- what is dropped ------------------------------------------------------------------------------

    def begin_upload(self, name: str, n_bytes: int) -> Path:
        """Make a folder for what is being dropped.

        Raises
        ------
        OutputError, ProjectError
            If there is no room for it.
        """
        uploads = make_folder(self.folder / "data")
        free = shutil.disk_usage(uploads).free
        if n_bytes > free - _ROOM:
            raise ProjectError(
                f"{name} has {_size(n_bytes)} and there are {_size(max(free - _ROOM, 0))} left for it. "
                "Free some space, or open it where it lies: emendata studio PATH."
            )
        stem = _plain(name)
        for number in range(1, 10_000):
            folder = uploads / (stem if number == 1 else f"{stem}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                continue
            return folder
        raise ProjectError(f"There are too many copies of {name} in {uploads}. Remove some.")

    def upload_folder(self, name: str) -> Path:
        """Return the folder of an upload that was begun.

        Raises
        ------
        UnknownName
            If there is none.
        """
        folder = self.folder / "data" / _plain(name)
        if _plain(name) != name or not folder.is_dir():
            raise UnknownName("This upload is not known. Drop the files again.")
        return folder

    def discard_upload(self, name: str) -> None:
        """Remove an upload with all that has arrived of it.

        Raises
        ------
        UnknownName
            If there is none.
        ProjectError
            If it was audited: a project is about it.
        """
        folder = self.upload_folder(name)
        if next(folder.glob("*.emendata"), None) or folder.with_name(f"{name}.emendata").exists():
            raise ProjectError(
                f"There is a project about {name}, so its data stay. Take it from the list instead."
            )
        shutil.rmtree(folder, ignore_errors=True)


def project_at(path: Path) -> Path | None:
    """Return the project that a path means: its own folder, or the data that it is about; None where there is none."""
    places = (path, place_beside(path)) if path.name else (path,)
    return next((folder for folder in places if Project.exists(folder)), None)


def place_of(written: str) -> Path:
    """Return the place on this machine that a person wrote, whether or not something is there.

    Raises
    ------
    InputError
        If there can be none of that name.
    """
    try:
        path = Path(written).expanduser().resolve()
        path.exists()  # which a name that is too long does not survive
    except (OSError, RuntimeError, ValueError) as error:  # a home of nobody, links in a circle, no text
        raise InputError(f"{written!r:.80} is no path here. Copy it from the file manager.") from error
    return path


def within(folder: Path, name: str) -> Path:
    """Return the place of a file in a folder, by the name that a browser gave it.

    Raises
    ------
    InputError
        If it would lie elsewhere, or cannot be the name of a file.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or any(
        part in ("..", ".", "/") or ":" in part or _RESERVED.fullmatch(part) for part in parts
    ):
        raise InputError(f"{name!r:.80} is no name for a file. Rename it and drop it again.")
    if any(ord(character) < 32 for character in name):
        raise InputError(
            f"{name!r:.80} has characters that no file name may have. Rename it and drop it again."
        )
    return folder.joinpath(*parts)


def file_in(folder: Path, name: str) -> Path | None:
    """Return the file of a name that an address holds, None unless it lies in the folder or below."""
    try:
        file = (folder / name).resolve()
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):  # too long for a name, or with a NUL in it
        return None


def project_id(folder: Path) -> str:
    """Return the name of a project in addresses."""
    return hashlib.blake2b(str(folder).encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


def project_name(folder: Path) -> str:
    """Return how a project is called: as its data are."""
    return folder.name.removesuffix(".emendata")


def _plain(name: str) -> str:
    stem = re.sub(r"[^\w.-]+", "_", name)[:80].encode()[:_LONGEST_STEM].decode(errors="ignore").strip("._")
    return f"data-{stem}" if _RESERVED.fullmatch(stem) else stem or "data"


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e9:.1f} GB" if n_bytes >= 1e9 else f"{n_bytes / 1e6:.0f} MB"
