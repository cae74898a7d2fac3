"""Writing files so that a reader never meets half of one."""

import errno
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emendata.errors import OutputError

__all__ = ["TemporaryFolder", "explained", "make_folder", "write_atomically", "write_folder"]

_WHY = {
    errno.ENOSPC: "the disk is full. Free some space or choose another place",
    errno.EDQUOT: "your disk quota is used up. Free some space or choose another place",
    errno.EFBIG: "the file would be larger than this system allows. Choose another place",
    errno.EACCES: "you have no permission to write there. Choose a folder of your own",
    errno.EPERM: "you have no permission to write there. Choose a folder of your own",
    errno.EROFS: "that file system is read-only. Choose another place",
    errno.EISDIR: "there is a folder of that name. Choose another name",
    errno.ENOTDIR: "part of the path is a file, not a folder. Choose another place",
    errno.EEXIST: "there is a file of that name where a folder is needed. Choose another place",
    errno.ENOENT: "its folder does not exist. Create the folder first or choose another place",
    errno.ENOTEMPTY: "there is a folder of that name with files in it. Choose another name",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
}


@contextmanager
def write_atomically(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that takes its name only if the block succeeds.

    Raises
    ------
    OutputError
        If the file cannot be written; the text says why and what to do. A file that was at ``path``
        before is then still there, unchanged.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "answer.txt"
    >>> with write_atomically(target) as temporary:
    ...     _ = temporary.write_text("42")
    >>> target.read_text()
    '42'
    """
    target = Path(path)
    with explained(target):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(target))
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".tmp")
        os.close(handle)
        temporary = Path(name)
        try:
            temporary.chmod(_ordinary_mode(0o666))
            yield temporary
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def write_folder(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary folder beside ``path`` that takes its name only if the block succeeds.

    Raises
    ------
    OutputError
        If the folder cannot be written, or there is a file, or a folder with something in it, at ``path``.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "copy"
    >>> with write_folder(target) as temporary:
    ...     _ = (temporary / "answer.txt").write_text("42")
    >>> [file.name for file in target.iterdir()]
    ['answer.txt']
    """
    target = Path(path)
    with explained(target):
        if target.is_dir():
            if any(target.iterdir()):
                raise OSError(errno.ENOTEMPTY, "is not empty", str(target))
        elif target.exists():
            raise FileExistsError(errno.EEXIST, "is a file", str(target))
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".tmp"))
        try:
            temporary.chmod(_ordinary_mode(0o777))
            yield temporary
            if target.is_dir():
                target.rmdir()
            temporary.rename(target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


class TemporaryFolder:
    """A folder that is there as long as this object is, and goes with it."""

    def __init__(self) -> None:
        with explained(Path(tempfile.gettempdir())):
            self.path = Path(tempfile.mkdtemp(prefix="emendata-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def make_folder(path: str | os.PathLike[str]) -> Path:
    """Create a folder and its parents unless they exist, with the same clear errors."""
    folder = Path(path)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def explained(target: Path) -> Iterator[None]:
    """Turn the operating system's refusals to write ``target`` into an `OutputError` with the way out."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        reason = _WHY.get(error.errno or 0, f"{(error.strerror or str(error)).rstrip('.').lower()}")
        raise OutputError(f"Cannot write {target}: {reason}.") from error


def _ordinary_mode(most: int) -> int:
    mask = os.umask(0)
    os.umask(mask)
    return most & ~mask
