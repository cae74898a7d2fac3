"""What is in a ZIP or TAR archive, one member after the other, before anything of it is written."""

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

from emendata.data.packing import Budget, ending

__all__ = ["ENDINGS", "ZIP", "Member", "kind_of", "members_of"]

ZIP = ".zip"
_TAR_PACKINGS = {
    ".tar": "", ".tar.gz": ".gz", ".tgz": ".gz", ".tar.bz2": ".bz2", ".tbz2": ".bz2", ".tar.xz": ".xz", ".txz": ".xz"
}  # fmt: skip
ENDINGS = (ZIP, *_TAR_PACKINGS)
_OPENERS: dict[str, Callable[[Path], Any]] = {
    "": lambda path: path.open("rb"), ".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open,
}  # fmt: skip
_NO_FILE = "is a link or a device, no file"


class _Stream(AbstractContextManager["_Stream"], Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Member(NamedTuple):
    """A part of an archive: ``fault`` says why it must not be unpacked, ``open`` is None for a folder."""

    name: str
    size: int
    fault: str
    open: Callable[[], _Stream] | None


def kind_of(path: Path) -> str:
    """Return what an archive of that name is: ``.zip``, or how a TAR archive is packed, ``""`` if it is not."""
    return _TAR_PACKINGS.get(ending(path).lower(), ZIP)


def members_of(path: Path) -> Iterator[Member]:
    """Yield the members of an archive in their order; each must be read before the next.

    What is read of a member is counted: more than an archive of that size may unpack to is an `InputError`.
    """
    return _zip_members(path) if kind_of(path) == ZIP else _tar_members(path)


def _zip_members(path: Path) -> Iterator[Member]:
    budget = Budget(path)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            fault = "is encrypted" if info.flag_bits & 1 else ""
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
                fault = _NO_FILE

            def opened(info: zipfile.ZipInfo = info) -> _Stream:
                return _Metered(archive.open(info), budget)

            name = info.filename.replace("\\", "/")  # as some write it on Windows
            yield Member(name, info.file_size, fault, None if name.endswith("/") else opened)


def _tar_members(path: Path) -> Iterator[Member]:
    with _Metered(_OPENERS[kind_of(path)](path), Budget(path)) as stream:
        file: Any = stream
        with tarfile.open(fileobj=file, mode="r|", tarinfo=_Header) as archive:
            for info in archive:

                def opened(info: tarfile.TarInfo = info) -> Any:
                    return archive.extractfile(info)

                fault = "" if info.isreg() or info.isdir() else _NO_FILE
                yield Member(info.name, info.size, fault, None if info.isdir() else opened)


class _Metered:
    """A stream that gives no more bytes than a budget allows."""

    def __init__(self, stream: Any, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1, /) -> bytes:
        part: bytes = self._stream.read(size)
        self._budget.spend(len(part))
        return part

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


class _Header(tarfile.TarInfo):
    """What stands before a member of a TAR archive; where it is damaged, the archive does not just end."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error
