"""Hashes of what a table holds, however it is cut into chunks."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from emendata.data.tree import tree_of

__all__ = ["column_hash", "file_sha256", "joined_hash", "row_hashes", "source_sha256"]

_N_BATCH = 1 << 16
_GOLDEN = 0x9E3779B97F4A7C15
_UInts = npt.NDArray[np.uint64]


def column_hash(column: pa.ChunkedArray) -> str:
    """Return a hash of type and content: equal columns give equal hashes. O(n), no copies of all.

    Examples
    --------
    >>> whole, cut = pa.chunked_array([["a", "b"]]), pa.chunked_array([["a"], ["b"]])
    >>> column_hash(whole) == column_hash(cut)
    True
    """
    digest = hashlib.blake2b(str(column.type).encode(), digest_size=16)
    digest.update(str(len(column)).encode())
    for at in range(0, len(column), _N_BATCH):
        part = column.slice(at, _N_BATCH).combine_chunks()
        digest.update(np.packbits(np.asarray(pc.is_valid(part))).tobytes())
        if kinds.is_string(part.type):
            digest.update(np.asarray(pc.fill_null(pc.binary_length(part), 0)).tobytes())
            digest.update("".join(pc.fill_null(part, "").to_pylist()).encode())
        else:
            digest.update(_numbers(part).tobytes())
    return digest.hexdigest()


def joined_hash(hashes: Iterable[str]) -> str:
    """Return one hash for a row of hashes."""
    return hashlib.blake2b(" ".join(hashes).encode(), digest_size=16).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or of the names and bytes of the files below a folder."""
    if not path.is_dir():
        return file_sha256(path)
    digest = hashlib.sha256()
    for name in tree_of(path).files:
        digest.update(f"{name}\0{file_sha256(path / name)}\0".encode())
    return digest.hexdigest()


def row_hashes(table: pa.Table) -> list[str]:
    """Return 12 hexadecimal digits for the content of each row, whatever the numbers' width.

    Strings cost one hash a row, all other columns are mixed as whole arrays.

    Examples
    --------
    >>> one, two = row_hashes(pa.table({"a": ["x", "x"], "b": [1, 1]}))
    >>> one == two, len(one)
    (True, 12)
    """
    hashes = np.zeros(table.num_rows, np.uint64)
    for at in range(0, table.num_rows, _N_BATCH):
        part = table.slice(at, _N_BATCH).combine_chunks()
        hashes[at : at + _N_BATCH] = _batch_hashes(part)
    digits = hashes.astype(">u8").tobytes().hex()
    return [digits[at : at + 12] for at in range(0, len(digits), 16)]


def _batch_hashes(table: pa.Table) -> _UInts:
    strings = [column for column in table.columns if kinds.is_string(column.type)]
    hashes = np.zeros(table.num_rows, np.uint64)
    if strings:
        cells = [column.combine_chunks() for column in strings]
        joined = pc.binary_join_element_wise(*cells, "\x1f", null_handling="replace", null_replacement="\x00")
        words = [hashlib.blake2b(row.encode(), digest_size=8).digest() for row in joined.to_pylist()]
        hashes ^= np.frombuffer(b"".join(words), np.uint64)
    for i, column in enumerate(table.columns):
        if not kinds.is_string(column.type):
            hashes = _mixed(hashes ^ _mixed(_bits(column) + np.uint64((i + 1) * _GOLDEN % (1 << 64))))
    return hashes


def _bits(column: pa.ChunkedArray) -> _UInts:
    numbers = np.asarray(_numbers(column).astype(np.float64) + 0.0)  # no negative zero
    return np.where(np.asarray(column.is_valid()), numbers.view(np.uint64), np.uint64(_GOLDEN))


def _numbers(column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.generic]:
    if kinds.is_timestamp(column.type):
        column = column.cast(pa.int64())
    empty = False if kinds.is_boolean(column.type) else 0
    return np.asarray(pc.fill_null(column, empty))


def _mixed(x: _UInts) -> _UInts:
    """Spread each number over all 64 bits (the finaliser of SplitMix64; Steele et al., 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
