"""Archives: unpacked with care, for they may be made to harm, and written again."""

import bz2
import gzip
import lzma
import os
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from emendata.data.archive_members import ENDINGS, ZIP, Member, kind_of, members_of
from emendata.data.packing import Budget, ending
from emendata.data.tree import files_below, is_inside, is_text
from emendata.errors import EmendataError, InputError
from emendata.files import explained, write_atomically

__all__ = ["pack", "title_of", "unpack"]

_PACKERS: dict[str, Callable[[Any], Any]] = {
    "": nullcontext,
    ".gz": lambda file: gzip.GzipFile("", "wb", fileobj=file, mtime=0),
    ".bz2": partial(bz2.BZ2File, mode="wb"),
    ".xz": partial(lzma.LZMAFile, mode="wb"),
}
_DAMAGES = (
    OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, NotImplementedError,
)  # fmt: skip
_MOST_MEMBERS = 2_000_000
_CHUNK = 1 << 20
_MODE = 0o644


def title_of(path: Path) -> str:
    """Return what people call an archive of that name."""
    return "ZIP archive" if kind_of(path) == ZIP else "TAR archive"


def unpack(path: Path, folder: Path) -> None:
    """Unpack an archive into an empty folder.

    Raises
    ------
    InputError
        If it is damaged or encrypted, or if a member lies outside of the folder, is there twice or is no file, or if
        all of them together are much larger than the archive; the text names the member.
    OutputError
        If the folder cannot be written.
    """
    with _damage_told(path):
        for member in _sound(path):
            with _new_file(member.name, folder, path) as file:
                _fill(file, member, folder / member.name)


def pack(folder: Path, target: Path, like: Path) -> None:
    """Write the files below a folder as an archive, of the kind that its name says, else as ``like`` is written.

    The same files always give the same archive: all of them carry one date.
    """
    kind = kind_of(target if ending(target).lower() in ENDINGS else like)
    if kind == ZIP:
        _refuse_names(folder, target)
    with write_atomically(target) as temporary:
        if kind == ZIP:
            _write_zip(folder, temporary)
        else:
            _write_tar(folder, temporary, _PACKERS[kind])


def _sound(path: Path) -> Iterator[Member]:
    """Yield the members that are files, and refuse an archive with one that may harm."""
    budget = Budget(path)
    for number, member in enumerate(members_of(path), 1):
        fault = member.fault
        if not is_inside(member.name if member.open else f"{member.name}/file"):
            fault = "leads out of the folder that it is unpacked to"
        if fault:
            raise InputError(
                f"{member.name!r} in {path.name} {fault}. Unpack it yourself if you trust it, and give the folder."
            )
        if number > _MOST_MEMBERS:
            raise InputError(
                f"{path.name} has more than {_MOST_MEMBERS:,} members. Unpack it, and give the folder."
            )
        budget.spend(member.size)
        if member.open:
            yield member


def _new_file(name: str, folder: Path, archive: Path) -> BinaryIO:
    """Return a new file for a member, and refuse to write over another, whose name may differ in its capitals."""
    goal = folder / name
    with explained(goal):
        try:
            goal.parent.mkdir(parents=True, exist_ok=True)
            return goal.open("xb")
        except (FileExistsError, NotADirectoryError) as error:
            raise InputError(
                f"{archive.name} holds {name!r} twice, or as a file and as a folder. "
                "Unpack it yourself, and give the folder."
            ) from error


def _fill(file: BinaryIO, member: Member, goal: Path) -> None:
    assert member.open is not None
    with member.open() as stream:
        while part := stream.read(_CHUNK):
            with explained(goal):
                file.write(part)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except EmendataError:
        raise
    except _DAMAGES as error:
        why = (str(error).splitlines() or ["damaged"])[0].rstrip(".")
        raise InputError(
            f"{path.name} is not a whole {title_of(path)} ({why}). Write or download it again."
        ) from error


def _refuse_names(folder: Path, target: Path) -> None:
    """Raise where a name is no text, as every name in a ZIP archive is."""
    if strange := [name for name in files_below(folder) if not is_text(name)]:
        raise InputError(
            f"The name of {os.fsencode(strange[0])!r} is no text, so a ZIP archive such as {target.name} cannot hold "
            "it. Write a TAR archive."
        )


def _write_zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files_below(folder):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _MODE << 16
            info.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as file, archive.open(info, "w") as member:
                shutil.copyfileobj(file, member, _CHUNK)


def _write_tar(folder: Path, target: Path, packer: Callable[[Any], Any]) -> None:
    with (
        target.open("wb") as sink,
        packer(sink) as file,
        tarfile.open(fileobj=file, mode="w") as archive,
    ):
        for name in files_below(folder):
            info = tarfile.TarInfo(name)
            info.mode = _MODE
            info.size = (folder / name).stat().st_size
            with (folder / name).open("rb") as content:
                archive.addfile(info, content)
