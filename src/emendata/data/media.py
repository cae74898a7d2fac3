"""Files behind the cells of a column: images and sounds, read one by one when somebody asks for them."""

import errno
import hashlib
import stat
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from emendata.records import Role

__all__ = [
    "Media",
    "audio_type",
    "files_media",
    "media_cells",
    "named_file",
    "role_of_bytes",
    "role_of_name",
    "stored_media",
]

IMAGE_ENDINGS = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm"))
AUDIO_ENDINGS = frozenset((".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff", ".au", ".opus"))
_STARTS = {
    b"\x89PNG": Role.IMAGE,
    b"\xff\xd8\xff": Role.IMAGE,
    b"GIF8": Role.IMAGE,
    b"BM": Role.IMAGE,
    b"II*\x00": Role.IMAGE,
    b"MM\x00*": Role.IMAGE,
    b"fLaC": Role.AUDIO,
    b"OggS": Role.AUDIO,
    b"ID3": Role.AUDIO,
    b"\xff\xfb": Role.AUDIO,
    b"\xff\xf3": Role.AUDIO,
    b"FORM": Role.AUDIO,
}
_PLAYED = {
    b"RIFF": "audio/wav",
    b"fLaC": "audio/flac",
    b"OggS": "audio/ogg",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
}
_Read = Callable[[int], bytes | None]
_INSIDE_RIFF = {b"WEBP": Role.IMAGE, b"WAVE": Role.AUDIO}


class Media:
    """What a column of images or sounds holds: bytes by row.

    Parameters
    ----------
    role : Role
        `Role.IMAGE` or `Role.AUDIO`.
    n_rows : int
    read : callable
        Returns the bytes of a row, None where its cell is missing; raises OSError where they cannot be had.
        What the bytes are worth is not looked at.
    raw : callable, optional
        Returns what a row is hashed by, where that is sooner had than its bytes.

    Examples
    --------
    >>> sounds = Media(Role.AUDIO, 2, [b"RIFF", None].__getitem__)
    >>> sounds.read(0), sounds.read(1), sounds.hashes[1]
    (b'RIFF', None, '')
    """

    def __init__(self, role: Role, n_rows: int, read: _Read, raw: _Read | None = None) -> None:
        self.role = role
        self.n_rows = n_rows
        self.read = read
        self.raw = raw or read
        self._held: object = None

    def __len__(self) -> int:
        return self.n_rows

    def take(self, rows: Sequence[int]) -> "Media":
        """Return the media of some rows, in the order given.

        Examples
        --------
        >>> Media(Role.AUDIO, 2, [b"RIFF", None].__getitem__).take([1, 0, 0]).read(2)
        b'RIFF'
        """
        return Media(self.role, len(rows), lambda i: self.read(rows[i]), lambda i: self.raw(rows[i])).holding(
            self
        )

    def holding(self, needed: object) -> "Media":
        """Return the same media, which keep something alive that they cannot be read without, if there is such."""
        if needed is None:
            return self
        held = Media(self.role, self.n_rows, self.read, self.raw)
        held._held = needed
        return held

    @cached_property
    def hashes(self) -> tuple[str, ...]:
        """A hash of each row's bytes, ``""`` where the cell is missing; reads every row once."""
        return tuple(map(self._hash, range(self.n_rows)))

    def _hash(self, row: int) -> str:
        try:
            data = self.raw(row)
        except OSError as error:
            data = f"unreadable: {error}".encode()
        return "" if data is None else hashlib.blake2b(data, digest_size=16).hexdigest()


def files_media(role: Role, folder: Path, names: Sequence[str | None], within: Path | None = None) -> Media:
    """Return the media in files that cells name: see `named_file`."""

    def read(row: int) -> bytes | None:
        name = names[row]
        return None if name is None else named_file(folder, name, within).read_bytes()

    return Media(role, len(names), read)


def named_file(folder: Path, name: str, within: Path | None = None) -> Path:
    """Return the file that a cell names, relative to a folder or by a whole path.

    Parameters
    ----------
    within : Path, optional
        What a name must not lead out of, for data from elsewhere must not have any file of this machine read.

    Raises
    ------
    OSError
        If it is not there, no ordinary file, or not within that folder.
    """
    path = folder / name
    try:
        if within is not None and not path.resolve().is_relative_to(within.resolve()):
            raise PermissionError(errno.EACCES, "It leads out of the folder", name)
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            raise OSError(errno.EINVAL, "It is no ordinary file", name)
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from error
    except (ValueError, RuntimeError) as error:  # a NUL in it, or links in a circle
        raise OSError(errno.EINVAL, f"It is no file name ({error})", name) from error
    return path


def stored_media(role: Role, column: pa.ChunkedArray) -> Media:
    """Return the media whose bytes stand in the cells of a column."""
    return Media(role, len(column), lambda row: column[row].as_py())


def media_cells(media: Media) -> pa.Array:
    """Return the cells of a column of media that has no names: short words for their content.

    Examples
    --------
    >>> media_cells(Media(Role.IMAGE, 2, [b"GIF8", None].__getitem__)).to_pylist()
    ['image f47945c09397', None]
    """
    return pa.array([f"{media.role} {word[:12]}" if word else None for word in media.hashes], pa.string())


def role_of_name(name: str) -> Role | None:
    """Return whether a file's name says that it is an image or a sound.

    Examples
    --------
    >>> role_of_name("cats/1.JPG"), role_of_name("notes.txt")
    (<Role.IMAGE: 'image'>, None)
    """
    suffix = name[name.rfind(".") :].lower()  # faster than a path by far, and folders have many files
    return Role.IMAGE if suffix in IMAGE_ENDINGS else Role.AUDIO if suffix in AUDIO_ENDINGS else None


def role_of_bytes(data: bytes) -> Role | None:
    """Return whether bytes begin as an image or a sound does.

    Examples
    --------
    >>> role_of_bytes(b"RIFF....WAVEfmt "), role_of_bytes(b"hello")
    (<Role.AUDIO: 'audio'>, None)
    """
    if data.startswith(b"RIFF"):
        return _INSIDE_RIFF.get(data[8:12])
    return next((role for start, role in _STARTS.items() if data.startswith(start)), None)


def audio_type(data: bytes) -> str | None:
    r"""Return the media type of a sound that browsers can play, None for other bytes.

    Examples
    --------
    >>> audio_type(b"fLaC\x00"), audio_type(b"FORM")
    ('audio/flac', None)
    """
    return next((kind for start, kind in _PLAYED.items() if data.startswith(start)), None)
