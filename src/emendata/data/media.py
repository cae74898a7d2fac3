"""Files behind the cells of a column: images and sounds, read one by one when somebody asks for them."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from emendata.records import Role

__all__ = ["Media", "files_media", "role_of_bytes", "role_of_name", "stored_media"]

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

    Examples
    --------
    >>> sounds = Media(Role.AUDIO, 2, [b"RIFF", None].__getitem__)
    >>> sounds.read(0), sounds.read(1), sounds.hashes[1]
    (b'RIFF', None, '')
    """

    def __init__(self, role: Role, n_rows: int, read: Callable[[int], bytes | None]) -> None:
        self.role = role
        self.n_rows = n_rows
        self.read = read
        self._held: object = None

    def __len__(self) -> int:
        return self.n_rows

    def holding(self, needed: object) -> "Media":
        """Return the same media, which keep something alive that they cannot be read without, if there is such."""
        if needed is None:
            return self
        held = Media(self.role, self.n_rows, self.read)
        held._held = needed
        return held

    @cached_property
    def hashes(self) -> tuple[str, ...]:
        """A hash of each row's bytes, ``""`` where the cell is missing; reads every row once."""
        return tuple(map(self._hash, range(self.n_rows)))

    def _hash(self, row: int) -> str:
        try:
            data = self.read(row)
        except OSError as error:
            data = f"unreadable: {error}".encode()
        return "" if data is None else hashlib.blake2b(data, digest_size=16).hexdigest()


def files_media(role: Role, folder: Path, names: Sequence[str | None]) -> Media:
    """Return the media in files that are named relative to a folder, or by a whole path."""

    def read(row: int) -> bytes | None:
        name = names[row]
        return None if name is None else (folder / name).read_bytes()

    return Media(role, len(names), read)


def stored_media(role: Role, column: pa.ChunkedArray) -> Media:
    """Return the media whose bytes stand in the cells of a column."""
    return Media(role, len(column), lambda row: column[row].as_py())


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
