"""Packed text files: read as what is in them, written as their name says."""

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from emendata.errors import InputError
from emendata.files import write_atomically

__all__ = [
    "PACKED_ENDINGS",
    "Budget",
    "ending",
    "format_ending",
    "is_packed",
    "packed_like",
    "unpacked",
    "write_packed",
]

_CHUNK = 1 << 20
_HARMLESS = 1 << 30  # bytes that any file may unpack to
_MOST_TIMES = 100  # as large as the file: text of a table packs to a third or a twentieth


class Budget:
    """How many bytes a packed file may unpack to: more is what harmful files do."""

    def __init__(self, path: Path, way_out: str = "Unpack it yourself if you trust it.") -> None:
        self._path = path
        self._way_out = way_out
        self._most = max(_HARMLESS, _MOST_TIMES * path.stat().st_size)
        self._spent = 0

    def spend(self, n_bytes: int) -> None:
        """Count bytes, or raise `InputError` where they are too many."""
        self._spent += n_bytes
        if self._spent > self._most:
            raise InputError(
                f"{self._path.name} unpacks to more than {self._most:,} bytes, {_MOST_TIMES} times its size, as "
                f"harmful files do. {self._way_out}"
            )


class _Packing(NamedTuple):
    name: str
    pack: Callable[[bytes], bytes]
    open: Callable[[str], Any]


def _zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


_PACKINGS = {
    ".gz": _Packing("gzip", lambda data: gzip.compress(data, mtime=0), gzip.open),
    ".bz2": _Packing("bzip2", bz2.compress, bz2.open),
    ".xz": _Packing("xz", lzma.compress, lzma.open),
    ".zst": _Packing(
        "zstd", _zstd, lambda path: pa.CompressedInputStream(pa.OSFile(os.fsencode(path)), "zstd")
    ),
}

PACKED_ENDINGS = tuple(_PACKINGS)


def ending(path: Path) -> str:
    """Return the end of a file's name that says how it is written, with that of a packing.

    Examples
    --------
    >>> ending(Path("a.b.csv.gz")), ending(Path("a.CSV")), ending(Path("a.gz")), ending(Path("a"))
    ('.csv.gz', '.CSV', '.gz', '')
    """
    return Path(path.stem).suffix + path.suffix if is_packed(path) else path.suffix


def format_ending(path: Path) -> str:
    """Return the end of a file's name that says of what format it is, in lower case, packed or not.

    Examples
    --------
    >>> format_ending(Path("a.CSV.gz")), format_ending(Path("a.csv"))
    ('.csv', '.csv')
    """
    return (Path(path.stem) if is_packed(path) else path).suffix.lower()


def is_packed(path: Path) -> bool:
    """Say whether a file's name ends in one of .gz, .bz2, .xz and .zst."""
    return path.suffix.lower() in _PACKINGS


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, unpacked if its name says that it is packed.

    Raises
    ------
    InputError
        If the file is damaged, or unpacks to so much more than its size that it is no table.
    """
    if not is_packed(path):
        return path.read_bytes()
    packing = _PACKINGS[path.suffix.lower()]
    budget = Budget(path)
    parts: list[bytes] = []
    try:
        with closing(packing.open(str(path))) as stream:
            while part := stream.read(_CHUNK):
                parts.append(part)
                budget.spend(len(part))
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        why = (str(error).splitlines() or ["damaged"])[0].rstrip(".")
        raise InputError(
            f"{path.name} is not a whole {packing.name} file ({why}). Write or download it again."
        ) from error
    return b"".join(parts)


def write_packed(target: Path, data: bytes) -> None:
    """Write the bytes of a text file, packed if its name says so, or raise `OutputError`."""
    with write_atomically(target) as temporary:
        temporary.write_bytes(packed_like(target, data))


def packed_like(path: Path, data: bytes) -> bytes:
    """Return the bytes that a file of that name holds: packed if its name says so."""
    return _PACKINGS[path.suffix.lower()].pack(data) if is_packed(path) else data
